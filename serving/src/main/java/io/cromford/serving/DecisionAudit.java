package io.cromford.serving;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.core.Progress;
import io.cromford.core.Row;
import io.cromford.ledger.LedgerReader;
import io.cromford.ledger.RecordKind;
import io.cromford.ledger.StoredRecord;
import io.cromford.serving.definition.CheckedFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Rebuilds one decision of any age from the ledger and the registry alone, and holds it against
/// what was answered.
///
/// It folds the ledger up to the decision as the factory did, from the newest snapshots before it
/// on: the features of the observation, the model that served, the threshold of that moment, who
/// had an alert that day. Then it decides again. Nothing that was answered goes into it, so where
/// both agree the decision is proven, and where they do not, something was changed since: the
/// ledger or the model.
public final class DecisionAudit {
  private final AuditStart start;
  private final FactoryState state;
  private final List<Rebuilding> views;
  private final String id;
  private final List<Outcome> outcomes = new ArrayList<>();
  private int target = -1;
  private @Nullable Answer answer;

  /// A decision, then and now.
  ///
  /// @param then what the ledger says was decided
  /// @param now what is decided on the same records
  /// @param served how the model that answered had come to answer
  private record Answer(
      DecisionRecord then, DecisionRecord now, Promotion served, long position, long arrival) {}

  /// An outcome of the observation.
  ///
  /// @param source where it came from
  /// @param arrivedAt when, by the factory's clock
  /// @param fields its columns
  public record Outcome(String source, Instant arrivedAt, List<DecisionView.Field> fields) {
    /// Copies the fields.
    public Outcome {
      fields = List.copyOf(fields);
    }
  }

  /// One thing that was compared.
  ///
  /// @param what it is
  /// @param then as it was answered
  /// @param now as it was rebuilt
  public record Comparison(String what, String then, String now) {
    /// Whether both are the same.
    public boolean agrees() {
      return then.equals(now);
    }
  }

  /// What came of it.
  ///
  /// @param view the decision as it was answered, with event, features as rebuilt and the last
  ///   outcome
  /// @param served how the model that answered had come to answer
  /// @param outcomes all outcomes so far, in the order they came
  /// @param comparisons what was compared
  public record Rebuilt(
      DecisionView view, Promotion served, List<Outcome> outcomes, List<Comparison> comparisons) {
    /// Copies the lists.
    public Rebuilt {
      outcomes = List.copyOf(outcomes);
      comparisons = List.copyOf(comparisons);
    }

    /// Whether everything is as it was answered.
    public boolean agrees() {
      return comparisons.stream().allMatch(Comparison::agrees);
    }
  }

  private DecisionAudit(AuditStart start, String id) {
    this.start = start;
    this.state = start.state().state();
    this.views = start.views();
    this.id = id;
  }

  /// Rebuilds a decision beside a running factory or without one; takes no lock and writes nothing
  /// into its folders.
  ///
  /// @param stateFolder where its ledger and models lie
  /// @param scratch a folder for what is needed meanwhile
  /// @param id the observation's id, as text
  /// @throws CromfordException NOT_FOUND if there is no ledger or no such decision
  public static Rebuilt of(
      CheckedFactory checked, Path stateFolder, Path scratch, String id, Progress progress) {
    FoldSnapshots snapshots = FoldSnapshots.of(stateFolder, checked.definition());
    return of(new AuditStart.Place(checked, stateFolder, scratch, snapshots), id, progress);
  }

  /// The same from the ledger and the registry alone, from the ledger's beginning on: it trusts
  /// nothing that was kept, and takes as long as folding all of it.
  public static Rebuilt ofLedgerAlone(
      CheckedFactory checked, Path stateFolder, Path scratch, String id, Progress progress) {
    FoldSnapshots none = FoldSnapshots.of(stateFolder, checked.definition(), null);
    return of(new AuditStart.Place(checked, stateFolder, scratch, none), id, progress);
  }

  private static Rebuilt of(AuditStart.Place place, String id, Progress progress) {
    try (LedgerReader reader = LedgerReader.openReadOnly(place.stateFolder().resolve("ledger"));
        AuditStart start = AuditStart.of(place, reader, id)) {
      start.say(progress);
      return new DecisionAudit(start, id).run(reader, progress);
    }
  }

  private Rebuilt run(LedgerReader reader, Progress progress) {
    Progress.Step step = progress.start("rebuild", reader.limit());
    reader.seek(start.from());
    while (answer == null && reader.next()) {
      fold(reader);
      step.at(reader.position());
    }
    while (reader.next()) {
      look(reader);
      step.at(reader.position());
    }
    Answer found = answer;
    if (found == null) {
      throw new CromfordException(
          ErrorCode.NOT_FOUND,
          target < 0
              ? "there is no observation with the id `%s`.\nMaybe it is in quarantine: `cromford quarantine list`."
                  .formatted(id)
              : "nothing was decided on `%s`: it arrived before go-live.\nMaybe ask for one that came later."
                  .formatted(id));
    }
    step.finish(
        String.format(
            Locale.ROOT, "%,d bytes of ledger, decision at %,d", reader.limit(), found.position()));
    return rebuilt(found, reader);
  }

  /// Folds a record up to the decision: state and views begin where each was kept.
  private void fold(LedgerReader reader) {
    switch (reader.kind()) {
      case OBSERVATION -> observe(reader);
      case DECISION -> decide(reader);
      case OUTCOME -> judge(reader);
      case CONTROL, SCHEMA, FILE_OPENED, FILE_FINISHED, QUARANTINED, REPLAYED, DUPLICATE ->
          apply(reader);
    }
  }

  private void apply(LedgerReader reader) {
    if (reader.position() >= start.state().position()) {
      state.apply(reader);
    }
  }

  /// The source of an observation or outcome, which its row then holds.
  private SourceBook read(LedgerReader reader) {
    apply(reader);
    SourceBook source = state.books().source(reader.source());
    if (reader.position() < start.state().position()) {
      source.read(reader);
    }
    return source;
  }

  private void observe(LedgerReader reader) {
    SourceBook source = read(reader);
    if (target >= 0) {
      return;
    }
    for (Rebuilding view : views) {
      if (reader.position() >= view.position()) {
        view.observe(source.row(), reader.eventMillis());
      }
    }
    if (source.id(source.row()).equals(id)) {
      target = state.books().ids().find(source.row(), source.idColumn());
    }
  }

  /// Looks at a record behind the decision: of interest are outcomes alone.
  private void look(LedgerReader reader) {
    if (reader.kind() == RecordKind.SCHEMA) {
      state.books().apply(reader);
    } else if (reader.kind() == RecordKind.OUTCOME) {
      SourceBook source = state.books().source(reader.source());
      source.read(reader);
      keep(source, reader.arrivalMillis());
    }
  }

  /// The features of the target in the views that were computed then, by number.
  private double[][] features() {
    double[][] features = new double[state.views().size()][0];
    for (int view = 0; view < state.views().size(); view++) {
      if (state.views().isReady(view)) {
        features[view] = views.get(view).last();
      }
    }
    return features;
  }

  private void decide(LedgerReader reader) {
    DecisionRecord then = DecisionRecord.decode(reader.body());
    if (then.ordinal() == target) {
      DecisionRecord now = state.decide(target, features());
      answer =
          new Answer(
              then,
              now,
              served(then, reader.arrivalMillis()),
              reader.position(),
              reader.arrivalMillis());
    }
    apply(reader);
  }

  /// Who answered without a promotion is the last resort.
  private Promotion served(DecisionRecord decision, long arrival) {
    String model = state.desk().crew().version(decision.answer().model());
    return state.controls().reversed().stream()
        .flatMap(control -> Promotion.how(control).stream())
        .filter(promotion -> promotion.model().equals(model))
        .findFirst()
        .orElseGet(() ->
            new Promotion(
                model,
                model,
                Instant.ofEpochMilli(arrival),
                "the last resort: nobody else gave a probability",
                Steps.FACTORY));
  }

  private void judge(LedgerReader reader) {
    SourceBook source = read(reader);
    if (target >= 0) {
      keep(source, reader.arrivalMillis());
    } else if (state.books().carriesLabel(source)) {
      int judged = state.books().ids().find(source.row(), source.idColumn());
      for (Rebuilding view : views) {
        if (reader.position() >= view.position()) {
          view.label(judged, source.judgement());
        }
      }
    }
  }

  private void keep(SourceBook source, long arrival) {
    if (state.books().ids().find(source.row(), source.idColumn()) == target) {
      outcomes.add(
          new Outcome(source.name(), Instant.ofEpochMilli(arrival), Archive.fields(source.row())));
    }
  }

  private Rebuilt rebuilt(Answer found, LedgerReader reader) {
    StoredRecord stored = reader.read(state.books().position(target));
    Row event = Archive.row(state.books().observationSource(), stored);
    Decision decision = Archive.decision(id, found.then(), found.position(), state);
    int view = found.then().features().view();
    DecisionView answered =
        new DecisionView(
            decision,
            Archive.fields(event),
            Archive.fields(state.views().plan(view), views.get(view).last()),
            state.views().name(view),
            Instant.ofEpochMilli(found.arrival()).toString(),
            outcomes.isEmpty() ? List.of() : outcomes.getLast().fields(),
            new Standings(state, reader::read).of(target),
            new Lineages(state.books(), reader::read).of(stored));
    return new Rebuilt(answered, found.served(), outcomes, comparisons(found.then(), found.now()));
  }

  private List<Comparison> comparisons(DecisionRecord then, DecisionRecord now) {
    return List.of(
        compare("features", then, now, DecisionAudit::features),
        compare("model", then, now, d -> state.desk().crew().version(d.answer().model())),
        compare("score", then, now, d -> Double.toString(d.answer().score())),
        compare("first model's score", then, now, d -> Double.toString(d.frozenScore())),
        compare("scores beside it", then, now, this::beside),
        compare("threshold", then, now, d -> Double.toString(d.answer().threshold())),
        compare("action", then, now, d -> d.answer().action().text()),
        compare(
            "reasons",
            then,
            now,
            d -> DecisionTable.text(d.reasons(), state.views().plan(d.features().view()))));
  }

  private static String features(DecisionRecord decision) {
    StringBuilder text = new StringBuilder("%016x".formatted(decision.features().hash()));
    for (DecisionRecord.InView other : decision.features().others()) {
      text.append(", in view %d %016x".formatted(other.view(), other.hash()));
    }
    return text.toString();
  }

  private String beside(DecisionRecord decision) {
    return decision.beside().stream()
        .map(one -> "%.12s %s".formatted(state.desk().crew().version(one.model()), one.score()))
        .collect(Collectors.joining(", "));
  }

  private static Comparison compare(
      String what, DecisionRecord then, DecisionRecord now, Function<DecisionRecord, String> part) {
    return new Comparison(what, part.apply(then), part.apply(now));
  }
}
