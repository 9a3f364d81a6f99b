package io.cromford.app;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import javax.imageio.ImageIO;

/// Pictures of pages, in the 256 colours that they have most of: a third of the size.
final class Pictures {
  private static final int COLOURS = 256;
  private static final int ALIKE = 0xfff8f8f8;

  private Pictures() {}

  /// Writes a picture.
  ///
  /// @param png as a browser made it
  static void write(byte[] png, Path file) {
    try {
      BufferedImage whole = ImageIO.read(new ByteArrayInputStream(png));
      ImageIO.write(reduced(whole), "png", file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static BufferedImage reduced(BufferedImage whole) {
    int[] pixels =
        whole.getRGB(0, 0, whole.getWidth(), whole.getHeight(), null, 0, whole.getWidth());
    int[] palette = palette(pixels);
    IndexColorModel model =
        new IndexColorModel(
            8, palette.length, palette, 0, false, -1, java.awt.image.DataBuffer.TYPE_BYTE);
    BufferedImage reduced =
        new BufferedImage(
            whole.getWidth(), whole.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, model);
    Map<Integer, Integer> places = new HashMap<>();
    for (int i = 0; i < pixels.length; i++) {
      int place = places.computeIfAbsent(pixels[i], pixel -> nearest(palette, pixel));
      reduced.getRaster().setSample(i % whole.getWidth(), i / whole.getWidth(), 0, place);
    }
    return reduced;
  }

  /// Of colours that are nearly the same the one that there is most of, so that a thin line keeps
  /// its colour beside all shades of text.
  private static int[] palette(int[] pixels) {
    Map<Integer, Integer> counts = new HashMap<>();
    for (int pixel : pixels) {
      counts.merge(pixel, 1, Integer::sum);
    }
    Map<Integer, Integer> most = new HashMap<>();
    counts.forEach((pixel, count) ->
        most.merge(pixel & ALIKE, pixel, (a, b) -> counts.get(a) >= counts.get(b) ? a : b));
    return most.values().stream()
        .sorted(Comparator.comparingInt((Integer pixel) -> -counts.get(pixel)))
        .limit(COLOURS)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static int nearest(int[] palette, int pixel) {
    int[] distances = Arrays.stream(palette).map(colour -> distance(colour, pixel)).toArray();
    int best = 0;
    for (int i = 1; i < distances.length; i++) {
      best = distances[i] < distances[best] ? i : best;
    }
    return best;
  }

  private static int distance(int one, int other) {
    int red = ((one >> 16) & 255) - ((other >> 16) & 255);
    int green = ((one >> 8) & 255) - ((other >> 8) & 255);
    int blue = (one & 255) - (other & 255);
    return red * red + green * green + blue * blue;
  }
}
