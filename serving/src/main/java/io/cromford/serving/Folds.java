package io.cromford.serving;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.core.Progress;
import io.cromford.flywheel.Alarm;
import io.cromford.ledger.Ledger;
import io.cromford.ledger.LedgerHead;
import io.cromford.ledger.LedgerReader;
import io.cromford.ledger.RecordHeader;
import io.cromford.ledger.RecordKind;
import io.cromford.ledger.RecordOrigin;
import io.cromford.serving.DecisionService.Quality;
import io.cromford.serving.DecisionService.Status;
import io.cromford.serving.definition.CheckedFactory;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
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
  private final ModelShelf shelf;
  private final Ledger ledger;
  private final FoldSnapshots snapshots;
  private final FactoryClock clock;
  private long keptAt;
  private FactoryState state;
  private Admission admission;
  private final ViewFolds features;
  private Runnable idleWork = () -> {};
  private boolean stalled;
  private boolean cramped;
  private boolean folded = true;
  private long mendAfterNanos;
  private @Nullable String trouble;
  private int recording;
  private volatile int recorded;
  private volatile Status status;
  private volatile Quality quality;
  private volatile AlarmList alarms;
  private volatile int monitorAlarms;

  /// Folds a ledger.
  ///
  /// @param folder a folder for what can be made again
  /// @param snapshots what was kept of the folds
  /// @param wall what the clock runs by when no files are replayed
  Folds(
      CheckedFactory checked,
      Path folder,
      FoldSnapshots snapshots,
      ModelShelf shelf,
      Ledger ledger,
      InstantSource wall,
      Progress progress) {
    this.checked = checked;
    this.features = new ViewFolds(checked, folder, ledger, this, snapshots);
    this.shelf = shelf;
    this.ledger = ledger;
    this.snapshots = snapshots;
    this.state = recover(progress);
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

  private FactoryState recover(Progress progress) {
    try (LedgerReader reader = ledger.reader()) {
      Progress.Step step = progress.start("recover", reader.limit());
      FactoryState.Kept kept =
          FactoryState.Kept.newest(checked.definition(), shelf, snapshots, reader, reader.limit());
      keptAt = kept.position();
      return kept.foldOn(reader, step);
    }
  }

  /// Keeps the state as the ledger has it, unless it was kept since, and the views.
  ///
  /// @param leastBytes of ledger that came since
  void keep(long leastBytes) {
    LedgerHead head = ledger.head();
    if (!folded || stalled || ledger.pendingBytes() > 0) {
      return;
    }
    if (head.position() - keptAt >= leastBytes
        && snapshots.write(FoldSnapshots.STATE, head, state::save)) {
      keptAt = head.position();
    }
    features.keep(head, leastBytes);
  }

  /// Where snapshots that are made beside the serving are to stand: all that was folded is
  /// committed, and the views' files have their rows.
  ///
  /// @param leastBytes of ledger that came since the folds were kept
  /// @return empty if fewer came, files are replayed or the folds are not whole
  Optional<LedgerHead> toKeepBeside(long leastBytes) {
    boolean isWhole = folded && !stalled && !views().isEmpty();
    if (!isWhole || clock.isReplaying() || ledger.head().position() - keptAt() < leastBytes) {
      return Optional.empty();
    }
    ledger.commit();
    features.settle();
    return Optional.of(ledger.head());
  }

  /// Up to where in the ledger state and views were kept; the least of it.
  long keptAt() {
    return Math.min(keptAt, features.keptAt());
  }

  /// State and views were kept beside the serving.
  ///
  /// @param numbers which views
  void keptBeside(List<Integer> numbers, long position) {
    keptAt = Math.max(keptAt, position);
    features.keptBeside(numbers, position);
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

  /// How it was after the last commit, and what its clock shows now. Any thread may ask.
  ///
  /// @param queued batches that wait
  Status status(int queued) {
    Status last = status;
    return last.at(clock.shown(last.clockMillis()), clock.isReplaying(), queued);
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
        checked.definition().serve().alarms().runbook(),
        state.alarming().revision());
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
    return features.live();
  }

  /// The features so far.
  ///
  /// @throws CromfordException UNAVAILABLE before they are built
  LiveViews requireViews() {
    return features.require();
  }

  /// Which features are computed, and how one view takes the place of another.
  ViewFolds features() {
    return features;
  }

  /// Appends what the factory did to itself, and folds it.
  ///
  /// @param at the factory time
  void record(List<Control> controls, long at) {
    controls.forEach(control -> append(control, at));
    fold(controls, at);
  }

  /// The same for one.
  ///
  /// @return its position
  long record(Control control, long at) {
    long position = append(control, at);
    fold(List.of(control), at);
    return position;
  }

  private long append(Control control, long at) {
    return ledger.append(
        new RecordHeader(RecordKind.CONTROL, RecordOrigin.FACTORY, at, at, 0), control.encode());
  }

  private void fold(List<Control> controls, long at) {
    clock.arrived(at);
    state.arrives(at);
    state.books().advance(at);
    controls.forEach(state::control);
    recording += controls.size();
    monitorAlarms = state.watch().monitors().alarms();
    controls.stream().flatMap(control -> control.warning().stream()).forEach(Folds::warn);
  }

  /// How many control records were made since it was opened, as far as others see what they say.
  int recorded() {
    return recorded;
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
    } else if (!views().isEmpty() && !clock.isReplaying()) {
      workWhileIdle();
    }
  }

  private void workWhileIdle() {
    try {
      idleWork.run();
    } catch (RuntimeException failure) {
      broken(failure);
    }
    if (ledger.pendingBytes() > 0) {
      commit();
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
      state = recover(Progress.SILENT);
      admission = new Admission(ledger, state.books());
      features.rebuild();
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
    recorded = recording;
  }

  private Status look() {
    Books books = state.books();
    Desk desk = state.desk();
    String problem = trouble;
    boolean ready = desk.isOpen() && !views().isEmpty() && problem == null;
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
