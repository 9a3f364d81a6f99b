package io.cromford.intake;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rows of all files of a source, one file after the other, without those that were taken in
/// before.
final class FileRows implements AutoCloseable {
  private final SourceDefinition source;
  private final Reading reading;
  private final TakenRows taken;
  private @Nullable List<InputFile> files;
  private int opened;
  private @Nullable RecordReader reader;
  private String file = "";
  private String identity = "";
  private long bytes = -1;
  private long bytesBehind;

  FileRows(SourceDefinition source, Reading reading, TakenRows taken) {
    this.source = source;
    this.reading = reading;
    this.taken = taken;
  }

  /// Reads the next row.
  ///
  /// @return where it stood, or null at the end of the last file
  @Nullable Origin read(RawRecord into) {
    while (true) {
      if (reader == null && !openNext()) {
        return null;
      }
      if (reader != null && reader.read(into)) {
        Origin origin = new Origin(file, identity, into.row(), into.line());
        if (!taken.holds(source.name(), origin)) {
          return origin;
        }
      } else {
        close();
      }
    }
  }

  private List<InputFile> files() {
    if (files == null) {
      files = InputFile.find(reading);
    }
    return files;
  }

  /// How many bytes the files have.
  long bytes() {
    if (bytes < 0) {
      bytes = files().stream().mapToLong(InputFile::bytes).sum();
    }
    return bytes;
  }

  /// How many of them were read.
  long bytesRead() {
    RecordReader open = reader;
    return open == null && opened == files().size()
        ? bytes()
        : bytesBehind + (open == null ? 0 : open.bytesRead());
  }

  private boolean openNext() {
    List<InputFile> all = files();
    if (opened == all.size()) {
      return false;
    }
    InputFile next = all.get(opened);
    bytesBehind += opened == 0 ? 0 : all.get(opened - 1).bytes();
    opened++;
    file = next.name();
    reader = next.open(source, reading);
    identity = next.identity(reading);
    return true;
  }

  @Override
  public void close() {
    RecordReader open = reader;
    reader = null;
    if (open != null) {
      open.close();
    }
  }
}
