package io.cromford.bench.handbook;

import io.cromford.core.LongTupleIndex;
import io.cromford.core.Row;
import io.cromford.core.Schema;
import io.cromford.features.engine.FeatureEngine;
import io.cromford.features.engine.HistoryDriver;
import io.cromford.features.plan.FeaturePlan;
import io.cromford.intake.ArrivalStream;
import io.cromford.intake.Arrived;
import io.cromford.intake.ContractResult.Accepted;
import io.cromford.intake.ContractResult.Refused;
import io.cromford.serving.definition.DataDefinition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The payments and their outcomes in memory, in the order of their arrival: read once by intake,
/// folded as often as there are feature queries.
final class HandbookData {
  private static final int CHUNK = 1 << 16;

  private final DataDefinition definition;
  private final List<long[]> chunks = new ArrayList<>();
  private final int width;
  private final int idColumn;
  private final int timeColumn;
  private final int entityColumn;
  private final int amountColumn;
  private int size;
  private long refused;
  private boolean[] frauds = new boolean[CHUNK];

  /// An observation as its ordinal, an outcome as its observation's ordinal with all bits flipped.
  private int[] arrivals = new int[CHUNK];

  private int arrived;

  private HandbookData(DataDefinition definition, String entity, String amount) {
    this.definition = definition;
    Schema schema = definition.observations().schema();
    this.width = schema.size();
    this.idColumn = definition.observations().idColumn();
    this.timeColumn = schema.indexOf(timeColumn(definition));
    this.entityColumn = schema.indexOf(entity);
    this.amountColumn = schema.indexOf(amount);
  }

  /// Reads the files of a definition's sources.
  ///
  /// @param entity the observation's column of the card
  /// @param amount its decimal column of the amount
  /// @param latestMillis no event is later
  static HandbookData read(
      DataDefinition definition, String entity, String amount, long latestMillis) {
    HandbookData data = new HandbookData(definition, entity, amount);
    LongTupleIndex ids = new LongTupleIndex(1);
    long[] id = new long[1];
    int outcomeId = definition.outcomes().idColumn();
    int label = definition.outcomes().schema().indexOf(definition.label().column());
    try (ArrivalStream stream =
        ArrivalStream.open(definition.sources(), ArrivalStream.Start.fresh(latestMillis))) {
      for (Arrived next = stream.next(); next != null; next = stream.next()) {
        switch (next.result()) {
          case Refused _ -> data.refused++;
          case Accepted(Row row) -> {
            boolean observed = next.source().isObservation();
            id[0] = row.slot(observed ? data.idColumn : outcomeId);
            if (observed) {
              ids.add(id, 0);
              data.addObservation(row);
            } else {
              data.addOutcome(ids.find(id, 0), row.slot(label) != 0);
            }
          }
        }
      }
    }
    return data;
  }

  private static String timeColumn(DataDefinition definition) {
    var time = definition.observations().timing().eventTime();
    if (time == null) {
      throw new IllegalArgumentException("an observation has an event time");
    }
    return time.column();
  }

  private void addObservation(Row row) {
    if (size % CHUNK == 0) {
      chunks.add(new long[CHUNK * width]);
      frauds = Arrays.copyOf(frauds, size + CHUNK);
    }
    for (int column = 0; column < width; column++) {
      chunks.getLast()[size % CHUNK * width + column] = row.slot(column);
    }
    arrive(size);
    size++;
  }

  private void addOutcome(int ordinal, boolean fraud) {
    frauds[ordinal] = fraud;
    arrive(~ordinal);
  }

  private void arrive(int code) {
    if (arrived == arrivals.length) {
      arrivals = Arrays.copyOf(arrivals, arrived * 2);
    }
    arrivals[arrived++] = code;
  }

  /// The number of payments.
  int size() {
    return size;
  }

  /// The number of records that broke their contract.
  long refused() {
    return refused;
  }

  long id(int payment) {
    return slot(payment, idColumn);
  }

  long eventMillis(int payment) {
    return slot(payment, timeColumn);
  }

  /// The card.
  long entity(int payment) {
    return slot(payment, entityColumn);
  }

  double amount(int payment) {
    return slot(payment, amountColumn) / 100.0;
  }

  boolean isFraud(int payment) {
    return frauds[payment];
  }

  private long slot(int payment, int column) {
    return chunks.get(payment / CHUNK)[payment % CHUNK * width + column];
  }

  /// Folds everything in the order of arrival.
  ///
  /// @param scratch a folder of the engine's own
  void fold(FeaturePlan plan, Path scratch, HistoryDriver.Sink sink) {
    Row row = new Row(definition.observations().schema());
    Row outcome =
        new Row(
            new Schema(
                plan.input()
                    .columns()
                    .subList(plan.outcomeStart(), plan.input().columns().size())));
    int label = outcome.schema().indexOf(definition.label().column());
    try (FeatureEngine engine = FeatureEngine.open(plan, scratch)) {
      HistoryDriver driver = new HistoryDriver(engine, sink);
      for (int i = 0; i < arrived; i++) {
        int ordinal = arrivals[i];
        if (ordinal >= 0) {
          for (int column = 0; column < width; column++) {
            row.setSlot(column, slot(ordinal, column));
          }
          driver.observe(row, eventMillis(ordinal));
        } else {
          outcome.setBoolean(label, frauds[~ordinal]);
          driver.outcome(~ordinal, outcome);
        }
      }
      driver.flush();
    }
  }
}
