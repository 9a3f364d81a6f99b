package io.cromford.features.engine;

import io.cromford.core.SnapshotReader;
import io.cromford.core.SnapshotWriter;

/// A window aggregate that is no difference of two edges and keeps a state of its own.
///
/// Rows enter when they are as old as the frame's end and leave when they are older than its start;
/// late rows enter out of order. A value is written as two words: the slot, and 1 or 0 for NULL.
interface KeptWindow {
  /// The frame.
  KeptFrame frame();

  /// Writes its state.
  void save(SnapshotWriter out);

  /// Takes on what was saved of a window of the same frame.
  void restore(SnapshotReader in);

  /// Whether an outcome changes anything here.
  boolean readsOutcomes();

  /// Takes in a row.
  void enter(RowRef row);

  /// Lets a row go, which had entered.
  ///
  /// @param limit every row up to this time has left
  void leave(RowRef row, long limit);

  /// Mends the state after a row's outcome has changed, which the log already shows.
  ///
  /// @param old the row as it was
  /// @param now the row as it is
  /// @param inner the cursor at which rows enter
  /// @param outer the cursor at which rows leave
  void relabel(RowRef old, RowRef now, Cursor inner, Cursor outer);

  /// Writes the value at a row of this key, whose frame ends where rows have entered up to.
  ///
  /// @param current the row itself
  void read(RowRef current, long[] into, int at);

  /// Counts a row among those in the frame, for the time in which the cursors are rewound for a
  /// late row; only where that can be undone exactly.
  default void add(RowRef row) {}

  /// Undoes [#add], or counts a row no more for that time.
  default void remove(RowRef row) {}

  /// Writes the value at a late row.
  ///
  /// @param rewound whether the cursors are rewound to it; if not, its key's rows must be walked
  /// @param outer the cursor at which rows leave
  void readLate(RowRef current, boolean rewound, Cursor outer, long[] into, int at);

  /// Makes room for keys.
  void grow(int keys);

  /// Bytes of memory of the keys' states.
  long stateBytes();

  /// Bytes of memory beside the keys' states.
  long heapBytes();
}
