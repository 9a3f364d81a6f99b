package io.cromford.serving;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.ledger.LedgerReader;
import io.cromford.serving.definition.DataDefinition;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Computes a feature view over all that the ledger holds while the factory serves, and hands it to
/// the owning thread once little is left.
///
/// One view at a time, on one thread that rests as long as it works: half of a core. A factory that
/// stops meanwhile begins anew when it runs again; until then nothing depends on the view.
final class Backfill implements AutoCloseable {
  private static final int CHUNK = 2048;

  /// As much is left to the owning thread: a few milliseconds' work.
  private static final long NEAR_BYTES = 256L << 10;

  /// For each id that is a number, while a view is computed that reads labels.
  private static final int ID_BYTES = 21;

  private static final System.Logger LOG = System.getLogger(Backfill.class.getName());

  private final DataDefinition data;
  private final Folds folds;
  private final Owner owner;
  private final Jobs jobs;
  private boolean running;
  private volatile boolean closed;

  /// @param owner the owning thread, which takes a view that has caught up
  Backfill(DataDefinition data, Folds folds, Owner owner, Jobs jobs) {
    this.data = data;
    this.folds = folds;
    this.owner = owner;
    this.jobs = jobs;
  }

  /// Begins to compute a view that was opened, unless one is on its way. For the owning thread.
  void begin() {
    if (closed || running || !folds.features().isBehind() || folds.clock().isReplaying()) {
      return;
    }
    int number = folds.state().views().at(ViewBook.Stage.OPENED).getFirst();
    String name = folds.state().views().name(number);
    Job job = jobs.begin(Job.Kind.BACKFILL, "view %.12s".formatted(name), cost(number));
    View view = folds.features().newView(number);
    running = true;
    Thread.ofPlatform().daemon().name("backfill").start(() -> run(number, view, job));
  }

  /// What computing a view takes. For the owning thread.
  JobCost cost(int number) {
    long rows = folds.books().size();
    var plan = folds.state().views().plan(number);
    return new JobCost(
        rows,
        Duration.ofNanos(Math.round(2 * folds.features().nanosPerRow() * rows)),
        LedgerRows.readsLabel(plan) ? ID_BYTES * rows : 0,
        rows * ServedFeatures.rowBytes(plan.features().size()));
  }

  private void run(int number, View view, Job job) {
    boolean taken = false;
    try (job;
        LedgerReader reader = folds.ledger().reader()) {
      LedgerRows rows = LedgerRows.alone(data, view.plan());
      View.CatchUp catchUp = view.catchUp();
      while (folds.ledger().head().position() - reader.nextPosition() > NEAR_BYTES) {
        work(reader, rows, catchUp, job);
      }
      taken = owner.call(() -> finish(number, view, reader, rows, catchUp));
    } catch (RuntimeException | Error failure) {
      failed(number, job, failure);
    } finally {
      if (!taken) {
        view.close();
      }
    }
  }

  /// Reads some records, and rests as long as that took.
  private void work(LedgerReader reader, LedgerRows rows, View.CatchUp catchUp, Job job) {
    long start = System.nanoTime();
    for (int i = 0; i < CHUNK && reader.next(); i++) {
      rows.take(reader, catchUp);
    }
    job.at(rows.read());
    String cancelled = job.cancelled();
    if (closed || cancelled != null) {
      throw new CromfordException(
          ErrorCode.UNAVAILABLE, cancelled != null ? cancelled : "the factory stops");
    }
    try {
      TimeUnit.NANOSECONDS.sleep(System.nanoTime() - start);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CromfordException(ErrorCode.UNAVAILABLE, "interrupted", e);
    }
  }

  /// Reads the rest on the owning thread, so that nothing can come between.
  ///
  /// @return whether the view is wanted still
  private boolean finish(
      int number, View view, LedgerReader reader, LedgerRows rows, View.CatchUp catchUp) {
    running = false;
    boolean isWanted = folds.state().views().stage(number) == ViewBook.Stage.OPENED;
    if (isWanted) {
      folds.ledger().commit();
      rows.read(reader, catchUp);
      catchUp.flush();
      folds.features().attach(number, view, folds.clock().now());
    }
    begin();
    return isWanted;
  }

  /// Whatever fails, the factory serves on; a person is told, but where the factory stops or
  /// somebody wanted it so.
  private void failed(int number, Job job, Throwable failure) {
    boolean isMeant = closed || job.cancelled() != null;
    if (!isMeant) {
      LOG.log(System.Logger.Level.ERROR, "a view cannot be computed: {0}", Trace.of(failure));
    }
    try {
      owner.call(() -> {
        running = false;
        if (!isMeant) {
          long now = folds.clock().now();
          folds.record(
              List.of(Control.Alarmed.of(now, message(number), AlarmKind.FEATURES_FAILED)), now);
        }
        return true;
      });
    } catch (CromfordException stopping) {
      LOG.log(System.Logger.Level.DEBUG, "the factory stops: {0}", stopping.getMessage());
    }
  }

  private String message(int number) {
    return "the features of view %.12s cannot be computed; challengers are fitted on the champion's.\nMaybe the log says why; `cromford features propose` tries again."
        .formatted(folds.state().views().name(number));
  }

  /// Begins nothing any more, and lets what is on its way end.
  @Override
  public void close() {
    closed = true;
  }
}
