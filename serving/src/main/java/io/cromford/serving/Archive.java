package io.cromford.serving;

import io.cromford.core.ColumnType;
import io.cromford.core.Row;
import io.cromford.core.Schema;
import io.cromford.core.Values;
import io.cromford.features.plan.FeaturePlan;
import io.cromford.ledger.Ledger;
import io.cromford.ledger.StoredRecord;
import io.cromford.serving.DecisionView.Field;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds decisions in the ledger again.
final class Archive {
  /// Nobody knows the id.
  static final String UNKNOWN =
      "there is no observation with this id.\nMaybe it was mistyped, or has not arrived yet.";

  private final Ledger ledger;
  private final FactoryState state;
  private final LiveViews views;

  /// @param views gives the features; those of a view that is not computed any more are left out
  Archive(Ledger ledger, FactoryState state, LiveViews views) {
    this.ledger = ledger;
    this.state = state;
    this.views = views;
  }

  /// The decision on an observation; empty if none was made.
  List<Decision> decision(int ordinal) {
    long position = state.books().decisionPosition(ordinal);
    if (position < 0) {
      return List.of();
    }
    return List.of(
        decision(
            state.books().observationSource().id(observation(ordinal)),
            record(ordinal),
            position,
            state));
  }

  private DecisionRecord record(int ordinal) {
    return DecisionRecord.decode(ledger.read(state.books().decisionPosition(ordinal)).body());
  }

  /// A decision with the event, the feature values and the outcomes behind it; empty before the
  /// decision is on disk.
  Optional<DecisionView> find(String id) {
    return view(ordinal(id));
  }

  /// The same by the observation's number.
  ///
  /// @param ordinal negative for none
  Optional<DecisionView> view(int ordinal) {
    boolean isOnDisk =
        ordinal >= 0 && state.books().decisionPosition(ordinal) < ledger.head().position();
    List<Decision> decision = isOnDisk ? decision(ordinal) : List.of();
    if (decision.isEmpty()) {
      return Optional.empty();
    }
    StoredRecord stored = ledger.read(state.books().position(ordinal));
    int view = record(ordinal).features().view();
    return Optional.of(
        new DecisionView(
            decision.getFirst(),
            fields(observation(ordinal)),
            features(ordinal, view),
            state.views().name(view),
            Instant.ofEpochMilli(stored.header().arrivalMillis()).toString(),
            outcomes(ordinal),
            new Standings(state, ledger::read).of(ordinal),
            new Lineages(state.books(), ledger::read).of(stored)));
  }

  /// Why there is no decision on an id.
  String whyNone(String id) {
    int ordinal = ordinal(id);
    if (ordinal >= 0 && state.books().decisionPosition(ordinal) < 0) {
      return "this observation was taken in at %s, when nothing was decided yet: there is no decision on it.\nMaybe it came before go-live, or from a file; `cromford sql` has it under `events`."
          .formatted(
              Instant.ofEpochMilli(
                  ledger.read(state.books().position(ordinal)).header().arrivalMillis()));
    }
    return state
        .books()
        .quarantinedIds()
        .find(id)
        .map(position -> ledger.read(position))
        .map(Archive::quarantined)
        .orElse(UNKNOWN);
  }

  private static String quarantined(StoredRecord stored) {
    Quarantined record = Quarantined.decode(stored.body());
    return "an observation with this id lies in quarantine since %s, for the rule `%s`: nothing was decided on it.\nMaybe repair it: `cromford quarantine show` has it under the number %d."
        .formatted(
            Instant.ofEpochMilli(stored.header().arrivalMillis()),
            record.rule(),
            stored.position());
  }

  static Decision decision(String id, DecisionRecord record, long position, FactoryState state) {
    FeaturePlan plan = state.views().plan(record.features().view());
    List<Decision.Reason> reasons = new ArrayList<>(record.reasons().size());
    for (int i = 0; i < record.reasons().size(); i++) {
      String name = plan.features().get(record.reasons().feature(i)).name();
      reasons.add(new Decision.Reason(name, record.reasons().contribution(i)));
    }
    DecisionRecord.Answer answer = record.answer();
    String model = state.desk().crew().version(answer.model());
    return new Decision(
        id, answer.action(), answer.score(), answer.threshold(), model, reasons, position);
  }

  /// The ordinal of an id that is given as text; -1 if there is none.
  int ordinal(String id) {
    return ordinal(state, id);
  }

  /// The same of any state.
  static int ordinal(FactoryState state, String id) {
    SourceBook source = state.books().observationSource();
    ColumnType type = source.definition().schema().column(source.idColumn()).type();
    if (type.kind() == ColumnType.Kind.VARCHAR) {
      return state.books().ids().find(0, id);
    }
    try {
      return state.books().ids().find(Long.parseLong(id), null);
    } catch (NumberFormatException _) {
      return -1;
    }
  }

  private Row observation(int ordinal) {
    SourceBook source = state.books().observationSource();
    return row(source, ledger.read(state.books().position(ordinal)));
  }

  static Row row(SourceBook source, StoredRecord record) {
    Row row = new Row(source.definition().schema());
    source.read(record, row);
    return row;
  }

  private List<Field> features(int ordinal, int number) {
    List<Field> fields = new ArrayList<>();
    if (views.has(number)) {
      View view = views.require(number);
      view.served().read(ordinal, (_, _, values) -> fields.addAll(fields(view.plan(), values)));
    }
    return fields;
  }

  /// Feature values by name.
  static List<Field> fields(FeaturePlan plan, double[] values) {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      String json = Double.isNaN(values[i]) ? "null" : Double.toString(values[i]);
      fields.add(new Field(plan.features().get(i).name(), json));
    }
    return fields;
  }

  private List<Field> outcomes(int ordinal) {
    long position = state.books().outcomePosition(ordinal);
    if (position < 0) {
      return List.of();
    }
    StoredRecord record = ledger.read(position);
    return fields(row(state.books().source(record.header().origin().source()), record));
  }

  /// A row's columns by name.
  static List<Field> fields(Row row) {
    List<Field> fields = new ArrayList<>();
    Schema schema = row.schema();
    for (int i = 0; i < schema.size(); i++) {
      fields.add(new Field(schema.column(i).name(), json(row, i)));
    }
    return fields;
  }

  private static String json(Row row, int column) {
    if (row.isNull(column)) {
      return "null";
    }
    ColumnType type = row.schema().column(column).type();
    String text = Values.format(type, row.slot(column), row.text(column));
    return switch (type.kind()) {
      case BIGINT, DOUBLE, DECIMAL, BOOLEAN -> text;
      case TIMESTAMP, VARCHAR -> Control.JSON.writeValueAsString(text);
    };
  }
}
