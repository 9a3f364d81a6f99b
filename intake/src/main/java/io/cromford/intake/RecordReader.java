package io.cromford.intake;

/// Reads the records of one file, one after the other, in bounded memory.
interface RecordReader extends AutoCloseable {
  /// Reads the next record, and says in it where it stood.
  ///
  /// A record that is broken in itself has a defect; the reader goes on behind it.
  ///
  /// @return false at the end of the file
  /// @throws io.cromford.core.CromfordException if the file cannot be read on
  boolean read(RawRecord into);

  /// How many bytes of the file were read so far; 0 if that is not known.
  default long bytesRead() {
    return 0;
  }

  @Override
  void close();
}
