package io.cromford.serving;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.core.Progress;
import io.cromford.core.SnapshotWriter;
import io.cromford.features.plan.FeaturePlan;
import io.cromford.ledger.LedgerReader;
import io.cromford.serving.definition.Check;
import io.cromford.serving.definition.CheckedFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/// Snapshots as a process of its own: folds the ledger of a factory that serves, from what was kept
/// last up to where it is told, and leaves in a folder what the factory itself would keep there.
///
/// It takes no lock and writes nothing but in that folder. What the views logged it reads from the
/// running factory's files, as far as the last snapshot has it; the rest it logs for itself, and
/// holds the factory's files to being the same: a snapshot is left only where the next start will
/// find what it names. For [Keeper].
public final class KeepJob implements AutoCloseable {
  /// Stands before how much is done, in a line of the output.
  static final String DONE = "done ";

  /// Stands before why it could not, as JSON.
  static final String WHY = "why ";

  /// The exit code where [#WHY] was said.
  static final int REFUSED = 1;

  /// What all of it is, in these lines.
  static final int ALL = 1000;

  private final KeepOrder order;
  private final Path folder;
  private final LongConsumer done;
  private final CheckedFactory checked;
  private final FoldSnapshots snapshots;
  private final List<View> views = new ArrayList<>();
  private final LedgerReader ledger;

  private KeepJob(KeepOrder order, Path folder, LongConsumer done) {
    this.order = order;
    this.folder = folder;
    this.done = done;
    this.checked = Check.check(Path.of(order.factory()), Map.of("data", "none.csv")).orThrow();
    this.snapshots = FoldSnapshots.of(Path.of(order.state()), checked.definition());
    requireSame();
    this.ledger = LedgerReader.openReadOnly(Path.of(order.state()).resolve("ledger"));
  }

  /// Runs the job in a folder.
  ///
  /// @param arguments the folder
  public static void main(String[] arguments) throws IOException {
    ChildCommand.endWithParent();
    Path folder = Path.of(arguments[0]);
    try {
      run(KeepOrder.read(folder), folder, permille -> System.out.println(DONE + permille));
    } catch (CromfordException e) {
      refuse(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      refuse("it failed: " + Trace.of(e));
    }
    System.exit(0);
  }

  private static void refuse(String why) {
    System.out.println(WHY + Control.JSON.writeValueAsString(why));
    System.exit(REFUSED);
  }

  /// Does what was ordered.
  ///
  /// @param folder of the job
  /// @param done hears how much is, of [#ALL]
  /// @throws CromfordException STATE_CONFLICT if the factory's file, the code or a view's file is
  ///   not what the running factory has; STORAGE if there is no room
  static void run(KeepOrder order, Path folder, LongConsumer done) {
    try (KeepJob job = new KeepJob(order, folder, done)) {
      job.run();
    }
  }

  /// The running factory, and the next start, would pass over what another one kept.
  private void requireSame() {
    FoldSnapshots.Maker mine = snapshots.maker();
    if (!mine.build().equals(order.maker().build())) {
      throw new CromfordException(
          ErrorCode.STATE_CONFLICT,
          "another build of Cromford is installed than the one that runs.\nMaybe start the factory again.");
    }
    if (!mine.basis().equals(order.maker().basis())) {
      throw new CromfordException(
          ErrorCode.STATE_CONFLICT,
          "the factory file was changed since the factory was started, in what folds depend on.\nMaybe start it again, or put the file back.");
    }
  }

  private void run() {
    if (!ledger.had(order.head())) {
      throw new CromfordException(
          ErrorCode.STATE_CONFLICT,
          "the ledger does not reach to %d as it was told.\nMaybe it was changed by hand: `cromford ledger verify` says."
              .formatted(order.head().position()));
    }
    long end = order.head().position();
    FactoryState.Kept kept =
        FactoryState.Kept.newest(checked.definition(), shelf(), snapshots, ledger, end);
    FactoryState state = kept.foldUntil(end, ledger, new Part(0, ALL / 2));
    List<Integer> numbers = state.views().at(ViewBook.Stage.READY);
    int each = ALL / 2 / Math.max(1, numbers.size());
    for (int number : numbers) {
      views.add(view(state, number, new Part(ALL / 2 + each * views.size(), each)));
    }
    write(state, numbers);
  }

  private void write(FactoryState state, List<Integer> numbers) {
    FoldSnapshots into = snapshots.in(KeepOrder.kept(folder));
    write(into, FoldSnapshots.STATE, state::save);
    for (int i = 0; i < numbers.size(); i++) {
      write(into, FoldSnapshots.view(state.views().name(numbers.get(i))), views.get(i)::save);
    }
  }

  /// One of the passes over the ledger, from where its fold was kept.
  private final class Part implements Progress.Step {
    private final int before;
    private final int share;
    private long from = -1;
    private long said = -1;

    /// @param before how much of all is done when it begins
    /// @param share how much of all it is
    Part(int before, int share) {
      this.before = before;
      this.share = share;
    }

    @Override
    public void at(long position) {
      from = from < 0 ? position : from;
      long now = before + share * (position - from) / Math.max(1, order.head().position() - from);
      if (now > said) {
        said = now;
        done.accept(now);
      }
    }
  }

  private ModelShelf shelf() {
    return new ModelShelf(Path.of(order.state()).resolve("models"), checked.definition());
  }

  private void catchUp(ViewFolds.Kept kept, LedgerRows rows, Progress.Step step) {
    View.CatchUp catchUp = kept.view().catchUp();
    ledger.seek(kept.position());
    while (ledger.next() && ledger.position() < order.head().position()) {
      rows.take(ledger, catchUp);
      step.at(ledger.position());
    }
    catchUp.flush();
  }

  private void write(FoldSnapshots into, String name, Consumer<SnapshotWriter> body) {
    if (!into.write(name, order.head(), body)) {
      throw new CromfordException(
          ErrorCode.STORAGE,
          "the snapshot of `%s` cannot be written.\nMaybe the disk is full.".formatted(name));
    }
  }

  /// A view as it stood there.
  private View view(FactoryState state, int number, Progress.Step step) {
    String name = state.views().name(number);
    FeaturePlan plan = state.views().plan(number);
    Path files = ViewFolds.folder(Path.of(order.state()).resolve("views"), name);
    Path own = folder.resolve("view-" + number);
    ViewFolds.Kept kept =
        snapshots
            .newest(
                FoldSnapshots.view(name),
                ledger,
                order.head().position(),
                (in, position) ->
                    new ViewFolds.Kept(View.kept(plan, own, files, state.facts(), in), position))
            .orElseGet(() -> new ViewFolds.Kept(View.empty(plan, own, state.facts()), 0));
    try {
      catchUp(kept, LedgerRows.by(state.books(), kept.view().rows()), step);
      kept.view().requireSame(files);
      return kept.view();
    } catch (RuntimeException | Error failure) {
      kept.view().close();
      throw failure;
    }
  }

  @Override
  public void close() {
    views.forEach(View::close);
    ledger.close();
  }
}
