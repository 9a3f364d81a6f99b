package io.cromford.serving;

import io.cromford.core.ColumnType;
import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.core.Row;
import io.cromford.core.SnapshotReader;
import io.cromford.core.SnapshotWriter;
import io.cromford.features.engine.EngineStatistics;
import io.cromford.features.engine.FeatureEngine;
import io.cromford.features.engine.HistoryDriver;
import io.cromford.features.plan.FeaturePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// A feature view: the fold that computes the features of each observation at its arrival.
///
/// It first catches up with the ledger ([#catchUp]), then takes each record as it comes.
final class View implements AutoCloseable {
  private final FeaturePlan plan;
  private final FeatureEngine engine;
  private final ServedFeatures served;
  private final FactReader facts;
  private final double[] features;
  private final boolean readsOutcomes;

  /// A view of no records.
  ///
  /// @param folder a folder of its own, for what can be made again
  static View empty(FeaturePlan plan, Path folder, FactReader facts) {
    delete(folder);
    return new View(plan, folder, facts);
  }

  /// A view that was kept.
  ///
  /// @param folder its folder
  /// @param kept the folder of the view that was kept: its own, where it goes on, or that of one
  ///   beside, which is only read and may grow meanwhile
  /// @throws CromfordException with STATE_CONFLICT if what was kept does not fit
  static View kept(FeaturePlan plan, Path folder, Path kept, FactReader facts, SnapshotReader in) {
    View view = new View(plan, folder, facts);
    try {
      view.served.restore(in, served(kept));
      view.engine.restore(in, engine(kept));
      return view;
    } catch (RuntimeException | Error failure) {
      view.close();
      throw failure;
    }
  }

  /// Writes what it knows; its files are made durable as far as that reaches.
  void save(SnapshotWriter out) {
    served.save(out);
    engine.save(out);
  }

  /// Writes what of its rows is in memory alone, so that whoever reads its files beside finds what
  /// [#save] would leave to them.
  void settle() {
    engine.settle();
    served.flush();
  }

  /// Holds the files of a view that has taken the same records, and perhaps more, to having what
  /// this one's have, and makes them durable.
  ///
  /// @param other its folder
  /// @throws CromfordException with STATE_CONFLICT if they have not
  void requireSame(Path other) {
    engine.requireSame(engine(other));
    served.requireSame(served(other));
  }

  private static Path served(Path folder) {
    return folder.resolve("served.f64");
  }

  /// Where the files of a view's engine lie.
  static Path engine(Path folder) {
    return folder.resolve("engine");
  }

  /// Whoever reads the old files goes on reading them.
  private static void delete(Path folder) {
    for (Path each : List.of(folder, engine(folder))) {
      if (Files.isDirectory(each)) {
        try (Stream<Path> files = Files.list(each)) {
          for (Path file : files.filter(Files::isRegularFile).toList()) {
            Files.delete(file);
          }
        } catch (IOException e) {
          throw new CromfordException(
              ErrorCode.STORAGE,
              "%s: the old files cannot be deleted: %s.\nMaybe it is not writable."
                  .formatted(each, e.getMessage()),
              e);
        }
      }
    }
  }

  private View(FeaturePlan plan, Path folder, FactReader facts) {
    this.plan = plan;
    this.facts = facts;
    this.features = new double[plan.features().size()];
    this.served = new ServedFeatures(served(folder), features.length);
    this.engine = open(plan, engine(folder));
    this.readsOutcomes = LedgerRows.readsLabel(plan);
  }

  private FeatureEngine open(FeaturePlan of, Path folder) {
    try {
      return FeatureEngine.openKept(of, folder);
    } catch (RuntimeException | Error failure) {
      served.close();
      throw failure;
    }
  }

  /// Reads what training needs to know of a row.
  ///
  /// @param id index of the id column
  /// @param entity index of the entity's column
  /// @param amount index of the column that is lost when a positive is missed; -1 for none
  record FactReader(int id, int entity, int amount) {
    ServedFeatures.Facts read(Row row) {
      return new ServedFeatures.Facts(code(row, id), code(row, entity), amount(row));
    }

    /// A column's value as one number; a text is hashed to 64 bits.
    static long code(Row row, int column) {
      String text = row.text(column);
      if (text == null) {
        return row.slot(column);
      }
      long hash = 0xCBF29CE484222325L;
      for (int i = 0; i < text.length(); i++) {
        hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
      }
      return hash ^ hash >>> 32;
    }

    private double amount(Row row) {
      if (amount < 0 || row.isNull(amount)) {
        return 0;
      }
      ColumnType type = row.schema().column(amount).type();
      return switch (type.kind()) {
        case DECIMAL -> row.slot(amount) / Math.pow(10, type.scale());
        case DOUBLE -> row.doubleValue(amount);
        case BIGINT, BOOLEAN, TIMESTAMP, VARCHAR -> row.slot(amount);
      };
    }
  }

  /// The heap that its engine takes, in bytes.
  long heapBytes() {
    EngineStatistics.Memory memory = engine.statistics().memory();
    return memory.keyIndexBytes()
        + memory.stateBytes()
        + memory.textBytes()
        + memory.lateBytes()
        + memory.windowBytes()
        + memory.pageBytes();
  }

  /// How many observations it has taken.
  long rows() {
    return engine.rows();
  }

  FeaturePlan plan() {
    return plan;
  }

  int featureCount() {
    return features.length;
  }

  ServedFeatures served() {
    return served;
  }

  /// The values of the row observed last; the array is used again.
  double[] features() {
    return features;
  }

  /// Sees to it that so many records can be taken without needing more room on the disk.
  ///
  /// @throws CromfordException with STORAGE if there is not enough; nothing has changed then
  void makeRoom(int records) {
    engine.makeRoom(records);
    served.makeRoom(records);
  }

  /// Takes an observation and computes its features.
  ///
  /// @return what training needs to know of it beside them
  ServedFeatures.Facts observe(Row row, long eventMillis) {
    engine.observe(row, eventMillis, features);
    ServedFeatures.Facts known = facts.read(row);
    served.append(known, features, 0);
    return known;
  }

  /// Takes an outcome.
  void outcome(int ordinal, Row outcome) {
    if (readsOutcomes) {
      engine.outcome(ordinal, outcome);
    }
  }

  /// Begins to catch up with a ledger; to be done before anything else is taken.
  CatchUp catchUp() {
    return new CatchUp(this);
  }

  /// A view that takes what a ledger holds, in batches; on any one thread.
  static final class CatchUp implements LedgerRows.Taker {
    /// A ring of the facts of the rows that the driver has not passed on yet; larger than its
    /// batches.
    private static final int RING = 2 * HistoryDriver.MAX_BATCH_ROWS;

    private final View view;
    private final HistoryDriver driver;
    private final ServedFeatures.Facts[] pending = new ServedFeatures.Facts[RING];

    private CatchUp(View view) {
      this.view = view;
      this.driver = new HistoryDriver(view.engine, this::append);
    }

    private void append(long first, int rows, double[] values) {
      for (int i = 0; i < rows; i++) {
        view.served.append(pending[(int) ((first + i) % RING)], values, i * view.features.length);
      }
    }

    @Override
    public void observation(long ordinal, Row row, long eventMillis) {
      pending[(int) (ordinal % RING)] = view.facts.read(row);
      driver.observe(row, eventMillis);
    }

    @Override
    public void label(int ordinal, Row judgement) {
      if (view.readsOutcomes) {
        driver.outcome(ordinal, judgement);
      }
    }

    /// Passes on what waits: the view has taken all that was read.
    void flush() {
      driver.flush();
      view.served.flush();
    }
  }

  @Override
  public void close() {
    engine.close();
    served.close();
  }
}
