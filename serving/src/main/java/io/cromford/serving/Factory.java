package io.cromford.serving;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.core.Progress;
import io.cromford.flywheel.work.WorkItem;
import io.cromford.intake.ArrivalStream;
import io.cromford.intake.Arrived;
import io.cromford.intake.SourceDefinition;
import io.cromford.ledger.Ledger;
import io.cromford.ledger.LedgerHead;
import io.cromford.ledger.LedgerOptions;
import io.cromford.serving.definition.CheckedFactory;
import io.cromford.serving.definition.FactoryDefinition;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.LongFunction;
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

  /// So much of ledger is folded in a second or two: a start that had to is not repeated.
  private static final long MUCH_BYTES = 64L << 20;

  private final FactoryDefinition definition;
  private final Path stateFolder;
  private final ExecutorService fits;
  private final Folds folds;
  private final Owner owner;
  private final ChildFit children;
  private final ModelShelf shelf;
  private final Jobs jobs = new Jobs();
  private final Backfill backfill;
  private final Keeper keeper;
  private final Turns turns;
  private final Reception reception;
  private final Gallery gallery;
  private final DecisionFinder finder;
  private final QuarantineFinder quarantine;
  private final SearchJobs searches;
  private final DecisionProof proof;
  private final WeekInsight weeks;
  private final WeekIntervals intervals;
  private final MissedInsight missed;
  private final ModelInsight models;
  private final StoryInsight stories;
  private final long goLive;

  private Factory(
      CheckedFactory checked,
      Path stateFolder,
      Ledger ledger,
      InstantSource wall,
      Keeper.Pace pace,
      Progress progress) {
    this.definition = checked.definition();
    this.stateFolder = stateFolder;
    this.goLive =
        definition.learning().goLive() == null
            ? Long.MAX_VALUE
            : definition.learning().goLive().toEpochMilli();
    this.fits =
        Executors.newFixedThreadPool(
            Runtime.getRuntime().availableProcessors(),
            Thread.ofPlatform().daemon().name("fit-", 0).factory());
    this.shelf = new ModelShelf(stateFolder.resolve("models"), definition);
    FoldSnapshots snapshots = FoldSnapshots.of(stateFolder, definition);
    this.folds =
        new Folds(checked, stateFolder.resolve("views"), snapshots, shelf, ledger, wall, progress);
    this.owner = new Owner("factory", folds);
    this.children = new ChildFit(stateFolder.resolve("jobs"));
    this.backfill = new Backfill(definition.data(), folds, owner, jobs);
    this.keeper = new Keeper(checked, stateFolder, snapshots, folds, owner, jobs, pace);
    this.turns =
        new Turns(
            definition, folds, shelf, owner, fits, children, jobs, new DayWatch(definition, folds));
    this.reception = new Reception(folds, turns);
    this.gallery = new Gallery(definition, folds, turns, owner, stateFolder);
    this.proof = new DecisionProof(checked, stateFolder);
    this.quarantine = new QuarantineFinder(definition, owner, folds);
    this.finder = new DecisionFinder(definition, owner, folds, shelf);
    this.searches = SearchJobs.start(finder::whole, jobs, wall);
    this.weeks = new WeekInsight(definition, folds, owner);
    this.intervals =
        new WeekIntervals(folds, owner, definition.learning().training().search().seed());
    this.missed = new MissedInsight(folds, owner, shelf, definition.decision().costs().currency());
    this.models = new ModelInsight(definition, folds, owner, shelf);
    this.stories = new StoryInsight(definition, folds, owner);
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
    return open(checked, stateFolder, ledger, wall, Keeper.Pace.USUAL, progress);
  }

  /// The same, with snapshots at another pace.
  static Factory open(
      CheckedFactory checked,
      Path stateFolder,
      Ledger ledger,
      InstantSource wall,
      Keeper.Pace pace,
      Progress progress) {
    try {
      return new Factory(checked, stateFolder, ledger, wall, pace, progress);
    } catch (RuntimeException | Error failure) {
      ledger.close();
      throw failure;
    }
  }

  /// The factory's definition.
  public FactoryDefinition definition() {
    return definition;
  }

  /// How far its ledger reaches, and the hash of all of it.
  public LedgerHead ledgerHead() {
    return folds.ledger().head();
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
    Books books = folds.books();
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
      folds.clock().arrived(next.arrivalMillis());
      reception.history(next);
      if (++taken % INTAKE_BATCH == 0) {
        folds.ledger().commit();
        step.at(Math.round(PERMILLE * historyShare(stream, first)));
      } else {
        folds.commitIfMuch();
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
    for (SourceBook source : folds.books().sources()) {
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

  /// Computes the features of all observations so far; live ones follow by themselves. A query that
  /// was changed since is opened as another view.
  public void buildFeatures(Progress progress) {
    ask(() -> {
      folds.features().build(progress);
      folds.ledger().commit();
      folds.keep(MUCH_BYTES);
      return true;
    });
  }

  /// Trains the first model, unless one serves already.
  public void train(Progress progress) {
    ask(() -> {
      if (!folds.state().desk().isOpen()) {
        turns.first(goLive == Long.MAX_VALUE ? folds.clock().now() : goLive, reports(), progress);
      }
      return true;
    });
  }

  @Override
  public Promotion promote(String version, Wish wish) {
    return ask(() -> {
      folds.requireViews();
      folds.state().steering().requireSeen(wish.seen());
      return promoted(
          turns.succession().promote(version, folds.clock().now(), wish.reason(), wish.by()));
    });
  }

  @Override
  public String reject(String version, Wish wish) {
    return ask(() -> {
      folds.state().steering().requireSeen(wish.seen());
      long now = folds.clock().now();
      Control.Withdrawn rejected =
          turns.succession().reject(version, now, wish.reason(), wish.by());
      folds.record(List.of(rejected), now);
      return rejected.model();
    });
  }

  @Override
  public String propose(String version, String reason, String by) {
    return ask(() -> {
      long now = folds.clock().now();
      Control.Proposed proposed = turns.succession().propose(version, now, reason, by);
      folds.record(List.of(proposed), now);
      return proposed.model();
    });
  }

  @Override
  public Promotion rollBack(Wish wish) {
    return ask(() -> {
      folds.requireViews();
      folds.state().steering().requireSeen(wish.seen());
      return promoted(turns.succession().rollBack(folds.clock().now(), wish.reason(), wish.by()));
    });
  }

  private Promotion promoted(List<Control> done) {
    folds.record(done, folds.clock().now());
    return done.stream()
        .flatMap(control -> Promotion.how(control).stream())
        .findFirst()
        .orElseThrow();
  }

  @Override
  public String proposePolicy(PolicyChange change, Wish wish) {
    return policies(desk -> desk.propose(change, wish)).version();
  }

  @Override
  public String approvePolicy(String version, Wish wish) {
    return policies(desk -> desk.approve(version, wish)).version();
  }

  @Override
  public String withdrawPolicy(String version, Wish wish) {
    return policies(desk -> desk.withdraw(version, wish)).version();
  }

  @Override
  public String rollBackPolicy(Wish wish) {
    return policies(desk -> desk.rollBack(wish)).version();
  }

  private <T extends Control> T policies(Function<PolicyDesk, T> what) {
    return ask(() -> {
      long now = folds.clock().now();
      IntFunction<Map<String, List<Double>>> scores =
          alertsPerDay -> {
            folds.requireViews();
            return turns.succession().dailyScores(alertsPerDay, now);
          };
      T done = what.apply(new PolicyDesk(folds.state(), scores, now));
      folds.record(List.of(done), now);
      return done;
    });
  }

  @Override
  public PoliciesView policies() {
    return owner.look(() -> {
      folds.require();
      return PoliciesView.of(folds.state().policyBook());
    });
  }

  @Override
  public JobCost proposeFeatures(String sql, String reason, String by) {
    Succession.requireReason(reason);
    return ask(() -> opened(folds.features().proposed(sql, reason, by)));
  }

  @Override
  public JobCost proposeFeaturesOf(String version, String reason, String by) {
    Succession.requireReason(reason);
    return ask(() -> {
      ViewBook views = folds.state().views();
      int number = views.of(shelf.fit(shelf.find(version)));
      folds.features().requireOther(number);
      return opened(views.reopening(number, folds.clock().now(), reason, by));
    });
  }

  private JobCost opened(Control.ViewOpened opened) {
    ViewBook views = folds.state().views();
    folds.features().open(opened);
    JobCost cost = backfill.cost(views.latest());
    backfill.begin();
    return cost;
  }

  @Override
  public void withdrawFeatures(String reason, String by) {
    Succession.requireReason(reason);
    ask(() -> {
      folds.features().open(turns.succession().withdrawal(folds.clock().now(), reason, by));
      return true;
    });
  }

  @Override
  public void cancel(long job, String reason, String by) {
    Succession.requireReason(reason);
    Job running = jobs.require(job);
    if (running.kind() == Job.Kind.BACKFILL) {
      withdrawFeatures(reason, by);
    }
    running.cancel("by " + by + ": " + reason);
  }

  @Override
  public List<JobStatus> jobs() {
    return jobs.running();
  }

  @Override
  public Optional<PlannedJob> nextJob() {
    return owner.look(() -> turns.next());
  }

  @Override
  public void declareComplete(Instant until, String reason, String by) {
    record(_ -> new Control.DeclaredComplete(until.toEpochMilli(), reason, by));
  }

  @Override
  public void freeze(Wish wish) {
    record(now -> {
      folds.state().braking().requireSeen(wish.seen());
      return Brake.freeze(folds.state().controls(), now, wish.reason(), wish.by());
    });
  }

  @Override
  public void resume(Wish wish) {
    record(now -> {
      folds.state().braking().requireSeen(wish.seen());
      return Brake.resume(folds.state().controls(), now, wish.reason(), wish.by());
    });
  }

  /// Records what a person did at the factory's time.
  private void record(LongFunction<Control> done) {
    ask(() -> {
      long now = folds.clock().now();
      folds.record(List.of(done.apply(now)), now);
      return true;
    });
  }

  @Override
  public Replayed replayQuarantine(ReplayOrder order) {
    return new QuarantineReplay(owner, folds, reception::learn, order).run();
  }

  @Override
  public Repaired repair(RepairOrder order) {
    return ask(() -> new QuarantineRepair(folds, reception::learn, order).run());
  }

  /// The replay of the files is over: the clock runs on by itself from here.
  public void goOn() {
    owner.call(() -> {
      folds.clock().run();
      backfill.begin();
      return true;
    });
    keeper.begin();
  }

  /// No files are replayed: the clock is that of the wall, but never goes backwards.
  public void goLive() {
    owner.call(() -> {
      folds.clock().runByTheWall();
      backfill.begin();
      return true;
    });
    keeper.begin();
  }

  /// Takes in a record of a file if it has arrived by the factory's clock, once that runs by
  /// itself. After a failure it may be called again with the same record.
  ///
  /// @return false if it has not arrived yet
  public boolean takeIfDue(Arrived record) {
    return ask(() -> {
      long now = folds.clock().now();
      if (record.arrivalMillis() > now) {
        return false;
      }
      if (!folds.books().holds(record.source().name(), record.origin())) {
        reception.file(record, now);
      }
      return true;
    });
  }

  /// The next record of a stream while others come in too.
  public @Nullable Arrived next(ArrivalStream stream) {
    return ask(stream::next);
  }

  /// Where the factory stands, as a report; also what came of live traffic so far.
  public FactoryReport report() {
    return ask(() -> FactoryReport.of(definition, folds.state()));
  }

  /// Computes the features of all decisions again by the history driver and compares their bits.
  public Parity parity(Progress progress) {
    return ask(() ->
        Parity.check(
            folds.state(),
            stateFolder.resolve("views").resolve("parity"),
            folds.ledger(),
            progress));
  }

  @Override
  public List<SourceDefinition> sources() {
    return definition.data().sources();
  }

  @Override
  public Quality quality() {
    return folds.quality();
  }

  @Override
  public AlarmList alarms() {
    return folds.alarms();
  }

  @Override
  public void acknowledge(String key, Wish wish) {
    ofAlarms(
        wish,
        now -> AlarmDesk.acknowledge(folds.state().alarms(), key, now, wish.reason(), wish.by()));
  }

  @Override
  public void silence(String keys, Duration length, Wish wish) {
    ofAlarms(wish, now -> AlarmDesk.silence(keys, now, length, wish.reason(), wish.by()));
  }

  @Override
  public void resolve(String key, Wish wish) {
    ofAlarms(
        wish, now -> AlarmDesk.resolve(folds.state().alarms(), key, now, wish.reason(), wish.by()));
  }

  private void ofAlarms(Wish wish, LongFunction<Control> said) {
    record(now -> {
      folds.state().alarming().requireSeen(wish.seen());
      return said.apply(now);
    });
  }

  @Override
  public FactoryOverview overview() {
    return gallery.overview().within(intervals.get());
  }

  @Override
  public int recorded() {
    return gallery.recorded();
  }

  @Override
  public List<FactoryHistory.Entry> history() {
    return gallery.history();
  }

  @Override
  public StoriesView stories() {
    return stories.stories();
  }

  @Override
  public FeaturesView features() {
    return gallery.features();
  }

  @Override
  public QuarantineView quarantine(QuarantineView.Asked asked) {
    return quarantine.page(asked);
  }

  @Override
  public QuarantinedRow quarantined(long number) {
    return quarantine.open(number);
  }

  @Override
  public MonitorsView monitors() {
    return owner.look(() -> {
      folds.require();
      return MonitorsView.of(folds.state());
    });
  }

  @Override
  public WeeksView weeks() {
    return weeks.weeks();
  }

  @Override
  public ModelsView models() {
    return models.models();
  }

  @Override
  public ModelView model(String version) {
    return models.model(version);
  }

  @Override
  public MissedView missed(int week) {
    return missed.of(weeks.choose(week), week);
  }

  @Override
  public WhatIfView whatIf() {
    return weeks.whatIf();
  }

  @Override
  public int monitorAlarms() {
    return folds.monitorAlarms();
  }

  @Override
  public Status status() {
    return folds.status(owner.queued());
  }

  @Override
  public void submit(List<Submission> batch, Consumer<List<Result>> done) {
    if (!owner.offer(reception.batch(batch, done))) {
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
      folds.require();
      return new Archive(folds.ledger(), folds.state(), folds.requireViews()).find(id);
    });
  }

  @Override
  public String whyNone(String id) {
    return owner.look(() -> {
      folds.require();
      return new Archive(folds.ledger(), folds.state(), folds.views()).whyNone(id);
    });
  }

  @Override
  public DecisionPage search(DecisionSearch search) {
    return finder.search(search);
  }

  @Override
  public SearchJob searchAll(DecisionSearch search) {
    return searches.begin(search);
  }

  @Override
  public SearchJob searched(String id) {
    return searches.find(id);
  }

  @Override
  public DecisionAudit.Rebuilt rebuild(String id) {
    return proof.of(id);
  }

  @Override
  public Optional<DecisionHistory> historyOf(String id) {
    return finder.historyOf(id);
  }

  @Override
  public WorkView work(List<WorkItem.Status> wanted) {
    return finder.work(wanted);
  }

  @Override
  public void work(WorkOrder order) {
    ask(() -> {
      long now = folds.clock().now();
      Archive archive = new Archive(folds.ledger(), folds.state(), folds.views());
      new WorkDesk(folds.state(), archive)
          .record(order, now)
          .ifPresent(done -> folds.record(List.of(done), now));
      return true;
    });
  }

  @Override
  public void close() {
    weeks.close();
    intervals.close();
    searches.close();
    children.close();
    keeper.close();
    backfill.close();
    owner.close();
    folds.flush();
    folds.keep(1);
    fits.shutdownNow();
    folds.features().drop();
    folds.ledger().close();
  }

  /// Shows the features of all observations, as they were served.
  void readServed(ServedFeatures.Sink sink) {
    ask(() -> {
      ServedFeatures served = folds.requireViews().require(folds.state().views().latest()).served();
      served.flush();
      served.read(0, served.rows(), sink);
      return true;
    });
  }

  /// Where its reports lie.
  public ReportFolder reports() {
    return new ReportFolder(stateFolder.resolve("reports"));
  }

  /// Asks the owning thread for what is in the folds.
  private <T> T ask(Callable<T> question) {
    return owner.call(() -> {
      folds.require();
      return question.call();
    });
  }
}
