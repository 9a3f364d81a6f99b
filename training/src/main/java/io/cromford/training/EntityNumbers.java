package io.cromford.training;

import io.cromford.core.LongTupleIndex;
import java.util.List;

/// The cards of some scored parts, numbered 0, 1, 2, … in the order of their first appearance.
final class EntityNumbers {
  private final LongTupleIndex index = new LongTupleIndex(1);
  private final long[] probe = new long[1];

  static EntityNumbers of(List<Scored> parts) {
    EntityNumbers numbers = new EntityNumbers();
    parts.forEach(numbers::add);
    return numbers;
  }

  int size() {
    return index.size();
  }

  /// The number of a card; -1 if it is not among them.
  int numberOf(long card) {
    probe[0] = card;
    return index.find(probe, 0);
  }

  /// The card's number in each row of a part whose cards are all known.
  int[] numbersOf(Scored rows) {
    int[] numbers = new int[rows.size()];
    for (int row = 0; row < numbers.length; row++) {
      numbers[row] = numberOf(rows.entity(row));
    }
    return numbers;
  }

  private void add(Scored rows) {
    for (int row = 0; row < rows.size(); row++) {
      probe[0] = rows.entity(row);
      var _ = index.add(probe, 0);
    }
  }
}
