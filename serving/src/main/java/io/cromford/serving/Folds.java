package io.cromford.serving;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.core.Progress;
import io.cromford.core.Row;
import io.cromford.features.plan.FeaturePlan;
import io.cromford.flywheel.Alarm;
import io.cromford.ledger.Ledger;
import io.cromford.ledger.LedgerReader;
import io.cromford.ledger.RecordHeader;
import io.cromford.ledger.RecordKind;
import io.cromford.ledger.RecordOrigin;
import io.cromford.serving.DecisionService.Quality;
import io.cromford.serving.DecisionService.Status;
import io.cromford.serving.definition.Check;
import io.cromford.serving.definition.CheckedFactory;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The ledger of an open factory and the folds over it, and how they are kept whole: what a failed
/// task left half-done is folded again, what a full disk refuses is tried again.
///
/// For the owning thread, but for [#status] and [#quality].
final class Folds implements Owner.Care {
  /// As many bytes are committed without waiting for more; far below what a ledger's batch can be.
  private static final long COMMIT_BYTES = 64L << 20;

  private static final System.Logger LOG = System.getLogger(Folds.class.getName());

  private final CheckedFactory checked;
  private final Path folder;
  private final ModelShelf shelf;
  private final Ledger ledger;
  private final FactoryClock clock;
  private FactoryState state;
  private Admission admission;
  private final LiveViews views = new LiveViews();
  private Runnable idleWork = () -> {};
  private boolean stalled;
  private boolean cramped;
  private boolean folded = true;
  private boolean hadViews;
  private double nanosPerRow;
  private long mendAfterNanos;
  private @Nullable String trouble;
  private volatile Status status;
  private volatile Quality quality;
  private volatile AlarmList alarms;
  private volatile int monitorAlarms;

  /// Folds a ledger.
  ///
  /// @param folder a folder for what can be made again
  /// @param wall what the clock runs by when no files are replayed
  Folds(
      CheckedFactory checked,
      Path folder,
      ModelShelf shelf,
      Ledger ledger,
      InstantSource wall,
      Progress progress) {
    this.checked = checked;
    this.folder = folder;
    this.shelf = shelf;
    this.ledger = ledger;
    this.state = FactoryState.fold(checked.definition(), shelf, ledger, progress);
    this.admission = new Admission(ledger, state.books());
    this.admission.declare();
    this.clock = new FactoryClock(wall, state.books().clock());
    state
        .configuration()
        .ifPresent(configured -> record(List.of(configured), state.books().clock()));
    ledger.commit();
    this.status = look();
    this.quality = state.quality();
    this.alarms = alarmsNow();
    this.monitorAlarms = state.watch().monitors().alarms();
  }

  Ledger ledger() {
    return ledger;
  }

  FactoryClock clock() {
    return clock;
  }

  FactoryState state() {
    return state;
  }

  Books books() {
    return state.books();
  }

  Admission admission() {
    return admission;
  }

  /// How it was after the last commit. Any thread may ask.
  Status status() {
    return status;
  }

  /// How many monitors are in alarm. Any thread may ask.
  int monitorAlarms() {
    return monitorAlarms;
  }

  /// What the last mature week was worth after the last commit. Any thread may ask.
  Quality quality() {
    return quality;
  }

  /// The alarms after the last commit. Any thread may ask.
  AlarmList alarms() {
    return alarms;
  }

  private AlarmList alarmsNow() {
    return new AlarmList(
        clock.now(),
        clock.isReplaying(),
        state.alarms(),
        checked.definition().serve().alarms().runbook());
  }

  /// The book of a source.
  ///
  /// @throws IllegalArgumentException if there is none
  SourceBook source(String name) {
    SourceBook source = state.books().find(name);
    if (source == null) {
      throw new IllegalArgumentException("no source `" + name + "`");
    }
    return source;
  }

  /// The features so far; empty before they are built.
  LiveViews views() {
    return views;
  }

  /// The features so far.
  ///
  /// @throws CromfordException UNAVAILABLE before they are built
  LiveViews requireViews() {
    if (views.isEmpty()) {
      throw LiveViews.notBuilt();
    }
    return views;
  }

  /// Takes the query of the factory's file as the one that challengers are fitted on, unless it was
  /// taken before. Before anything is decided its view takes the place of the one before.
  private void adopt(FeaturePlan query) {
    ViewBook book = state.views();
    int before = book.latest();
    if (book.filed() >= 0 && book.like(query).filter(same -> same == book.filed()).isPresent()) {
      return;
    }
    String reason = before < 0 ? "the first" : "features.sql was changed";
    open(book.opening(query, clock.now(), reason, Steps.FACTORY));
  }

  /// The record that opens the view of a query.
  ///
  /// @throws CromfordException DEFINITION_INVALID if it is no query of this factory's;
  ///   STATE_CONFLICT if challengers are fitted on it already
  Control.ViewOpened proposed(String sql, String reason, String by) {
    FeaturePlan query = Check.features(checked.definition(), sql);
    ViewBook book = state.views();
    book.like(query).ifPresent(this::requireOther);
    return book.opening(query, clock.now(), reason, by);
  }

  /// Holds a wish for a view to being another than the one there is.
  ///
  /// @throws CromfordException STATE_CONFLICT if challengers are fitted on it already
  void requireOther(int number) {
    if (number == state.views().latest()) {
      throw new CromfordException(
          ErrorCode.STATE_CONFLICT,
          "the features are those of view %.12s, which challengers are fitted on already.\nMaybe save the changed query first."
              .formatted(state.views().name(number)));
    }
  }

  /// Opens a view.
  void open(Control.ViewOpened opened) {
    int before = state.views().latest();
    record(List.of(opened), opened.atMillis());
    if (!state.desk().isOpen()) {
      List<Control> done = new ArrayList<>();
      done.add(ready(opened.view(), opened.atMillis()));
      if (before >= 0) {
        String name = state.views().name(before);
        done.add(new Control.ViewClosed(name, opened.atMillis(), "nothing was fitted on it"));
      }
      record(done, opened.atMillis());
    }
  }

  private Control.ViewReady ready(String view, long at) {
    return new Control.ViewReady(view, at, state.books().size());
  }

  /// Whether a view is to be computed and is not yet.
  boolean isBehind() {
    return state.views().size() > 1 && !state.views().at(ViewBook.Stage.OPENED).isEmpty();
  }

  /// Computes the views that were opened, while traffic waits.
  void catchUp(long at) {
    for (int number : state.views().at(ViewBook.Stage.OPENED)) {
      Progress.Step none = Progress.SILENT.start("features", state.books().size());
      attach(number, built(number, none, 0), at);
    }
  }

  /// Takes a view that has taken all that the ledger holds: it is computed from here on.
  void attach(int number, View view, long at) {
    views.add(number, view);
    record(List.of(ready(state.views().name(number), at)), at);
  }

  /// Lets go of views that nobody needs: not the one that challengers are fitted on, and those that
  /// a model which scores, or may have to, was fitted on.
  void letGo(long at) {
    ViewBook book = state.views();
    for (int number = 0; number < book.size(); number++) {
      boolean isNeeded = number == book.latest() || state.desk().needs(number);
      if (!isNeeded && book.stage(number) != ViewBook.Stage.CLOSED) {
        String reason = "no model that scores was fitted on it";
        record(List.of(new Control.ViewClosed(book.name(number), at, reason)), at);
        views.drop(number);
      }
    }
  }

  /// Looks whether the query of the factory's file is another one, and computes the features of all
  /// observations so far in each view that is ready.
  void buildViews(Progress progress) {
    adopt(checked.plan());
    dropViews();
    List<Integer> ready = state.views().at(ViewBook.Stage.READY);
    Progress.Step step = progress.start("features", (long) state.books().size() * ready.size());
    long start = System.nanoTime();
    try {
      for (int number : ready) {
        views.add(number, built(number, step, (long) views.size() * state.books().size()));
      }
    } catch (RuntimeException | Error failure) {
      views.close();
      throw failure;
    }
    hadViews = true;
    long rows = (long) state.books().size() * ready.size();
    nanosPerRow = rows == 0 ? 0 : (double) (System.nanoTime() - start) / rows;
    step.finish(
        String.format(
            Locale.ROOT,
            "%s features of %,d observations",
            ready.stream()
                .map(number -> Integer.toString(views.require(number).featureCount()))
                .collect(Collectors.joining(" and ")),
            state.books().size()));
  }

  /// @param before how far the step is already
  private View built(int number, Progress.Step step, long before) {
    View fresh = newView(number);
    try (LedgerReader reader = ledger.reader()) {
      View.CatchUp catchUp = fresh.catchUp();
      LedgerRows.by(state.books()).read(reader, new Counting(catchUp, step, before));
      catchUp.flush();
      return fresh;
    } catch (RuntimeException | Error failure) {
      fresh.close();
      throw failure;
    }
  }

  /// Shows how many observations were taken.
  private record Counting(LedgerRows.Taker taker, Progress.Step step, long before)
      implements LedgerRows.Taker {
    @Override
    public void observation(long ordinal, Row row, long eventMillis) {
      taker.observation(ordinal, row, eventMillis);
      step.at(before + ordinal + 1);
    }

    @Override
    public void label(int ordinal, Row judgement) {
      taker.label(ordinal, judgement);
    }
  }

  /// A view of no records, in a folder of its own.
  View newView(int number) {
    return new View(
        state.views().plan(number),
        folder.resolve("view-" + state.views().name(number).substring(0, 12)),
        state.facts());
  }

  /// How long building a view took the last time, for each observation; 0 if none was built.
  double nanosPerRow() {
    return nanosPerRow;
  }

  /// Lets go of the features; they can be built again.
  void dropViews() {
    views.close();
  }

  /// Appends what the factory did to itself, and folds it.
  ///
  /// @param at the factory time
  void record(List<Control> controls, long at) {
    for (Control control : controls) {
      ledger.append(
          new RecordHeader(RecordKind.CONTROL, RecordOrigin.FACTORY, at, at, 0), control.encode());
    }
    clock.arrived(at);
    state.arrives(at);
    state.books().advance(at);
    controls.forEach(state::control);
    monitorAlarms = state.watch().monitors().alarms();
    controls.stream().flatMap(control -> control.warning().stream()).forEach(Folds::warn);
  }

  private static void warn(Alarm alarm) {
    LOG.log(
        System.Logger.Level.WARNING, "{0}: {1}", alarm.key(), alarm.message().replace('\n', ' '));
  }

  /// Commits if much is pending.
  void commitIfMuch() {
    if (ledger.pendingBytes() > COMMIT_BYTES) {
      ledger.commit();
    }
  }

  /// Writes what was counted and is not in the ledger yet, before it is closed; if the disk
  /// refuses, that count is lost, and nothing else.
  void flush() {
    if (stalled || !folded || !admission.hasCounted()) {
      return;
    }
    try {
      admission.flush(state.books().clock());
      ledger.commit();
    } catch (CromfordException e) {
      LOG.log(System.Logger.Level.WARNING, String.valueOf(e.getMessage()).replace('\n', ' '));
    }
  }

  /// Sees to it that so many records can be folded without asking the disk.
  ///
  /// @throws CromfordException if they cannot
  void makeRoom(int records) {
    try {
      require();
      if (stalled) {
        ledger.commit();
      }
      commitIfMuch();
      requireViews().makeRoom(records);
      cramped = false;
    } catch (CromfordException e) {
      cramped = e.code() == ErrorCode.STORAGE;
      if (cramped) {
        lacksRoom(e);
      }
      throw e;
    }
  }

  /// Holds the folds to what is in the ledger.
  ///
  /// @throws CromfordException UNAVAILABLE while they are not
  void require() {
    if (!folded) {
      throw new CromfordException(
          ErrorCode.UNAVAILABLE, String.valueOf(trouble) + "\nMaybe try again in a minute.");
    }
  }

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
      show();
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
      try {
        makeRoom(1);
      } catch (CromfordException _) {
        // It is said in the status, and tried again.
      }
      commit();
    } else if (!views.isEmpty() && !clock.isReplaying()) {
      idleWork.run();
      if (ledger.pendingBytes() > 0) {
        commit();
      }
    }
  }

  /// What is to be looked at while nothing comes.
  void whenIdle(Runnable work) {
    idleWork = work;
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
      state = FactoryState.fold(checked.definition(), shelf, ledger, Progress.SILENT);
      admission = new Admission(ledger, state.books());
      if (hadViews) {
        buildViews(Progress.SILENT);
      }
      monitorAlarms = state.watch().monitors().alarms();
      folded = true;
      trouble = null;
    } catch (RuntimeException failure) {
      trouble = "the folds of the ledger cannot be made again";
      LOG.log(System.Logger.Level.ERROR, "the folds cannot be made again: {0}", Trace.of(failure));
    }
    long end = System.nanoTime();
    mendAfterNanos = end + (end - start);
    show();
  }

  private void show() {
    status = look();
    quality = state.quality();
    alarms = alarmsNow();
  }

  private Status look() {
    Books books = state.books();
    Desk desk = state.desk();
    String problem = trouble;
    boolean ready = desk.isOpen() && !views.isEmpty() && problem == null;
    String champion = state.champion();
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
}
