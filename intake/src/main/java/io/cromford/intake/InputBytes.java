package io.cromford.intake;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/// The bytes of a file, gunzipped if need be, as a window that moves over it.
///
/// The bytes from `mark` to `limit` are in `buffer`; a scanner looks at them from `at` on and calls
/// [#fill] when it has seen them all. What is marked stays, and its indexes move with it. Memory is
/// bounded: of a mark that stays for longer than [RawRecord#MAX_KEPT_BYTES] the first so many bytes
/// are kept, the later ones forgotten.
final class InputBytes implements AutoCloseable {
  private static final int USUAL_SIZE = 1 << 17;
  private static final int LARGEST_SIZE = RawRecord.MAX_KEPT_BYTES + USUAL_SIZE;
  private static final int GZIP_BUFFER = 1 << 16;

  byte[] buffer = new byte[USUAL_SIZE];
  int mark;
  int at;
  int limit;

  /// Where a scanner puts what it keeps of the marked bytes; moves with the mark.
  int write;

  /// Whether bytes behind the mark were forgotten; the scanner resets it.
  boolean cut;

  private final String name;
  private final InputStream in;
  private final @Nullable FileInputStream file;
  private long shifted;

  private InputBytes(String name, InputStream in, @Nullable FileInputStream file) {
    this.name = name;
    this.in = in;
    this.file = file;
  }

  /// Opens a file; what starts as gzip is gunzipped, a byte order mark of UTF-8 skipped.
  ///
  /// @param name what messages call it
  /// @throws CromfordException if it does not exist, cannot be read, is empty or is not UTF-8
  static InputBytes open(String name, Path path) {
    try {
      FileInputStream file = file(name, path);
      InputBytes bytes = new InputBytes(name, stream(name, file), file);
      bytes.skipByteOrderMark();
      return bytes;
    } catch (NoSuchFileException e) {
      throw new CromfordException(
          ErrorCode.NOT_FOUND, "%s does not exist.\nMaybe its path is wrong.".formatted(name), e);
    } catch (IOException e) {
      throw unreadable(name, 0, e);
    }
  }

  /// Bytes that are already in memory, for tests.
  static InputBytes of(String name, InputStream in) {
    InputBytes bytes = new InputBytes(name, in, null);
    bytes.skipByteOrderMark();
    return bytes;
  }

  /// A stream and no channel: inlined below gunzipping, a channel's reading costs the compiler 30
  /// MB and half a second.
  private static FileInputStream file(String name, Path path) throws IOException {
    if (Files.isDirectory(path)) {
      throw new CromfordException(ErrorCode.INPUT_UNREADABLE, name + " is a folder, not a file");
    }
    if (!Files.exists(path)) {
      throw new NoSuchFileException(path.toString());
    }
    return new FileInputStream(path.toFile());
  }

  private static InputStream stream(String name, FileInputStream file) throws IOException {
    InputStream raw = new BufferedInputStream(file, GZIP_BUFFER);
    try {
      raw.mark(2);
      boolean gzip = raw.read() == 0x1f && raw.read() == 0x8b;
      raw.reset();
      if (!gzip && name.endsWith(".gz")) {
        throw new ZipException("Not in GZIP format");
      }
      return gzip ? new GZIPInputStream(raw, GZIP_BUFFER) : raw;
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  private void skipByteOrderMark() {
    while (limit < 3 && fill(0)) {
      // three bytes tell
    }
    if (limit == 0) {
      throw new CromfordException(
          ErrorCode.INPUT_UNREADABLE, "%s is empty.\nMaybe its export failed.".formatted(name));
    }
    int first = buffer[0] & 0xff;
    int second = limit > 1 ? buffer[1] & 0xff : 0;
    if ((first == 0xfe && second == 0xff) || (first == 0xff && second == 0xfe)) {
      throw new CromfordException(
          ErrorCode.INPUT_UNREADABLE,
          "%s is UTF-16, not UTF-8.\nMaybe convert it: iconv -f UTF-16 -t UTF-8.".formatted(name));
    }
    if (limit > 2 && first == 0xef && second == 0xbb && (buffer[2] & 0xff) == 0xbf) {
      at = 3;
    }
    mark = at;
  }

  /// What the file starts with, before anything is scanned: at most so many lines, the last without
  /// its end, and at most [#USUAL_SIZE] bytes.
  byte[] start(int lines) {
    int end = at;
    int found = 0;
    while (end < limit || (limit < USUAL_SIZE && fill(0))) {
      if (buffer[end] == '\n' && ++found == lines) {
        break;
      }
      end++;
    }
    boolean carriageReturn = end > at && buffer[end - 1] == '\r';
    return Arrays.copyOfRange(buffer, at, carriageReturn ? end - 1 : end);
  }

  /// How many bytes lie before `at`, from the file's start, decompressed.
  long position() {
    return shifted + at;
  }

  /// How many bytes of the file were read, as they lie on disk; 0 if there is no file.
  long bytesRead() {
    try {
      return file == null || !file.getChannel().isOpen() ? 0 : file.getChannel().position();
    } catch (IOException e) {
      throw unreadable(name, 0, e);
    }
  }

  /// Starts a new mark at `at`; a buffer that a large record has blown up shrinks again.
  void setMark() {
    mark = at;
    if (buffer.length > USUAL_SIZE && limit - at < USUAL_SIZE / 2) {
      byte[] smaller = new byte[USUAL_SIZE];
      System.arraycopy(buffer, at, smaller, 0, limit - at);
      buffer = smaller;
      shift(at);
    }
  }

  /// Reads more bytes behind `limit`, and keeps those from `mark` on.
  ///
  /// @param line where the scanner is, for messages
  /// @return false at the end of the file
  /// @throws CromfordException if the file cannot be read to its end
  boolean fill(long line) {
    if (limit == buffer.length) {
      makeRoom();
    }
    try {
      int count = in.read(buffer, limit, buffer.length - limit);
      limit += Math.max(count, 0);
      return count > 0;
    } catch (IOException e) {
      throw unreadable(name, line, e);
    }
  }

  private void makeRoom() {
    if (mark > 0) {
      System.arraycopy(buffer, mark, buffer, 0, limit - mark);
      shift(mark);
    } else if (buffer.length < LARGEST_SIZE) {
      buffer = Arrays.copyOf(buffer, Math.min(LARGEST_SIZE, buffer.length * 4));
    } else {
      cut = true;
      shifted += limit - RawRecord.MAX_KEPT_BYTES;
      limit = RawRecord.MAX_KEPT_BYTES;
      at = limit;
      write = Math.min(write, limit);
    }
  }

  private void shift(int by) {
    at -= by;
    write -= by;
    limit -= by;
    mark -= by;
    shifted += by;
  }

  private static CromfordException unreadable(String name, long line, IOException e) {
    String place = line > 0 ? name + ":" + line : name;
    String problem =
        switch (e) {
          case EOFException _ ->
              "the gzip is cut off here.\nMaybe the copy was interrupted: fetch the file again.";
          case ZipException zip ->
              "the gzip is damaged: %s.\nMaybe fetch the file again.".formatted(zip.getMessage());
          default ->
              "cannot be read: %s.\nMaybe its permissions or its disk.".formatted(e.getMessage());
        };
    return new CromfordException(ErrorCode.INPUT_UNREADABLE, place + ": " + problem, e);
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw unreadable(name, 0, e);
    }
  }
}
