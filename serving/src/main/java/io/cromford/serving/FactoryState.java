package io.cromford.serving;

import io.cromford.core.Progress;
import io.cromford.ledger.Ledger;
import io.cromford.ledger.LedgerReader;
import io.cromford.ledger.StoredRecord;
import io.cromford.serving.definition.DecisionDefinition;
import io.cromford.serving.definition.FactoryDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// All folds over the ledger but the feature view: what is known, what was decided, who serves.
final class FactoryState {
  private final Books books;
  private final Desk desk;
  private final View.FactReader facts;
  private final List<Control> controls = new ArrayList<>();
  private final ModelShelf shelf;
  private long lastBoundary = Long.MIN_VALUE;
  private ServedFeatures.@Nullable Facts lastFacts;
  private long lastArrival;

  private FactoryState(FactoryDefinition definition, ModelShelf shelf) {
    this.shelf = shelf;
    this.books = new Books(definition.data().sources(), definition.data().label().column());
    this.desk = new Desk(definition.decision());
    this.facts = factReader(definition);
  }

  /// Folds a ledger from its beginning.
  static FactoryState fold(
      FactoryDefinition definition, ModelShelf shelf, Ledger ledger, Progress progress) {
    FactoryState state = new FactoryState(definition, shelf);
    Progress.Step step = progress.start("recover", ledger.head().position());
    try (LedgerReader reader = ledger.reader()) {
      while (reader.next()) {
        state.apply(reader);
        step.at(reader.position());
      }
    }
    if (ledger.head().position() > 0) {
      step.finish(String.format(Locale.ROOT, "%,d bytes of ledger", ledger.head().position()));
    }
    return state;
  }

  static View.FactReader factReader(FactoryDefinition definition) {
    var schema = definition.data().observations().schema();
    int amount =
        switch (definition.decision().costs().missed()) {
          case DecisionDefinition.Missed.Column(String name) -> schema.indexOf(name);
          case DecisionDefinition.Missed.Fixed _ -> -1;
        };
    return new View.FactReader(
        definition.data().observations().idColumn(),
        schema.indexOf(definition.decision().entity()),
        amount);
  }

  Books books() {
    return books;
  }

  Desk desk() {
    return desk;
  }

  View.FactReader facts() {
    return facts;
  }

  /// What the factory did to itself, in order.
  List<Control> controls() {
    return List.copyOf(controls);
  }

  /// The latest boundary that was passed; `Long.MIN_VALUE` before the first.
  long lastBoundary() {
    return lastBoundary;
  }

  /// Takes an outcome that is in the books.
  ///
  /// @param ordinal the observation that it judges
  /// @param read reads a record of the ledger by its position
  void judged(int ordinal, long arrival, LongFunction<StoredRecord> read) {
    if (!desk.watchesPositives() || books.label(ordinal) != Books.POSITIVE) {
      return;
    }
    SourceBook source = books.observationSource();
    source.read(read.apply(books.position(ordinal)).body());
    desk.knownPositive(facts.read(source.row()).entity(), arrival);
  }

  /// Takes a control record that is in the ledger.
  void control(Control control) {
    controls.add(control);
    switch (control) {
      case Control.Promoted promoted -> desk.promoted(promoted, shelf.model(promoted.model()));
      case Control.BoundaryPassed passed -> lastBoundary = passed.atMillis();
      case Control.Trained _, Control.Judged _, Control.Skipped _ -> {}
    }
  }

  private void apply(LedgerReader reader) {
    switch (reader.kind()) {
      case OBSERVATION -> {
        books.apply(reader);
        lastFacts = facts.read(books.source(reader.source()).row());
        lastArrival = reader.arrivalMillis();
      }
      case DECISION -> {
        DecisionRecord decision = DecisionRecord.decode(reader.body());
        books.decided(decision, reader.position());
        if (lastFacts == null) {
          throw new IllegalStateException("a decision stands before any observation");
        }
        desk.decided(decision, lastFacts, lastArrival);
      }
      case CONTROL -> {
        books.advance(reader.arrivalMillis());
        control(Control.decode(reader.body()));
      }
      case OUTCOME -> {
        books.apply(reader);
        SourceBook source = books.source(reader.source());
        if (books.carriesLabel(source)) {
          int ordinal = books.ids().find(source.row(), source.idColumn());
          judged(ordinal, reader.arrivalMillis(), reader::read);
        }
      }
      case SCHEMA, FILE_OPENED, FILE_FINISHED, QUARANTINED, REPLAYED, DUPLICATE ->
          books.apply(reader);
    }
  }
}
