package io.cromford.features.engine;

import io.cromford.core.Row;
import io.cromford.core.Schema;
import io.cromford.features.plan.Aggregate;
import io.cromford.features.plan.FeaturePlan;
import io.cromford.features.scalar.Cells;
import org.jspecify.annotations.Nullable;

/// What expressions read in the engine: an observation, its outcome if known, and the aggregates at
/// it.
final class EngineCells extends Cells {
  private final int outcomeStart;
  private final TextDictionary texts;
  private final long[] slots;
  private final boolean[] nulls;
  private Row row;
  private @Nullable Row outcome;

  /// Cells of a row of NULLs.
  EngineCells(FeaturePlan plan, TextDictionary texts) {
    this.outcomeStart = plan.outcomeStart();
    this.texts = texts;
    this.slots = new long[plan.aggregates().size()];
    this.nulls = new boolean[plan.aggregates().size()];
    this.row = new Row(observation(plan));
  }

  /// The observation's columns of a plan.
  static Schema observation(FeaturePlan plan) {
    return new Schema(plan.input().columns().subList(0, plan.outcomeStart()));
  }

  /// Points at an observation whose outcome is not known.
  void point(Row observation) {
    row = observation;
    outcome = null;
  }

  /// Points at an observation and its outcome.
  void point(Row observation, Row itsOutcome) {
    row = observation;
    outcome = itsOutcome;
  }

  /// Sets an aggregate.
  void set(int aggregate, long slot) {
    slots[aggregate] = slot;
    nulls[aggregate] = false;
  }

  /// Sets an aggregate to NULL.
  void setNull(int aggregate) {
    slots[aggregate] = 0;
    nulls[aggregate] = true;
  }

  @Override
  public boolean isNull(int column) {
    return column < outcomeStart
        ? row.isNull(column)
        : outcome == null || outcome.isNull(column - outcomeStart);
  }

  @Override
  public long slot(int column) {
    return column < outcomeStart
        ? row.slot(column)
        : outcome == null ? 0 : outcome.slot(column - outcomeStart);
  }

  @Override
  public @Nullable String text(int column) {
    return column < outcomeStart
        ? row.text(column)
        : outcome == null ? null : outcome.text(column - outcomeStart);
  }

  @Override
  public boolean aggregateIsNull(int aggregate) {
    return nulls[aggregate];
  }

  @Override
  public long aggregateSlot(int aggregate) {
    return slots[aggregate];
  }

  /// The text of an aggregate over texts, which is kept as its code.
  @Override
  public @Nullable String aggregateText(int aggregate) {
    return nulls[aggregate] ? null : texts.text((int) slots[aggregate]);
  }

  /// The slots of the aggregates of a plan, as doubles where they are.
  static boolean isDouble(Aggregate aggregate) {
    return aggregate.type().kind() == io.cromford.core.ColumnType.Kind.DOUBLE;
  }
}
