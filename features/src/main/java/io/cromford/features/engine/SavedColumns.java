package io.cromford.features.engine;

import io.cromford.core.ColumnType;
import io.cromford.core.Row;
import io.cromford.features.plan.FeaturePlan;
import java.util.Set;
import java.util.TreeSet;

/// The observation's columns that an expression over an outcome reads too, kept until the outcome
/// comes: a word of NULLs and a word per column; nothing if there are none.
final class SavedColumns {
  private final int[] columns;
  private final boolean[] isText;
  private final TextDictionary texts;
  private final Row row;

  /// The columns to be saved for a plan.
  SavedColumns(FeaturePlan plan, Layout layout, TextDictionary texts) {
    Set<Integer> needed = new TreeSet<>();
    for (Measure measure : layout.fields.keySet()) {
      if (layout.readsOutcome(measure)) {
        needed.addAll(Traits.columns(measure));
      }
    }
    this.columns =
        needed.stream().mapToInt(Integer::intValue).filter(c -> c < plan.outcomeStart()).toArray();
    this.isText = new boolean[columns.length];
    for (int i = 0; i < columns.length; i++) {
      isText[i] = plan.input().column(columns[i]).type().kind() == ColumnType.Kind.VARCHAR;
    }
    this.texts = texts;
    this.row = new Row(EngineCells.observation(plan));
  }

  /// The number of words.
  int words() {
    return columns.length == 0 ? 0 : columns.length + 1;
  }

  /// Writes a row's columns.
  void save(Row from, long[] words, int at) {
    long nulls = 0;
    for (int i = 0; i < columns.length; i++) {
      int column = columns[i];
      String text = from.text(column);
      nulls |= from.isNull(column) ? 1L << i : 0;
      words[at + 1 + i] = isText[i] && text != null ? texts.code(text) : from.slot(column);
    }
    if (columns.length > 0) {
      words[at] = nulls;
    }
  }

  /// A row of which only these columns are filled; it is reused by the next call.
  Row row(long[] words, int at) {
    for (int i = 0; i < columns.length; i++) {
      fill(columns[i], isText[i], (words[at] >>> i & 1) != 0, words[at + 1 + i]);
    }
    return row;
  }

  private void fill(int column, boolean text, boolean isNull, long word) {
    if (isNull) {
      row.setNull(column);
    } else if (text) {
      row.setText(column, texts.text((int) word));
    } else {
      row.setSlot(column, word);
    }
  }
}
