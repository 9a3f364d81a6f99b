package io.cromford.serving;

import io.cromford.core.Column;
import io.cromford.core.ColumnType;
import io.cromford.core.Progress;
import io.cromford.features.plan.FeaturePlan;
import io.cromford.ledger.LedgerReader;
import io.cromford.ledger.StoredRecord;
import io.cromford.serving.definition.Check;
import io.cromford.serving.definition.FactoryDefinition;
import java.util.List;
import java.util.Locale;

/// The decisions: what was decided on which observation, by which model, and why.
final class DecisionTable implements FactoryTable {
  private final Books books;
  private final FactoryDefinition definition;

  DecisionTable(Books books, FactoryDefinition definition) {
    this.books = books;
    this.definition = definition;
  }

  @Override
  public String name() {
    return "decisions";
  }

  @Override
  public List<Column> columns() {
    SourceBook source = books.observationSource();
    return FactoryTable.distinct(
        List.of(
            source.definition().schema().column(source.idColumn()),
            new Column("event_time", ColumnType.TIMESTAMP, false),
            new Column("action", ColumnType.VARCHAR, false),
            new Column("propensity", ColumnType.DOUBLE, false),
            new Column("score", ColumnType.DOUBLE, false),
            new Column("frozen_score", ColumnType.DOUBLE, false),
            new Column("threshold", ColumnType.DOUBLE, false),
            new Column("model", ColumnType.VARCHAR, false),
            new Column("reasons", ColumnType.VARCHAR, true),
            new Column("arrival", ColumnType.TIMESTAMP, false),
            new Column("position", ColumnType.BIGINT, false)));
  }

  /// A decision follows its observation, so the row last read is nearly always the one it is about.
  @Override
  public void read(LedgerReader reader, Cells into, Progress.Step step) {
    Crew crew = new Crew();
    ViewBook views = new ViewBook(Check.catalog(definition));
    SourceBook source = books.observationSource();
    long rowAt = -1;
    reader.seek(0);
    while (reader.next()) {
      switch (reader.kind()) {
        case OBSERVATION -> {
          source.read(reader);
          rowAt = reader.position();
        }
        case DECISION -> {
          DecisionRecord decision = DecisionRecord.decode(reader.body());
          long wanted = books.position(Math.toIntExact(decision.ordinal()));
          if (wanted != rowAt) {
            StoredRecord observation = reader.read(wanted);
            source.read(observation);
            rowAt = wanted;
          }
          String reasons =
              decision.reasons().size() == 0
                  ? ""
                  : text(decision.reasons(), views.plan(decision.features().view()));
          give(decision, reader, crew.version(decision.answer().model()), reasons, into);
        }
        case CONTROL -> {
          Control control = Control.decode(reader.body());
          crew.take(control);
          views.take(control);
        }
        case SCHEMA, FILE_OPENED, FILE_FINISHED, OUTCOME, QUARANTINED, REPLAYED, DUPLICATE -> {}
      }
      step.at(reader.position());
    }
  }

  private void give(
      DecisionRecord decision, LedgerReader reader, String model, String reasons, Cells into) {
    SourceBook source = books.observationSource();
    RowCells.give(source.row(), source.idColumn(), into);
    into.time(reader.eventMillis());
    into.text(decision.answer().action().text());
    into.real(decision.answer().propensity());
    into.real(decision.answer().score());
    into.real(decision.frozenScore());
    into.real(decision.answer().threshold());
    into.text(model);
    if (reasons.isEmpty()) {
      into.none();
    } else {
      into.text(reasons);
    }
    into.time(reader.arrivalMillis());
    into.integer(reader.position());
    into.endRow();
  }

  /// The reasons, the loudest first: `terminal_risk_28d +1.52, customer_count_1d +0.31`.
  static String text(Reasons reasons, FeaturePlan plan) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < reasons.size(); i++) {
      text.append(i == 0 ? "" : ", ")
          .append(plan.features().get(reasons.feature(i)).name())
          .append(String.format(Locale.ROOT, " %+.2f", reasons.contribution(i)));
    }
    return text.toString();
  }
}
