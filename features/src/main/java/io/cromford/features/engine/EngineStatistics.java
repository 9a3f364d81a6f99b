package io.cromford.features.engine;

/// What an engine has done and what memory it takes.
///
/// @param counts what it has done
/// @param memory what memory it takes
public record EngineStatistics(Counts counts, Memory memory) {
  /// What an engine has done.
  ///
  /// @param rows observations folded
  /// @param lateRows of them late: below the largest event time before them
  /// @param waitingLateRows entries in the cursors' heaps: a late row waits once per lag it has not
  ///   reached
  /// @param outcomes outcomes and corrections taken in
  /// @param keys keys of all partitions together
  /// @param overflows values that did not fit their type and became NULL
  public record Counts(
      long rows, long lateRows, long waitingLateRows, long outcomes, long keys, long overflows) {}

  /// What memory an engine takes, in bytes.
  ///
  /// @param keyIndexBytes the tables from keys to their numbers
  /// @param stateBytes the sums and heads of all keys
  /// @param textBytes the dictionary of texts that windows read
  /// @param lateBytes late rows that wait, and what the cursors remember of those passed
  /// @param windowBytes deques and counted values of MIN, MAX and COUNT DISTINCT
  /// @param pageBytes pages of the log in memory, and the buffers to read and write them
  public record Memory(
      long keyIndexBytes,
      long stateBytes,
      long textBytes,
      long lateBytes,
      long windowBytes,
      long pageBytes) {
    /// What grows with the number of keys, per key.
    public double bytesPerKey(long keys) {
      return keys == 0 ? 0 : (double) (keyIndexBytes + stateBytes + textBytes) / keys;
    }
  }
}
