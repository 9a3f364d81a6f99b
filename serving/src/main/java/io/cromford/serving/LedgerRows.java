package io.cromford.serving;

import io.cromford.core.Row;
import io.cromford.features.engine.HistoryDriver;
import io.cromford.features.plan.FeaturePlan;
import io.cromford.intake.SourceDefinition;
import io.cromford.ledger.LedgerReader;
import io.cromford.ledger.RecordKind;
import io.cromford.serving.definition.DataDefinition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the observations and the labels of a ledger again, in order, as rows. For one thread,
/// which need not be the one that owns the folds.
final class LedgerRows {
  private final List<SourceBook> sources = new ArrayList<>();
  private final @Nullable Books books;
  private final String labelSource;
  private final @Nullable IdIndex ids;
  private long ordinal;

  /// Takes what is read.
  interface Taker {
    /// Takes an observation.
    ///
    /// @param row used again for the next
    void observation(long ordinal, Row row, long eventMillis);

    /// Takes the label of an observation, or a correction of it.
    ///
    /// @param judgement the outcome's columns but for the id; used again for the next
    void label(int ordinal, Row judgement);
  }

  /// Hears of each observation before it is folded.
  @FunctionalInterface
  interface Visitor {
    void visit(long ordinal, Row row);
  }

  /// Feeds a driver.
  record Feed(HistoryDriver driver, Visitor visitor) implements Taker {
    @Override
    public void observation(long ordinal, Row row, long eventMillis) {
      visitor.visit(ordinal, row);
      driver.observe(row, eventMillis);
    }

    @Override
    public void label(int ordinal, Row judgement) {
      driver.outcome(ordinal, judgement);
    }
  }

  private LedgerRows(@Nullable Books books, String labelSource, @Nullable IdIndex ids) {
    this.books = books;
    this.labelSource = labelSource;
    this.ids = ids;
  }

  /// Reads by books that know all of it; for the thread that owns them.
  static LedgerRows by(Books books) {
    return new LedgerRows(books, "", null);
  }

  /// The same, of a ledger's rest.
  ///
  /// @param first the ordinal of the first observation in it
  static LedgerRows by(Books books, long first) {
    LedgerRows rows = by(books);
    rows.ordinal = first;
    return rows;
  }

  /// Reads for a view without books, on any thread. If the view reads the label the ids are kept
  /// meanwhile, 16 to 21 bytes for each that is a number.
  static LedgerRows alone(DataDefinition data, FeaturePlan plan) {
    SourceDefinition observations = data.observations();
    IdIndex ids =
        readsLabel(plan)
            ? new IdIndex(observations.schema().column(observations.idColumn()).type())
            : null;
    LedgerRows rows = new LedgerRows(null, data.label().source(), ids);
    data.sources().forEach(source -> rows.sources.add(new SourceBook(source)));
    return rows;
  }

  /// Whether a view's features know of labels.
  static boolean readsLabel(FeaturePlan plan) {
    return plan.outcomeStart() < plan.input().size();
  }

  /// How many observations were read.
  long read() {
    return ordinal;
  }

  /// Feeds a driver with what a reader has left.
  void feed(LedgerReader reader, HistoryDriver driver, Visitor visitor) {
    read(reader, new Feed(driver, visitor));
    driver.flush();
  }

  /// Reads what a reader has left.
  void read(LedgerReader reader, Taker taker) {
    while (reader.next()) {
      take(reader, taker);
    }
  }

  /// Reads the record that a reader stands at.
  void take(LedgerReader reader, Taker taker) {
    RecordKind kind = reader.kind();
    if (kind == RecordKind.OBSERVATION) {
      SourceBook source = source(reader.source());
      source.read(reader);
      if (ids != null) {
        ids.add(source.row(), source.idColumn());
      }
      taker.observation(ordinal++, source.row(), reader.eventMillis());
    } else if (kind == RecordKind.OUTCOME) {
      label(reader, taker);
    } else if (kind == RecordKind.SCHEMA && books == null) {
      declare(SourceSchema.decode(reader.body()));
    }
  }

  private void label(LedgerReader reader, Taker taker) {
    SourceBook source = source(reader.source());
    if (books != null && books.carriesLabel(source)) {
      source.read(reader);
      taker.label(books.ids().find(source.row(), source.idColumn()), source.judgement());
    } else if (ids != null && source.name().equals(labelSource)) {
      source.read(reader);
      taker.label(ids.find(source.row(), source.idColumn()), source.judgement());
    }
  }

  private void declare(SourceSchema schema) {
    for (SourceBook source : sources) {
      if (source.name().equals(schema.source())) {
        source.declared(schema);
      }
    }
  }

  private SourceBook source(int number) {
    if (books != null) {
      return books.source(number);
    }
    for (SourceBook source : sources) {
      if (source.number() == number) {
        return source;
      }
    }
    throw new IllegalStateException("records of source %d have no schema".formatted(number));
  }
}
