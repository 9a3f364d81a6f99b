package io.cromford.serving;

import io.cromford.core.Column;
import io.cromford.core.ColumnType;
import io.cromford.core.Progress;
import io.cromford.core.Row;
import io.cromford.features.engine.FeatureEngine;
import io.cromford.features.engine.HistoryDriver;
import io.cromford.features.plan.FeaturePlan;
import io.cromford.ledger.LedgerReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The features of every observation as they were at its arrival, computed anew from the ledger:
/// the same bits that were served.
final class FeatureTable implements FactoryTable {
  private static final int RING = 2 * HistoryDriver.MAX_BATCH_ROWS;

  private final Books books;
  private final FeaturePlan plan;
  private final Path scratch;

  /// @param scratch a folder for the engine's log; whoever made it deletes it
  FeatureTable(Books books, FeaturePlan plan, Path scratch) {
    this.books = books;
    this.plan = plan;
    this.scratch = scratch;
  }

  @Override
  public String name() {
    return "features";
  }

  @Override
  public List<Column> columns() {
    SourceBook source = books.observationSource();
    List<Column> columns = new ArrayList<>();
    columns.add(source.definition().schema().column(source.idColumn()));
    plan.features().forEach(f -> columns.add(new Column(f.name(), ColumnType.DOUBLE, true)));
    return FactoryTable.distinct(columns);
  }

  /// Rows leave the driver in batches, so the ids of the rows on their way wait in a ring.
  @Override
  public void read(LedgerReader reader, Cells into, Progress.Step step) {
    Row[] ids = new Row[RING];
    int idColumn = books.observationSource().idColumn();
    try (FeatureEngine engine = FeatureEngine.open(plan, scratch)) {
      int width = engine.featureCount();
      HistoryDriver driver =
          new HistoryDriver(
              engine,
              (first, rows, values) -> {
                for (int i = 0; i < rows; i++) {
                  RowCells.give(ids[(int) ((first + i) % RING)], idColumn, into);
                  give(values, i * width, width, into);
                }
              });
      reader.seek(0);
      LedgerRows.by(books)
          .feed(
              reader,
              driver,
              (ordinal, row) -> {
                keep(ids, ordinal, row);
                step.at(ordinal + 1);
              });
    }
  }

  private static void keep(Row[] ids, long ordinal, Row row) {
    int at = (int) (ordinal % RING);
    if (ids[at] == null) {
      ids[at] = new Row(row.schema());
    }
    ids[at].copyFrom(row);
  }

  private static void give(double[] values, int from, int width, Cells into) {
    for (int i = from; i < from + width; i++) {
      if (Double.isNaN(values[i])) {
        into.none();
      } else {
        into.real(values[i]);
      }
    }
    into.endRow();
  }
}
