package io.cromford.serving;

import io.cromford.core.CromfordException;
import io.cromford.ledger.LedgerHead;
import io.cromford.serving.definition.CheckedFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Sees to it that a factory which serves for long has snapshots of its folds, so that a crash
/// costs a minute's folding at most and `explain` finds one near each decision.
///
/// Each is made by a process of its own ([KeepJob]), one at a time, so that the owning thread does
/// not stand still for it. Only what that process has left whole is taken over, by a rename: one
/// that fails, is cancelled or is killed leaves nothing, and another tries again later. Nothing
/// that is decided depends on it, so it goes on while the flywheel is frozen.
final class Keeper implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Keeper.class.getName());

  /// The child's heap: what any has, what an observation takes of the state, and how often what the
  /// views' engines take. State and views of the example's payments live in 122 bytes an
  /// observation; what is above it is for tables that grow.
  private static final long LEAST_HEAP_BYTES = 128L << 20;

  private static final long OBSERVATION_BYTES = 200;
  private static final int COPIES = 2;

  /// What an observation takes in the child's own logs beside its features.
  private static final int LOGGED_BYTES = 200;

  private final CheckedFactory checked;
  private final Path stateFolder;
  private final FoldSnapshots snapshots;
  private final Folds folds;
  private final Owner owner;
  private final Jobs jobs;
  private final Pace pace;
  private final ChildKeep children;
  private final CountDownLatch closed = new CountDownLatch(1);
  private @Nullable Thread thread;
  private int failures;
  private long failingSinceNanos;
  private long notBeforeNanos = System.nanoTime();
  private String said = "";
  private double nanosPerRow;

  /// When a snapshot is due.
  ///
  /// @param leastBytes of ledger since the last; more where the snapshots themselves take more, so
  ///   that no more is written for them than for the ledger
  /// @param look how often it is looked whether one is due
  /// @param firstWait after a first failure; doubled with each further
  /// @param longestWait the most of it
  /// @param alarm how long all may fail before a person is told
  record Pace(
      long leastBytes, Duration look, Duration firstWait, Duration longestWait, Duration alarm) {
    static final Pace USUAL =
        new Pace(
            256L << 20,
            Duration.ofSeconds(10),
            Duration.ofMinutes(10),
            Duration.ofHours(6),
            Duration.ofDays(1));
  }

  /// One that is due.
  ///
  /// @param views the numbers of those that are computed
  /// @param cost what it is expected to take
  private record Due(LedgerHead head, List<Integer> views, JobCost cost) {}

  /// @param stateFolder the factory's
  /// @param snapshots where they are kept
  /// @param owner the owning thread, which says where the folds stand
  Keeper(
      CheckedFactory checked,
      Path stateFolder,
      FoldSnapshots snapshots,
      Folds folds,
      Owner owner,
      Jobs jobs,
      Pace pace) {
    this.checked = checked;
    this.stateFolder = stateFolder;
    this.snapshots = snapshots;
    this.folds = folds;
    this.owner = owner;
    this.jobs = jobs;
    this.pace = pace;
    this.children = new ChildKeep(stateFolder.resolve("jobs"));
  }

  /// Begins to look. To be called when no files are replayed: what they are replayed to is kept at
  /// the end.
  synchronized void begin() {
    if (thread == null && closed.getCount() > 0 && !snapshots.maker().build().isEmpty()) {
      thread = Thread.ofPlatform().daemon().name("keeper").start(this::run);
    }
  }

  private void run() {
    try {
      while (!closed.await(pace.look().toMillis(), TimeUnit.MILLISECONDS)) {
        if (System.nanoTime() - notBeforeNanos >= 0) {
          look();
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try {
      Optional<Due> due = owner.call(this::due);
      if (due.isPresent()) {
        keep(due.get());
        owner.call(() -> kept(due.get()));
      }
    } catch (RuntimeException failure) {
      failed(failure);
    }
  }

  private Optional<Due> due() {
    if (folds.ledger().head().position() - folds.keptAt() < pace.leastBytes()) {
      return Optional.empty();
    }
    List<Integer> views = folds.views().numbers();
    long bytes = snapshots.newestBytes(names(views));
    return folds
        .toKeepBeside(Math.max(pace.leastBytes(), bytes))
        .map(head -> new Due(head, views, cost(head, bytes)));
  }

  private List<String> names(List<Integer> views) {
    List<String> names = new ArrayList<>(List.of(FoldSnapshots.STATE));
    views.forEach(number -> names.add(FoldSnapshots.view(folds.state().views().name(number))));
    return names;
  }

  /// @param bytes that the snapshots before it take
  private JobCost cost(LedgerHead head, long bytes) {
    long all = folds.books().size();
    double share = 1 - (double) folds.keptAt() / head.position();
    long rows = Math.round(all * share);
    long logged = folds.features().rowBytes() + LOGGED_BYTES * (long) folds.views().size();
    return new JobCost(
        rows,
        Duration.ofNanos(Math.round(nanosPerRow * rows)),
        LEAST_HEAP_BYTES + OBSERVATION_BYTES * all + COPIES * folds.features().heapBytes(),
        Math.max(bytes, head.position() / 4) + logged * rows);
  }

  private void keep(Due due) {
    snapshots.requireRoom(due.cost().diskBytes());
    long start = System.nanoTime();
    KeepOrder order =
        new KeepOrder(
            checked.folder().toString(), stateFolder.toString(), due.head(), snapshots.maker());
    String subject = "ledger up to %,d".formatted(due.head().position());
    try (Job job = jobs.begin(Job.Kind.SNAPSHOT, subject, due.cost())) {
      children.keep(order, job, due.cost(), kept -> snapshots.adopt(kept, due.head()));
    }
    nanosPerRow = (double) (System.nanoTime() - start) / Math.max(1, due.cost().rows());
  }

  private boolean kept(Due due) {
    folds.keptBeside(due.views(), due.head().position());
    failures = 0;
    said = "";
    if (isAlarmed()) {
      long now = folds.clock().now();
      String key = AlarmKind.SNAPSHOTS_FAILED.key();
      folds.record(
          List.of(new Control.Resolved(key, now, "snapshots are kept again", Steps.FACTORY)), now);
    }
    return true;
  }

  private boolean isAlarmed() {
    return folds.state().alarms().open().stream()
        .anyMatch(alarm -> alarm.key().equals(AlarmKind.SNAPSHOTS_FAILED.key()));
  }

  /// It is said once, tried again later, and told to a person when it has gone on for long.
  private void failed(RuntimeException failure) {
    if (closed.getCount() == 0) {
      return;
    }
    long now = System.nanoTime();
    failingSinceNanos = failures == 0 ? now : failingSinceNanos;
    Duration wait = waitAfter(failures++);
    notBeforeNanos = now + wait.toNanos();
    String why = String.valueOf(failure.getMessage());
    if (!why.equals(said)) {
      said = why;
      LOG.log(
          System.Logger.Level.WARNING,
          "no snapshot is kept, it is tried again in {0}: {1}",
          wait,
          failure instanceof CromfordException ? why.replace('\n', ' ') : Trace.of(failure));
    }
    if (now - failingSinceNanos >= pace.alarm().toNanos()) {
      alarm(why);
    }
  }

  private Duration waitAfter(int before) {
    Duration wait = pace.firstWait();
    for (int i = 0; i < before && wait.compareTo(pace.longestWait()) < 0; i++) {
      wait = wait.multipliedBy(2);
    }
    return wait.compareTo(pace.longestWait()) < 0 ? wait : pace.longestWait();
  }

  private void alarm(String why) {
    try {
      owner.call(() -> {
        if (!isAlarmed()) {
          long now = folds.clock().now();
          String message =
              "no snapshot could be kept for %d h, so the next start after a crash takes longer: %s"
                  .formatted(pace.alarm().toHours(), advised(why));
          folds.record(List.of(Control.Alarmed.of(now, message, AlarmKind.SNAPSHOTS_FAILED)), now);
        }
        return true;
      });
    } catch (CromfordException e) {
      LOG.log(System.Logger.Level.DEBUG, "nobody is told: {0}", e.getMessage());
    }
  }

  private static String advised(String why) {
    return why.contains("\nMaybe")
        ? why
        : why.lines().findFirst().orElse("") + "\nMaybe the log says more.";
  }

  /// Ends what runs, and waits until it is over.
  @Override
  public void close() {
    closed.countDown();
    children.close();
    Thread looking = thread();
    try {
      if (looking != null) {
        looking.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized @Nullable Thread thread() {
    return thread;
  }
}
