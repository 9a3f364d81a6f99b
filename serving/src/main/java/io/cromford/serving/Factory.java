package io.cromford.serving;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.core.Progress;
import io.cromford.core.Row;
import io.cromford.flywheel.RetrainSchedule;
import io.cromford.intake.ArrivalStream;
import io.cromford.intake.Arrived;
import io.cromford.intake.ContractResult;
import io.cromford.intake.RawRecord;
import io.cromford.intake.SourceDefinition;
import io.cromford.ledger.Ledger;
import io.cromford.ledger.LedgerOptions;
import io.cromford.ledger.RecordHeader;
import io.cromford.ledger.RecordKind;
import io.cromford.ledger.RecordOrigin;
import io.cromford.model.Model;
import io.cromford.serving.definition.CheckedFactory;
import io.cromford.serving.definition.FactoryDefinition;
import io.cromford.training.Parameters;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A factory that is open: one ledger, the folds over it, and the loop that turns events into
/// decisions.
///
/// In the order of a life: [#open], [#intake] what lies in files from before go-live,
/// [#buildFeatures], [#train], then [#submit]. Any thread may call; one thread of the factory's own
/// does the work.
///
/// ```java
/// try (Factory factory = Factory.open(checked, state, Progress.SILENT)) {
///   factory.submit(batch, results -> …);
/// }
/// ```
public final class Factory implements DecisionService, FactoryControl, AutoCloseable {
  private static final int INTAKE_BATCH = 10_000;
  private static final int PERMILLE = 1000;

  /// As many bytes are committed without waiting for more; far below what a ledger's batch can be.
  private static final long COMMIT_BYTES = 64L << 20;

  private static final System.Logger LOG = System.getLogger(Factory.class.getName());

  private final FactoryDefinition definition;
  private final CheckedFactory checked;
  private final Path stateFolder;
  private final ModelShelf shelf;
  private final Ledger ledger;
  private final FactoryClock clock;
  private final ExecutorService fits;
  private final Owner owner;
  private final long goLive;
  private FactoryState state;
  private Admission admission;
  private @Nullable View view;
  private boolean turning;
  private boolean stalled;
  private boolean cramped;
  private boolean folded = true;
  private boolean hadView;
  private long mendAfterNanos;
  private volatile @Nullable String trouble;
  private volatile Status status;
  private volatile Quality quality;

  private Factory(
      CheckedFactory checked,
      Path stateFolder,
      Ledger ledger,
      InstantSource wall,
      Progress progress) {
    this.checked = checked;
    this.definition = checked.definition();
    this.stateFolder = stateFolder;
    this.shelf = new ModelShelf(stateFolder.resolve("models"), checked);
    this.ledger = ledger;
    this.state = FactoryState.fold(definition, shelf, ledger, progress);
    this.admission = new Admission(ledger, state.books());
    this.admission.declare();
    this.clock = new FactoryClock(wall, state.books().clock(), true);
    this.goLive =
        definition.learning().goLive() == null
            ? Long.MAX_VALUE
            : definition.learning().goLive().toEpochMilli();
    this.fits =
        Executors.newFixedThreadPool(
            Runtime.getRuntime().availableProcessors(),
            Thread.ofPlatform().daemon().name("fit-", 0).factory());
    this.status = look();
    this.quality = state.quality();
    this.owner = new Owner("factory", new Keeper());
  }

  /// Opens a factory and recovers what its ledger holds.
  ///
  /// @param stateFolder where its ledger, views and models lie; created if need be
  /// @throws CromfordException LOCKED if another process has it open; STORAGE, LEDGER_CORRUPT or
  ///   STATE_CONFLICT if its state cannot be taken up
  public static Factory open(CheckedFactory checked, Path stateFolder, Progress progress) {
    Ledger ledger = Ledger.open(stateFolder.resolve("ledger"), LedgerOptions.defaults());
    return open(checked, stateFolder, ledger, InstantSource.system(), progress);
  }

  /// Opens a factory over a ledger, which belongs to it from here on.
  static Factory open(
      CheckedFactory checked,
      Path stateFolder,
      Ledger ledger,
      InstantSource wall,
      Progress progress) {
    try {
      return new Factory(checked, stateFolder, ledger, wall, progress);
    } catch (RuntimeException | Error failure) {
      ledger.close();
      throw failure;
    }
  }

  /// The factory's definition.
  public FactoryDefinition definition() {
    return definition;
  }

  /// Where its state lies.
  public Path stateFolder() {
    return stateFolder;
  }

  /// The stream of what lies in the sources' files and is not yet in the ledger, in arrival order.
  ///
  /// Its reader must hand in each record before it asks for the 65,536th after it, and nothing else
  /// may come in meanwhile.
  public ArrivalStream arrivals() {
    Books books = state.books();
    return ArrivalStream.open(
        definition.data().sources(),
        new ArrivalStream.Start(books.clock(), System.currentTimeMillis(), books::holds, books));
  }

  /// Takes in what arrived before go-live.
  ///
  /// @param stream from [#arrivals]
  /// @return the first record from go-live on, which was not taken; null if there is none
  public @Nullable Arrived intake(ArrivalStream stream, Progress progress) {
    Progress.Step step = progress.start("intake", PERMILLE);
    Arrived next = ask(() -> takeHistory(stream, step));
    step.finish(intakeSummary());
    return next;
  }

  private @Nullable Arrived takeHistory(ArrivalStream stream, Progress.Step step) {
    long taken = 0;
    Arrived next = stream.next();
    long first = next == null ? 0 : next.arrivalMillis();
    while (next != null && next.arrivalMillis() < goLive) {
      SourceBook source = source(next.source().name());
      clock.arrived(next.arrivalMillis());
      admission.admit(source, next.raw(), next.result(), next.origin(), next.arrivalMillis());
      if (++taken % INTAKE_BATCH == 0 || ledger.pendingBytes() > COMMIT_BYTES) {
        ledger.commit();
        step.at(Math.round(PERMILLE * historyShare(stream, first)));
      }
      next = stream.next();
    }
    return next;
  }

  /// Which share of the history was taken: by time if it is known when it ends, else by bytes.
  private double historyShare(ArrivalStream stream, long first) {
    return goLive == Long.MAX_VALUE || goLive <= first
        ? stream.share()
        : (double) (stream.clockMillis() - first) / (goLive - first);
  }

  private String intakeSummary() {
    StringBuilder text = new StringBuilder();
    for (SourceBook source : state.books().sources()) {
      SourceBook.Counts counts = source.counts();
      text.append(text.isEmpty() ? "" : "; ")
          .append(
              String.format(
                  Locale.ROOT,
                  "%s: %,d accepted, %,d quarantined, %,d duplicates",
                  source.name(),
                  counts.accepted(),
                  counts.quarantined(),
                  counts.duplicates()));
    }
    return text.toString();
  }

  /// Computes the features of all observations so far; live ones follow by themselves.
  public void buildFeatures(Progress progress) {
    ask(() -> {
      buildView(progress);
      return true;
    });
  }

  private void buildView(Progress progress) {
    dropView();
    Progress.Step step = progress.start("features", state.books().size());
    View fresh =
        new View(checked.plan(), stateFolder.resolve("views").resolve("current"), state.facts());
    try (var reader = ledger.reader()) {
      fresh.catchUp(reader, state.books(), step);
    } catch (RuntimeException | Error failure) {
      fresh.close();
      throw failure;
    }
    view = fresh;
    hadView = true;
    step.finish(
        String.format(
            Locale.ROOT,
            "%,d features of %,d observations",
            fresh.featureCount(),
            fresh.served().rows()));
  }

  /// Trains the first model, unless one serves already.
  public void train(Progress progress) {
    ask(() -> {
      if (!state.desk().isOpen()) {
        long at = goLive == Long.MAX_VALUE ? clock.now() : goLive;
        record(first(at, progress), at);
      }
      return true;
    });
  }

  @Override
  public Promotion promote(String version, String reason, String by) {
    return ask(() -> promoted(succession().promote(version, clock.now(), reason, by)));
  }

  @Override
  public Promotion rollBack(String reason, String by) {
    return ask(() -> promoted(succession().rollBack(clock.now(), reason, by)));
  }

  private Succession succession() {
    return new Succession(
        ModelHistory.of(state.controls()), shelf, trainer(), definition.decision().alertsPerDay());
  }

  private Promotion promoted(Control.Promoted promoted) {
    record(List.of(promoted), promoted.atMillis());
    return Promotion.of(promoted);
  }

  @Override
  public Replayed replayQuarantine() {
    return ask(() -> {
      long now = clock.now();
      state.arrives(now);
      QuarantineReplay.Clock at = new QuarantineReplay.Clock(now, state.desk().isOpen());
      return new QuarantineReplay(ledger, admission, state.books(), at, this::learn).run();
    });
  }

  private void learn(SourceBook source, Admission.Admitted admitted, long arrival) {
    View features = view;
    if (admitted instanceof Admission.Admitted.Observation(int ordinal, Row row)) {
      if (features != null) {
        features.observe(row, state.books().eventMillis(ordinal));
      }
    } else if (admitted instanceof Admission.Admitted.Outcome(int ordinal, _)
        && state.books().carriesLabel(source)) {
      if (features != null) {
        features.outcome(ordinal, source.judgement());
      }
      state.judged(ordinal, arrival, ledger::read);
    }
  }

  /// The replay of the files is over: the clock runs on by itself from here.
  public void goOn() {
    owner.call(() -> {
      clock.run();
      return true;
    });
  }

  /// No files are replayed: the clock is that of the wall, but never goes backwards.
  public void goLive() {
    owner.call(() -> {
      clock.runByTheWall();
      return true;
    });
  }

  /// Takes in a record of a file if it has arrived by the factory's clock, once that runs by
  /// itself. After a failure it may be called again with the same record.
  ///
  /// @return false if it has not arrived yet
  public boolean takeIfDue(Arrived record) {
    return ask(() -> {
      long now = clock.now();
      if (record.arrivalMillis() > now) {
        return false;
      }
      if (!state.books().holds(record.source().name(), record.origin())) {
        takeFiled(record, now);
      }
      return true;
    });
  }

  private void takeFiled(Arrived record, long arrival) {
    SourceBook source = source(record.source().name());
    state.arrives(arrival);
    passBoundaries(arrival, source.definition().isObservation());
    learn(
        source,
        admission.admit(source, record.raw(), record.result(), record.origin(), arrival),
        arrival);
  }

  /// The next record of a stream while others come in too.
  public @Nullable Arrived next(ArrivalStream stream) {
    return ask(stream::next);
  }

  /// Where the factory stands, as a report; also what came of live traffic so far.
  public FactoryReport report() {
    return ask(() -> FactoryReport.of(definition, state));
  }

  /// Computes the features of all decisions again by the history driver and compares their bits.
  public Parity parity(Progress progress) {
    return ask(() ->
        Parity.check(
            checked.plan(),
            stateFolder.resolve("views").resolve("parity"),
            ledger,
            state.books(),
            progress));
  }

  @Override
  public List<SourceDefinition> sources() {
    return definition.data().sources();
  }

  @Override
  public Quality quality() {
    return quality;
  }

  @Override
  public Status status() {
    return status.withQueued(owner.queued());
  }

  @Override
  public void submit(List<Submission> batch, Consumer<List<Result>> done) {
    if (!owner.offer(new Batch(batch, done))) {
      Result full =
          new Result.Failed(
              ErrorCode.UNAVAILABLE,
              "the factory has more to do than it can.\nMaybe send it again in a second.");
      done.accept(batch.stream().map(_ -> full).toList());
    }
  }

  @Override
  public Optional<DecisionView> find(String id) {
    return owner.look(() -> {
      requireFolds();
      return new Archive(checked.plan(), ledger, state, requireView()).find(id);
    });
  }

  @Override
  public void close() {
    owner.close();
    fits.shutdownNow();
    dropView();
    ledger.close();
  }

  /// Shows the features of all observations, as they were served.
  void readServed(ServedFeatures.Sink sink) {
    ask(() -> {
      ServedFeatures served = requireView().served();
      served.flush();
      served.read(0, served.rows(), sink);
      return true;
    });
  }

  private void dropView() {
    View old = view;
    view = null;
    if (old != null) {
      old.close();
    }
  }

  /// Asks the owning thread for what is in the folds.
  private <T> T ask(Callable<T> question) {
    return owner.call(() -> {
      requireFolds();
      return question.call();
    });
  }

  private void requireFolds() {
    if (!folded) {
      throw new CromfordException(
          ErrorCode.UNAVAILABLE, String.valueOf(trouble) + "\nMaybe try again in a minute.");
    }
  }

  private View requireView() {
    if (view == null) {
      throw new CromfordException(
          ErrorCode.UNAVAILABLE, "the features are not built yet.\nMaybe ask again in a minute.");
    }
    return view;
  }

  private SourceBook source(String name) {
    SourceBook source = state.books().find(name);
    if (source == null) {
      throw new IllegalArgumentException("no source `" + name + "`");
    }
    return source;
  }

  private List<Control> first(long at, Progress progress) {
    FirstTraining training = new FirstTraining(definition, trainer(), shelf, fits);
    RetrainSchedule schedule = Loop.schedule(definition, at);
    return new Loop(definition, trainer(), shelf, schedule)
        .first(training, state.books().maturity(), reports(), progress);
  }

  private Loop loop() {
    return new Loop(definition, trainer(), shelf, state.schedule());
  }

  private Trainer trainer() {
    return new Trainer(state.books(), requireView(), definition.data().label().whenUnknown());
  }

  /// Where its reports lie.
  public ReportFolder reports() {
    return new ReportFolder(stateFolder.resolve("reports"));
  }

  @Override
  public void declareComplete(Instant until, String reason, String by) {
    owner.call(() -> {
      record(List.of(new Control.DeclaredComplete(until.toEpochMilli(), reason, by)), clock.now());
      return true;
    });
  }

  private void record(List<Control> controls, long at) {
    for (Control control : controls) {
      ledger.append(
          new RecordHeader(RecordKind.CONTROL, RecordOrigin.FACTORY, at, at, 0), control.encode());
    }
    clock.arrived(at);
    state.arrives(at);
    state.books().advance(at);
    controls.forEach(state::control);
    controls.stream().flatMap(control -> control.warning().stream()).forEach(Factory::warn);
  }

  private static void warn(Control.Alarmed alarm) {
    LOG.log(System.Logger.Level.WARNING, alarm.message().replace('\n', ' '));
  }

  /// Does what is due before a record arrives. At one instant the order is outcomes, control,
  /// observations. After a failure the folds are what they were, and it may be called again.
  private void passBoundaries(long arrival, boolean isObservation) {
    if (!state.desk().isOpen() || turning) {
      return;
    }
    for (RetrainSchedule.Plan next = state.nextBoundary();
        next.atMillis() < arrival || (isObservation && next.atMillis() == arrival);
        next = state.nextBoundary()) {
      if (clock.isReplaying()) {
        ledger.commit();
        RetrainSchedule.Plan boundary = next;
        record(
            TurnAttempt.replayed(
                next.atMillis(), () -> turn(loop().look(boundary, state.books().maturity()))),
            next.atMillis());
        ledger.commit();
      } else {
        turnBeside(lastDue(next, arrival));
        return;
      }
    }
  }

  /// The last boundary before a moment: a factory that was down for weeks retrains once.
  private RetrainSchedule.Plan lastDue(RetrainSchedule.Plan first, long arrival) {
    RetrainSchedule.Plan last = first;
    RetrainSchedule.Plan next = state.schedule().plan(last.number() + 1);
    while (next.atMillis() < arrival) {
      last = next;
      next = state.schedule().plan(last.number() + 1);
    }
    return last;
  }

  private List<Control> turn(Loop.Sight sight) {
    Control.Promoted serving = state.desk().promotions().getLast();
    return loop().turn(sight, serving.model(), shelf.model(serving.model()), recipe());
  }

  /// A live turn: the fits run on the pool, and take effect where the ledger stands when they are
  /// done.
  private void turnBeside(RetrainSchedule.Plan boundary) {
    Loop loop = loop();
    Loop.Sight sight = loop.look(boundary, state.books().maturity());
    turning = true;
    Control.Promoted serving = state.desk().promotions().getLast();
    Model champion = shelf.model(serving.model());
    Parameters recipe = recipe();
    Thread.ofPlatform()
        .daemon()
        .name("turn")
        .start(() ->
            finishTurn(
                serving,
                TurnAttempt.live(
                    boundary.atMillis(),
                    () -> loop.turn(sight, serving.model(), champion, recipe))));
  }

  private void finishTurn(Control.Promoted judgedAgainst, List<Control> done) {
    try {
      owner.call(() -> {
        turning = false;
        boolean stillServes = state.desk().promotions().getLast().equals(judgedAgainst);
        record(stillServes ? done : Succession.proposed(done), clock.now());
        return true;
      });
    } catch (CromfordException e) {
      LOG.log(
          System.Logger.Level.WARNING, "a turn is not on disk yet: {0}", String.valueOf(e.code()));
    }
  }

  private Parameters recipe() {
    return state.controls().stream()
        .filter(Control.Trained.class::isInstance)
        .map(Control.Trained.class::cast)
        .findFirst()
        .map(first -> Parameters.of(first.learner(), first.parameters()))
        .orElseThrow(Loop::notLive);
  }

  /// Looks after the ledger and the folds.
  private final class Keeper implements Owner.Care {
    /// Commits a group. What the disk refuses stays appended, and is tried again before the next
    /// batch: who was refused may send it again, and gets the stored answer.
    @Override
    public void commit() {
      try {
        ledger.commit();
        recovered();
      } catch (CromfordException e) {
        stalled = true;
        lacksRoom(e);
        throw e;
      } finally {
        status = look();
      }
    }

    /// A task failed half-way, so the folds may hold what the ledger does not: fold again.
    @Override
    public void broken(Throwable failure) {
      LOG.log(
          System.Logger.Level.ERROR,
          "a task failed; the folds are made again: {0}",
          Trace.of(failure));
      ledger.discard();
      stalled = false;
      folded = false;
      mendAfterNanos = System.nanoTime();
      mend();
    }

    @Override
    public void idle() {
      if (!folded) {
        mend();
      } else if (stalled || cramped) {
        makeRoom(1);
        commit();
      }
    }
  }

  private void recovered() {
    stalled = false;
    trouble = folded && !cramped ? null : trouble;
  }

  /// Says it once, however often it is asked meanwhile.
  private void lacksRoom(CromfordException refusal) {
    if (trouble == null) {
      LOG.log(System.Logger.Level.WARNING, String.valueOf(refusal.getMessage()).replace('\n', ' '));
    }
    trouble = refusal.getMessage();
  }

  /// Folds the ledger again. If that fails it is tried once more after as long as it took.
  private void mend() {
    long start = System.nanoTime();
    if (start - mendAfterNanos < 0) {
      return;
    }
    try {
      state = FactoryState.fold(definition, shelf, ledger, Progress.SILENT);
      admission = new Admission(ledger, state.books());
      if (hadView) {
        buildView(Progress.SILENT);
      }
      folded = true;
      trouble = null;
    } catch (RuntimeException failure) {
      trouble = "the folds of the ledger cannot be made again";
      LOG.log(System.Logger.Level.ERROR, "the folds cannot be made again: {0}", Trace.of(failure));
    }
    long end = System.nanoTime();
    mendAfterNanos = end + (end - start);
    status = look();
    quality = state.quality();
  }

  private Status look() {
    Books books = state.books();
    Desk desk = state.desk();
    String problem = trouble;
    boolean ready = desk.isOpen() && view != null && problem == null;
    String champion = desk.isOpen() ? desk.promotions().getLast().model() : "";
    long quarantined = 0;
    long duplicates = 0;
    for (SourceBook source : books.sources()) {
      quarantined += source.counts().quarantined();
      duplicates += source.counts().duplicates();
    }
    return new Status(
        ready,
        problem != null ? problem : ready ? "model " + champion + " serves" : "no model serves yet",
        champion,
        books.clock(),
        clock.isReplaying(),
        books.size(),
        books.outcomes(),
        books.decisions(),
        desk.alerts(),
        quarantined,
        duplicates,
        0,
        ledger.head().position());
  }

  /// A batch of submissions and its answer.
  private final class Batch implements Owner.Task {
    private final List<Submission> submissions;
    private final Consumer<List<Result>> done;
    private final List<Result> results = new ArrayList<>();

    Batch(List<Submission> submissions, Consumer<List<Result>> done) {
      this.submissions = submissions;
      this.done = done;
    }

    /// The disk is asked for room before anything is folded: a refusal then changes nothing. Where
    /// a turn is due and there is no room for it, the records before it are taken, and none behind.
    @Override
    public void run() {
      Result noRoom = makeRoom(submissions.size());
      for (Submission submission : submissions) {
        Result result = noRoom != null ? noRoom : take(submission);
        noRoom = isNoRoom(result) ? result : null;
        results.add(result);
      }
    }

    @Override
    public void answer(@Nullable CromfordException groupFailure) {
      if (groupFailure == null) {
        done.accept(results);
      } else {
        done.accept(submissions.stream().map(_ -> failed(groupFailure)).toList());
      }
    }
  }

  /// Sees to it that so many records can be folded without asking the disk.
  ///
  /// @return why not; null if they can
  private @Nullable Result makeRoom(int records) {
    try {
      requireFolds();
      if (stalled || ledger.pendingBytes() > COMMIT_BYTES) {
        ledger.commit();
      }
      requireView().makeRoom(records);
      cramped = false;
      return null;
    } catch (CromfordException e) {
      cramped = isNoRoom(failed(e));
      if (cramped) {
        lacksRoom(e);
      }
      return failed(e);
    }
  }

  private static Result failed(CromfordException failure) {
    return new Result.Failed(failure.code(), String.valueOf(failure.getMessage()));
  }

  private static boolean isNoRoom(Result result) {
    return result instanceof Result.Failed failed && failed.code() == ErrorCode.STORAGE;
  }

  private Result take(Submission submission) {
    SourceBook source = state.books().find(submission.source());
    if (source == null) {
      return new Result.Refused(
          ErrorCode.RECORD_REFUSED,
          "source",
          "",
          "there is no source `%s`.\nMaybe one of %s."
              .formatted(submission.source(), state.books().sourceNames()));
    }
    Submission.Replay replay = submission.replay();
    if (clock.isReplaying() != (replay != null)) {
      return clock.isReplaying()
          ? new Result.Failed(
              ErrorCode.UNAVAILABLE,
              "the factory replays its files.\nMaybe send it again when that is over.")
          : new Result.Failed(
              ErrorCode.STATE_CONFLICT, "a record with an arrival is taken in a replay alone.");
    }
    if (replay != null) {
      if (state.books().holds(source.name(), replay.origin())) {
        return known(source, submission.record());
      }
      clock.arrived(replay.arrivalMillis());
    }
    long arrival = clock.now();
    state.arrives(arrival);
    try {
      passBoundaries(arrival, source.definition().isObservation());
    } catch (CromfordException e) {
      if (isNoRoom(failed(e))) {
        return failed(e);
      }
      throw e;
    }
    ContractResult checkedRecord =
        replay != null && replay.refusal() != null
            ? replay.refusal()
            : source.contract().check(submission.record(), source.row(), arrival);
    return answer(
        source,
        admission.admit(
            source,
            submission.record(),
            checkedRecord,
            replay == null ? null : replay.origin(),
            arrival),
        arrival);
  }

  /// A row of a file that is in the ledger: whoever replays got no answer, and sends it again.
  private static Result known(SourceBook source, RawRecord record) {
    return new Result.AlreadyKnown(
        Objects.requireNonNullElse(record.text(source.idColumn()), ""), List.of());
  }

  private Result answer(SourceBook source, Admission.Admitted admitted, long arrival) {
    return switch (admitted) {
      case Admission.Admitted.Observation(int ordinal, Row row) ->
          decide(source, ordinal, row, arrival);
      case Admission.Admitted.Outcome(int ordinal, Row row) -> {
        if (state.books().carriesLabel(source)) {
          requireView().outcome(ordinal, source.judgement());
          state.judged(ordinal, arrival, ledger::read);
        }
        yield new Result.Accepted(source.id(row));
      }
      case Admission.Admitted.Known(int ordinal) ->
          new Result.AlreadyKnown(
              source.id(source.row()),
              source.definition().isObservation()
                  ? new Archive(checked.plan(), ledger, state, requireView()).decision(ordinal)
                  : List.of());
      case Admission.Admitted.Bad(Result.Refused reason) -> reason;
    };
  }

  private Result decide(SourceBook source, int ordinal, Row row, long arrival) {
    View features = requireView();
    long event = state.books().eventMillis(ordinal);
    ServedFeatures.Facts facts = features.observe(row, event);
    if (!state.desk().isOpen()) {
      return new Result.Accepted(source.id(row));
    }
    DecisionRecord record = state.desk().decide(ordinal, features.features(), facts, arrival);
    long position =
        ledger.append(
            new RecordHeader(RecordKind.DECISION, RecordOrigin.FACTORY, arrival, event, 0),
            record.encode());
    state.decided(record, facts, arrival, position);
    return new Result.Decided(
        Archive.decision(source.id(row), record, position, state, checked.plan()));
  }
}
