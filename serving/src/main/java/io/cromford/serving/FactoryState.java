package io.cromford.serving;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.core.Progress;
import io.cromford.core.SnapshotReader;
import io.cromford.core.SnapshotWriter;
import io.cromford.flywheel.AlarmBook;
import io.cromford.flywheel.LiveDecision;
import io.cromford.flywheel.MissedWatch;
import io.cromford.flywheel.Rollout;
import io.cromford.flywheel.Truth;
import io.cromford.flywheel.WeekSummary;
import io.cromford.flywheel.WeeklyLedger;
import io.cromford.flywheel.work.WorkBook;
import io.cromford.flywheel.work.WorkItem;
import io.cromford.ledger.Ledger;
import io.cromford.ledger.LedgerReader;
import io.cromford.ledger.StoredRecord;
import io.cromford.serving.definition.Check;
import io.cromford.serving.definition.DecisionDefinition;
import io.cromford.serving.definition.FactoryDefinition;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// All folds over the ledger but the feature views: what is known, what was decided, who serves.
final class FactoryState {
  private final Books books;
  private final ViewBook views;
  private final Desk desk;
  private View.FactReader facts;
  private final List<Control> controls = new ArrayList<>();
  private final Steering steering = new Steering(Steering.Scope.SERVICE);
  private final Steering braking = new Steering(Steering.Scope.BRAKE);
  private final Steering alarming = new Steering(Steering.Scope.ALARMS);
  private final List<Moment> moments = new ArrayList<>();
  private final Watch watch;
  private final ArrayDeque<FactoryHistory.Entry> told = new ArrayDeque<>();
  private final ModelShelf shelf;
  private final FactoryDefinition definition;
  private final PolicyBook policies;
  private final Cadence cadence;
  private final AlarmFold alarmBook = new AlarmFold();
  private final StoryBook stories = new StoryBook();
  private final WorkBook work = new WorkBook();
  private final List<PoliciesFrom> policiesFrom = new ArrayList<>();
  private long alarms;
  private @Nullable WeeklyLedger weeks;
  private final BitSet frozenAlerts = new BitSet();
  private final BitSet rightAlerts = new BitSet();
  private final BitSet positives = new BitSet();
  private @Nullable MissedWatch missed;
  private MissedWatch.@Nullable Rise rise;
  private @Nullable Rollout rollout;
  private int candidateSince;
  private boolean frozen;
  private ServedFeatures.@Nullable Facts lastFacts;
  private long lastArrival;

  /// Which policies held from an observation on.
  ///
  /// @param ordinal of the first observation that arrived under them
  /// @param version [Policies#version]
  private record PoliciesFrom(int ordinal, String version) {}

  /// Where the books stood when a control record was taken.
  private record Moment(long clock, int observations) {}

  private FactoryState(FactoryDefinition definition, ModelShelf shelf) {
    this.definition = definition;
    this.policies = new PolicyBook(Policies.of(definition));
    this.cadence = new Cadence(policies.standing().flywheel().haste());
    this.shelf = shelf;
    this.books = new Books(definition.data());
    this.views = new ViewBook(Check.catalog(definition));
    this.desk = new Desk(definition.decision(), views);
    this.watch = new Watch(definition);
    this.facts = factReader(definition, definition.decision());
  }

  /// The folds over no record.
  static FactoryState empty(FactoryDefinition definition, ModelShelf shelf) {
    return new FactoryState(definition, shelf);
  }

  /// Folds a ledger from its beginning.
  static FactoryState fold(
      FactoryDefinition definition, ModelShelf shelf, Ledger ledger, Progress progress) {
    try (LedgerReader reader = ledger.reader()) {
      Progress.Step step = progress.start("recover", reader.limit());
      return new Kept(empty(definition, shelf), 0).foldOn(reader, step);
    }
  }

  /// A state that was kept.
  ///
  /// @param position where its fold goes on in the ledger; 0 for one over no record
  record Kept(FactoryState state, long position) {
    /// The newest that fits, or one over no record.
    ///
    /// @param atMost where in the ledger it may stand at most
    static Kept newest(
        FactoryDefinition definition,
        ModelShelf shelf,
        FoldSnapshots snapshots,
        LedgerReader ledger,
        long atMost) {
      return snapshots
          .newest(
              FoldSnapshots.STATE,
              ledger,
              atMost,
              (in, position) -> {
                FactoryState state = empty(definition, shelf);
                state.restore(in, ledger::read);
                return new Kept(state, position);
              })
          .orElseGet(() -> new Kept(empty(definition, shelf), 0));
    }

    /// Folds the ledger on, up to a position.
    FactoryState foldUntil(long end, LedgerReader reader, Progress.Step step) {
      reader.seek(position);
      while (reader.next() && reader.position() < end) {
        state.apply(reader);
        step.at(reader.position());
      }
      return state;
    }

    /// Folds the rest of the ledger.
    FactoryState foldOn(LedgerReader reader, Progress.Step step) {
      foldUntil(Long.MAX_VALUE, reader, step);
      if (reader.limit() > 0) {
        step.finish(said(reader.limit()));
      }
      return state;
    }

    private String said(long end) {
      return position == 0
          ? String.format(Locale.ROOT, "%,d bytes of ledger", end)
          : String.format(
              Locale.ROOT,
              "%,d bytes of ledger behind a snapshot at %,d",
              end - position,
              position);
    }
  }

  /// Writes all of it.
  void save(SnapshotWriter out) {
    out.section("controls");
    out.count(controls.size());
    for (int i = 0; i < controls.size(); i++) {
      out.number(moments.get(i).clock());
      out.count(moments.get(i).observations());
      out.bytes(controls.get(i).encode().array());
    }
    books.save(out);
    desk.save(out);
    watch.save(out);
    out.section("outcome");
    out.maybe(weeks, all -> all.save(out));
    out.bits(frozenAlerts);
    out.bits(rightAlerts);
    out.bits(positives);
    out.maybe(missed, all -> all.save(out));
    out.maybe(rise, seen -> seen.save(out));
    work.save(out);
    out.each(told, entry -> entry.save(out));
    out.section("end");
  }

  /// Takes on what was saved of the same factory, in place of nothing.
  ///
  /// @param read reads a record of the ledger by its position
  /// @throws CromfordException with STATE_CONFLICT if it was another form's
  void restore(SnapshotReader in, LongFunction<StoredRecord> read) {
    in.section("controls");
    in.times(() -> {
      Moment at = new Moment(in.number(), in.count());
      Control control = Control.decode(ByteBuffer.wrap(in.bytes()));
      desk.remember(control);
      remember(control, at);
    });
    books.restore(in);
    desk.restore(in, shelf::fit);
    watch.restore(in);
    in.section("outcome");
    weeks = in.maybe(() -> WeeklyLedger.read(in));
    frozenAlerts.or(in.bits());
    rightAlerts.or(in.bits());
    positives.or(in.bits());
    missed = in.maybe(() -> MissedWatch.read(in));
    rise = in.maybe(() -> MissedWatch.Rise.read(in));
    work.restore(in);
    told.clear();
    in.times(() -> told.addLast(FactoryHistory.Entry.read(in)));
    in.section("end");
    if (books.size() > 0) {
      observed(read.apply(books.position(books.size() - 1)));
    }
  }

  private void observed(StoredRecord record) {
    books.observationSource().read(record);
    lastFacts = facts.read(books.observationSource().row());
    lastArrival = record.header().arrivalMillis();
  }

  /// @param decision the policy of the time
  private static View.FactReader factReader(
      FactoryDefinition definition, DecisionDefinition decision) {
    var schema = definition.data().observations().schema();
    int amount =
        switch (decision.costs().missed()) {
          case DecisionDefinition.Missed.Column(String name) -> schema.indexOf(name);
          case DecisionDefinition.Missed.Fixed _ -> -1;
        };
    return new View.FactReader(
        definition.data().observations().idColumn(), schema.indexOf(decision.entity()), amount);
  }

  Books books() {
    return books;
  }

  /// The feature views, computed or not.
  ViewBook views() {
    return views;
  }

  Desk desk() {
    return desk;
  }

  /// What the monitors know.
  Watch watch() {
    return watch;
  }

  View.FactReader facts() {
    return facts;
  }

  /// What the factory did to itself, in order.
  List<Control> controls() {
    return List.copyOf(controls);
  }

  /// The last of it in words, in order.
  List<FactoryHistory.Entry> told() {
    return List.copyOf(told);
  }

  private void tell(Control control, long atMillis) {
    if (FactoryHistory.isTold(control)) {
      told.addLast(FactoryHistory.entry(Instant.ofEpochMilli(atMillis), control));
      if (told.size() > DecisionService.MOST_HISTORY) {
        told.removeFirst();
      }
    }
  }

  /// What decides beside the models.
  Policies policies() {
    return policies.standing();
  }

  /// By whose word that is so, and what is proposed.
  PolicyBook policyBook() {
    return policies;
  }

  /// What changed who serves, and when everything was done.
  Steering steering() {
    return steering;
  }

  /// What persons said of alarms.
  Steering alarming() {
    return alarming;
  }

  /// What froze the flywheel, and let it go on.
  Steering braking() {
    return braking;
  }

  /// What was out of the usual, and what came of it, in order.
  List<Story> stories() {
    return stories.stories();
  }

  /// The factory time of each of them.
  List<Long> controlMillis() {
    return moments.stream().map(Moment::clock).toList();
  }

  /// When challengers are fitted.
  Cadence cadence() {
    return cadence;
  }

  /// A rise of what is missed that nothing was done about yet.
  Optional<MissedWatch.Rise> rise() {
    return Optional.ofNullable(rise);
  }

  /// Who serves and who is on the way.
  ///
  /// @throws CromfordException with STATE_CONFLICT before go-live
  Rollout rollout() {
    if (rollout == null) {
      throw Loop.notLive();
    }
    return rollout;
  }

  /// The version that serves; empty before go-live.
  String champion() {
    return rollout == null ? "" : rollout.champion().map(Rollout.Champion::version).orElse("");
  }

  /// When the candidate's stage is over, by time and by scores; `Long.MAX_VALUE` if nobody is on
  /// the way, or the flywheel is frozen.
  long stageEndsMillis() {
    boolean canBeJudged =
        !frozen
            && desk.candidate()
                .map(candidate -> candidate.scores() >= Rollout.LEAST_SCORES)
                .orElse(false);
    return canBeJudged ? rollout().stageEndsMillis() : Long.MAX_VALUE;
  }

  /// Ordinal of the first observation that the candidate may have scored.
  int candidateSince() {
    return candidateSince;
  }

  /// The weeks since go-live; null before it.
  @Nullable WeeklyLedger weeks() {
    return weeks;
  }

  /// The alarms so far.
  AlarmBook.Look alarms() {
    return alarmBook.look();
  }

  /// The alerts of the last days and the work on them.
  WorkBook work() {
    return work;
  }

  /// How a person's verdict is told; empty if no source takes one.
  Optional<VerdictForm> verdictForm() {
    return VerdictForm.of(definition.data());
  }

  /// The version of the policies that held when an observation arrived; empty if none did.
  String policyVersion(int ordinal) {
    String version = "";
    for (PoliciesFrom from : policiesFrom) {
      version = from.ordinal <= ordinal ? from.version : version;
    }
    return version;
  }

  /// What is lost, by what is expected, if nothing is done about an observation.
  double atRisk(double score, double amount) {
    return probability(score) * policies().decision().costs().costs().ofMissing(amount);
  }

  /// What the last mature week was worth.
  DecisionService.Quality quality() {
    WeekSummary last = weeks == null ? null : weeks.last().orElse(null);
    return last == null
        ? new DecisionService.Quality(0, Double.NaN, Double.NaN, Double.NaN, alarms)
        : new DecisionService.Quality(
            last.number(),
            last.ranking().averagePrecision(),
            last.ranking().frozen(),
            last.counts().precision(),
            alarms);
  }

  /// A record arrives: weeks and days whose time has come are closed before it is taken.
  void arrives(long arrival) {
    if (weeks == null || missed == null) {
      return;
    }
    Duration maturity = definition.data().label().maturity();
    weeks.close(arrival - maturity.toMillis());
    if (arrival >= missed.nextMillis(maturity)) {
      missed.close(arrival, maturity, books.maturity()::judge).ifPresent(found -> rise = found);
    }
  }

  /// Takes a decision that is in the ledger.
  ///
  /// @param facts of its observation
  /// @param position of its record
  void decided(DecisionRecord decision, ServedFeatures.Facts facts, long arrival, long position) {
    books.decided(decision, position);
    watch.decisions().decided(decision, books.segments(Math.toIntExact(decision.ordinal())));
    LiveDecision.Verdict frozen = desk.decided(decision, facts, arrival);
    if (frozen == LiveDecision.Verdict.ALERTED) {
      int ordinal = Math.toIntExact(decision.ordinal());
      frozenAlerts.set(ordinal);
      books.maturity().alerted(books.eventMillis(ordinal));
    }
    if (decision.answer().action() == Action.ALERT) {
      double atRisk = atRisk(decision.answer().score(), facts.amount());
      work.alerted(new WorkItem.Alert(Math.toIntExact(decision.ordinal()), arrival, atRisk));
    }
    if (weeks == null) {
      throw new IllegalStateException("a decision stands before any promotion");
    }
    weeks.decided(
        new LiveDecision(
            decision.ordinal(),
            arrival,
            facts.entity(),
            facts.amount(),
            new LiveDecision.Scores(
                probability(decision.answer().score()), probability(decision.frozenScore())),
            verdict(decision.answer().action()),
            frozen,
            decision.answer().action() == Action.EXPLORED ? decision.answer().oneIn() : 0),
        champion());
  }

  /// What is no probability ranks last.
  private static double probability(double score) {
    return score >= 0 && score <= 1 ? score : 0;
  }

  private static LiveDecision.Verdict verdict(Action action) {
    return switch (action) {
      case PASS, EXPLORED -> LiveDecision.Verdict.PASSED;
      case ALERT -> LiveDecision.Verdict.ALERTED;
      case ALERTED_BEFORE, BLOCK -> LiveDecision.Verdict.STOPPED;
    };
  }

  /// Takes an outcome that is in the books: what is known of an observation may be other than it
  /// was, in either direction.
  ///
  /// @param ordinal the observation that it judges
  /// @param read reads a record of the ledger by its position
  void judged(SourceBook source, int ordinal, long arrival, LongFunction<StoredRecord> read) {
    if (books.said().trust(source) == OutcomeBook.NOT_TRUSTED) {
      return;
    }
    Truth truth = books.truth(ordinal);
    if (weeks != null) {
      weeks.outcome(ordinal, truth);
    }
    judgedAlert(ordinal);
    work.answered(ordinal, truth, arrival);
    boolean wasPositive = positives.get(ordinal);
    positives.set(ordinal, truth.isPositive());
    if (wasPositive != truth.isPositive()) {
      judgedMissed(ordinal, truth.isPositive(), read);
    }
    if (desk.watchesPositives() && (wasPositive || truth.isPositive())) {
      SourceBook observations = books.observationSource();
      observations.read(read.apply(books.position(ordinal)));
      long entity = facts.read(observations.row()).entity();
      desk.knownPositive(entity, ordinal, truth.isPositive() ? arrival : Desk.NOT_POSITIVE);
    }
  }

  /// Whether the first model's alert was right by the label, which maturity is about.
  private void judgedAlert(int ordinal) {
    boolean isRight = frozenAlerts.get(ordinal) && books.label(ordinal) == Truth.POSITIVE;
    if (isRight == rightAlerts.get(ordinal)) {
      return;
    }
    rightAlerts.set(ordinal, isRight);
    if (isRight) {
      books.maturity().alertedRightly(books.eventMillis(ordinal));
    } else {
      books.maturity().notAlertedRightly(books.eventMillis(ordinal));
    }
  }

  private void judgedMissed(int ordinal, boolean isPositive, LongFunction<StoredRecord> read) {
    if (missed == null || !wasMissed(ordinal, read)) {
      return;
    }
    if (isPositive) {
      missed.missed(books.eventMillis(ordinal));
    } else {
      missed.notMissed(books.eventMillis(ordinal));
    }
  }

  private boolean wasMissed(int ordinal, LongFunction<StoredRecord> read) {
    long position = books.decisionPosition(ordinal);
    return position >= 0
        && DecisionRecord.decode(read.apply(position).body()).answer().action() == Action.PASS;
  }

  /// Takes a control record that is in the ledger; the clock stands at it.
  void control(Control control) {
    if (control instanceof Control.Worked worked) {
      WorkDesk.fold(worked, work);
      return;
    }
    if (control instanceof Control.OfQuarantine) {
      tell(control, books.clock());
      return;
    }
    desk.control(control, shelf::fit, books.clock());
    remember(control, new Moment(books.clock(), books.size()));
    switch (control) {
      case Control.Configured configured -> reckon(configured.policies().decision());
      case Control.Promoted promoted -> {
        if (weeks == null) {
          goLive(promoted.atMillis());
        }
      }
      case Control.Hastened _ -> rise = null;
      case Control.DeclaredComplete declared ->
          books.maturity().declareComplete(declared.untilMillis());
      case Control.Trained _,
          Control.Shadowed _,
          Control.Frozen _,
          Control.Resumed _,
          Control.Canaried _,
          Control.Withdrawn _,
          Control.Compared _,
          Control.Breached _,
          Control.BoundaryPassed _,
          Control.Judged _,
          Control.Skipped _,
          Control.Alarmed _,
          Control.ViewOpened _,
          Control.ViewReady _,
          Control.ViewClosed _,
          Control.Proposed _,
          Control.OfAlarms _,
          Control.OfPolicies _,
          Control.Worked _,
          Control.OfQuarantine _,
          Control.Overridden _ -> {}
      case Control.OfMonitors _ -> {
        if (control instanceof Control.Watched watched) {
          books.sourceDays().forget(watched.figures().day());
        }
      }
    }
  }

  /// The folds over control records alone, and where the books stood at each: a snapshot has these
  /// records, and they are folded again from them. The desk has taken the record.
  private void remember(Control control, Moment at) {
    controls.add(control);
    moments.add(at);
    tell(control, at.clock());
    steering.take(control, at.clock());
    braking.take(control, at.clock());
    alarming.take(control, at.clock());
    policies.take(control, at.clock());
    alarms += control.warning().isPresent() ? 1 : 0;
    alarmBook.take(control, at.clock());
    stories.take(control);
    if (control instanceof Control.Promoted promoted && !cadence.isLive()) {
      cadence.goLive(Loop.schedule(definition, promoted.atMillis()));
    }
    cadence.take(control);
    views.take(control);
    watch.control(control, desk.crew(), at.observations());
    control.step().ifPresent(step -> rollout = rollout().after(step));
    if (control instanceof Control.Configured configured) {
      policiesFrom.add(new PoliciesFrom(at.observations(), configured.version()));
      configured(configured.policies());
    } else if (control instanceof Control.Trained trained && trained.isLastResort()) {
      rollout = Rollout.start(trained.model());
    } else if (control instanceof Control.Shadowed) {
      candidateSince = at.observations();
    } else if (control instanceof Control.Frozen) {
      frozen = true;
    } else if (control instanceof Control.Resumed) {
      frozen = false;
    }
  }

  private void configured(Policies others) {
    cadence.configured(others.flywheel().haste());
    facts = factReader(definition, others.decision());
  }

  private void reckon(DecisionDefinition decision) {
    if (weeks != null) {
      weeks.reckonWith(decision.alertsPerDay(), decision.costs().costs());
    }
  }

  /// The record that says that what the factory file says holds from now on, but for what persons
  /// approved over it since; empty if that is so already.
  Optional<Control> configuration() {
    Policies wanted = Policies.of(definition);
    boolean isBegun = policies.isBegun();
    if (isBegun && wanted.equals(policies.file())) {
      return Optional.empty();
    }
    String entity = policies().decision().entity();
    if (isBegun && !wanted.decision().entity().equals(entity)) {
      throw new CromfordException(
          ErrorCode.STATE_CONFLICT,
          "`decision.entity` was `%s` and is now `%s`; alerts, thresholds and intervals count by it.\nMaybe put it back; another entity is another factory: begin a new state folder with --state."
              .formatted(entity, wanted.decision().entity()));
    }
    Policies holding = policies.holdingOver(wanted);
    return Optional.of(
        new Control.Configured(
            books.clock(),
            holding.version(),
            holding,
            isBegun ? policies.whyChanged(wanted) : "",
            holding.equals(wanted) ? null : wanted,
            null));
  }

  private void goLive(long at) {
    weeks =
        new WeeklyLedger(
            at, policies().decision().alertsPerDay(), policies().decision().costs().costs());
    Duration lasts = policies().flywheel().haste().lasts();
    missed = new MissedWatch(at, lasts.isZero() ? Duration.ofDays(1) : lasts);
  }

  /// Decides again on the observation that a ledger's reader came by last.
  ///
  /// @param features as of [Desk#decide]
  DecisionRecord decide(int ordinal, double[][] features) {
    return desk.decide(ordinal, features, lastObserved(), lastArrival);
  }

  private ServedFeatures.Facts lastObserved() {
    if (lastFacts == null) {
      throw new IllegalStateException("a decision stands before any observation");
    }
    return lastFacts;
  }

  /// Takes the record that a reader stands at.
  void apply(LedgerReader reader) {
    arrives(reader.arrivalMillis());
    switch (reader.kind()) {
      case OBSERVATION -> {
        books.apply(reader);
        lastFacts = facts.read(books.source(reader.source()).row());
        lastArrival = reader.arrivalMillis();
      }
      case DECISION -> {
        DecisionRecord decision = DecisionRecord.decode(reader.body());
        decided(decision, lastObserved(), lastArrival, reader.position());
      }
      case CONTROL -> {
        books.advance(reader.arrivalMillis());
        control(Control.decode(reader.body()));
      }
      case OUTCOME -> {
        books.apply(reader);
        SourceBook source = books.source(reader.source());
        int ordinal = books.ids().find(source.row(), source.idColumn());
        judged(source, ordinal, reader.arrivalMillis(), reader::read);
      }
      case SCHEMA, FILE_OPENED, FILE_FINISHED, QUARANTINED, REPLAYED, DUPLICATE ->
          books.apply(reader);
    }
  }
}
