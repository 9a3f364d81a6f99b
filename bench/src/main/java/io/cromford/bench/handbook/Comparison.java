package io.cromford.bench.handbook;

import java.util.List;

/// What came of holding features against somebody else's.
///
/// @param rows how many rows were compared
/// @param mismatches how many of them differ by more than is granted
/// @param examples the ids of the first that differ
/// @param firstDifference in words; empty if there is none
record Comparison(long rows, long mismatches, List<Long> examples, String firstDifference) {
  /// The most ids that are named.
  static final int MAX_EXAMPLES = 20;

  Comparison {
    examples = List.copyOf(examples);
  }
}
