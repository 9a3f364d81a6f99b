package io.cromford.training.report;

import java.util.List;
import java.util.stream.Collectors;

/// The few numbers that a reader should see first.
public final class Tiles {
  private Tiles() {}

  /// One number.
  ///
  /// @param label what it is
  /// @param value as it is shown, large
  /// @param note beneath it, such as an interval; may be empty
  public record Tile(String label, String value, String note) {}

  /// Tiles in a row.
  public static Fragment of(List<Tile> tiles) {
    String inner = tiles.stream().map(Tiles::tile).collect(Collectors.joining());
    return new Fragment("<dl class=\"stats card\">\n" + inner + "</dl>\n");
  }

  private static String tile(Tile tile) {
    return "<div><dt class=\"stat-label\">"
        + Fragment.escaped(tile.label())
        + "</dt><dd class=\"stat-value\">"
        + Fragment.escaped(tile.value())
        + "</dd><dd class=\"stat-note\">"
        + Fragment.escaped(tile.note())
        + "</dd></div>\n";
  }
}
