package io.cromford.serving;

import io.cromford.core.ColumnType;
import io.cromford.core.LongTupleIndex;
import io.cromford.core.Row;
import io.cromford.core.SnapshotReader;
import io.cromford.core.SnapshotWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds the ordinal of an observation by its id: 0, 1, 2, … in the order they were accepted.
///
/// Takes 16 to 21 bytes of heap per numeric id; about 100 per text.
final class IdIndex {
  private final boolean text;
  private final LongTupleIndex numbers = new LongTupleIndex(1);
  private final Map<String, Integer> texts = new HashMap<>();
  private final long[] key = new long[1];

  /// An empty index of ids of this type.
  IdIndex(ColumnType type) {
    this.text = type.kind() == ColumnType.Kind.VARCHAR;
  }

  void save(SnapshotWriter out) {
    out.section("ids");
    numbers.save(out);
    String[] inOrder = new String[texts.size()];
    texts.forEach((id, ordinal) -> inOrder[ordinal] = id);
    out.each(List.of(inOrder), out::text);
  }

  void restore(SnapshotReader in) {
    in.section("ids");
    numbers.restore(in);
    in.times(() -> texts.put(in.text(), texts.size()));
  }

  int size() {
    return text ? texts.size() : numbers.size();
  }

  /// The ordinal of the id in a row's column; -1 if it is unknown.
  int find(Row row, int column) {
    return find(row.slot(column), row.text(column));
  }

  /// The ordinal of an id given as its slot, or as its text; -1 if it is unknown.
  int find(long slot, @Nullable String id) {
    if (text) {
      return texts.getOrDefault(String.valueOf(id), -1);
    }
    key[0] = slot;
    return numbers.find(key, 0);
  }

  /// Gives the id in a row's column the next ordinal.
  ///
  /// @throws IllegalStateException if the id is known
  int add(Row row, int column) {
    int next = size();
    int number;
    if (text) {
      number = texts.computeIfAbsent(String.valueOf(row.text(column)), _ -> next);
    } else {
      key[0] = row.slot(column);
      number = numbers.add(key, 0);
    }
    if (number != next) {
      throw new IllegalStateException("the id in %s is already known".formatted(row));
    }
    return number;
  }
}
