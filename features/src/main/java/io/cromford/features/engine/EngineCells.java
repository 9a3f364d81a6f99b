package io.cromford.features.engine;

import io.cromford.core.Row;
import io.cromford.core.Schema;
import io.cromford.features.plan.FeaturePlan;
import io.cromford.features.scalar.Cells;
import org.jspecify.annotations.Nullable;

/// What expressions read in the engine: an observation, its outcome if known, and the aggregates at
/// it.
final class EngineCells extends Cells {
  private final int outcomeStart;
  private final TextDictionary texts;
  private final AggregateReader[] aggregates;
  private int place;
  private Row row;
  private @Nullable Row outcome;

  /// Cells of a row of NULLs.
  ///
  /// @param aggregates readers by the index of their aggregate
  EngineCells(FeaturePlan plan, TextDictionary texts, AggregateReader[] aggregates) {
    this.outcomeStart = plan.outcomeStart();
    this.texts = texts;
    this.aggregates = aggregates;
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

  /// Points at the aggregates of a row of the chunk.
  void pointAggregates(int rowOfChunk) {
    place = rowOfChunk;
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
    return aggregates[aggregate].nulls[place];
  }

  @Override
  public long aggregateSlot(int aggregate) {
    return aggregates[aggregate].slots[place];
  }

  /// The text of an aggregate over texts, which is kept as its code.
  @Override
  public @Nullable String aggregateText(int aggregate) {
    AggregateReader reader = aggregates[aggregate];
    return reader.nulls[place] ? null : texts.text((int) reader.slots[place]);
  }
}
