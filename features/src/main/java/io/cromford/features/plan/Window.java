package io.cromford.features.plan;

import java.util.List;

/// A frame over event time: for a row at time t, the known rows of the same partition with a time
/// in [t - startMillis, t - endMillis], both ends included.
///
/// Where `includesCurrent` is set the frame is `… AND CURRENT ROW EXCLUDE TIES`: the rows with a
/// time in [t - startMillis, t - 1 ms] and the row itself; `endMillis` is then 0.
///
/// @param partition indexes of the columns of the plan's input that partition; empty for one
///   partition
/// @param startMillis milliseconds from the frame's start to the row, at least `endMillis`
/// @param endMillis milliseconds from the frame's end to the row, at least 0
/// @param includesCurrent whether the frame ends at the current row, its ties excluded
public record Window(
    List<Integer> partition, long startMillis, long endMillis, boolean includesCurrent) {
  /// Copies the partition and checks the ends.
  public Window {
    partition = List.copyOf(partition);
    if (endMillis < 0 || startMillis < endMillis || (includesCurrent && endMillis != 0)) {
      throw new IllegalArgumentException(
          "a frame from %d ms to %d ms before the row does not hold"
              .formatted(startMillis, endMillis));
    }
  }
}
