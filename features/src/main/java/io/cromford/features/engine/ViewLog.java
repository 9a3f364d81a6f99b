package io.cromford.features.engine;

import io.cromford.core.PagedLongs;
import io.cromford.core.SnapshotReader;
import io.cromford.core.SnapshotWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The rows that a view has folded, as three logs of records side by side: the row record (time,
/// bits, keys, amounts), the detail record (for each partition the previous row of the key, then
/// columns that an outcome's expression reads), and the outcome record, which alone changes.
///
/// Cursors read only the first and the third. Walking a key's rows backwards needs the second.
final class ViewLog implements AutoCloseable {
  private static final String ROWS = "rows.log";
  private static final String DETAILS = "details.log";

  final PagedLog rows;
  final PagedLog details;
  final @Nullable PagedLog outcomes;

  private final PagedLongs[] states;
  private final RowRef walked;
  private final long[] detail;

  /// Decides whether to walk on.
  interface Visitor {
    /// Sees a row, and returns whether to go on to the one before.
    boolean visit(RowRef row);
  }

  /// An empty log.
  ///
  /// @param states per partition the states of its keys, whose first word is the last row + 1, or 0
  /// @param cacheBytes memory for recent rows, and half of it for recent outcomes
  /// @param fate what becomes of the files at the end
  ViewLog(
      Path folder,
      Layout layout,
      int detailWords,
      PagedLongs[] states,
      int cacheBytes,
      PagedLog.Fate fate) {
    this.rows = new PagedLog(folder.resolve(ROWS), layout.rowWords, cacheBytes, fate);
    this.details = new PagedLog(folder.resolve(DETAILS), Math.max(1, detailWords), 0, fate);
    this.outcomes =
        layout.outcomeWords == 0
            ? null
            : new PagedLog(
                folder.resolve("outcomes.log"),
                layout.outcomeWords,
                cacheBytes / 2,
                PagedLog.Fate.DELETED);
    this.states = states;
    this.detail = new long[details.width()];
    this.walked = new RowRef(layout.recordWords);
  }

  /// Writes where the logs end, and the outcomes, which change, whole.
  void save(SnapshotWriter out) {
    rows.save(out);
    details.save(out);
    if (outcomes != null) {
      outcomes.saveAll(out);
    }
  }

  /// Writes what of rows and details is in memory alone, but for the last page of each.
  void settle() {
    rows.settle();
    details.settle();
  }

  /// Holds the files of another that has the same rows to having them, and makes them durable.
  ///
  /// @param other its folder
  void requireSame(Path other) {
    rows.requireSame(other.resolve(ROWS));
    details.requireSame(other.resolve(DETAILS));
  }

  /// Takes on what was saved.
  ///
  /// @param kept the folder where the rows and their details lie
  void restore(SnapshotReader in, Path kept) {
    rows.restore(in, kept.resolve(ROWS));
    details.restore(in, kept.resolve(DETAILS));
    if (outcomes != null) {
      outcomes.restoreAll(in);
    }
  }

  /// Gives the files their place on the disk for so many rows more.
  void makeRoom(int count) {
    rows.makeRoom(count);
    details.makeRoom(count);
    if (outcomes != null) {
      outcomes.makeRoom(count);
    }
  }

  /// Appends a batch.
  void append(Batch batch) {
    int stride = batch.recordWords;
    details.append(batch.details, 0, batch.detailWords, batch.size);
    rows.append(batch.records, 0, stride, batch.size);
    if (outcomes != null) {
      outcomes.append(batch.records, rows.width(), stride, batch.size);
    }
  }

  /// Copies a row's record to where a reference points.
  void read(long ordinal, RowRef into) {
    rows.read(ordinal, into.words, into.at);
    if (outcomes != null) {
      outcomes.read(ordinal, into.words, into.at + rows.width());
    }
    into.ordinal = ordinal;
  }

  /// Shows a key's rows, the last to arrive first.
  ///
  /// The reference is moved from row to row.
  void walk(int partition, int key, Visitor visitor) {
    long next = states[partition].get(key, 0);
    boolean more = true;
    while (next > 0 && more) {
      read(next - 1, walked);
      more = visitor.visit(walked);
      if (more) {
        details.read(next - 1, detail, 0);
        next = detail[partition];
      }
    }
  }

  /// Bytes of memory.
  long heapBytes() {
    return rows.heapBytes() + details.heapBytes() + (outcomes == null ? 0 : outcomes.heapBytes());
  }

  @Override
  public void close() {
    rows.close();
    details.close();
    if (outcomes != null) {
      outcomes.close();
    }
  }
}
