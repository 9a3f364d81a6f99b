package io.cromford.serving;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.core.Progress;
import io.cromford.core.Row;
import io.cromford.features.plan.FeaturePlan;
import io.cromford.ledger.Ledger;
import io.cromford.ledger.LedgerHead;
import io.cromford.ledger.LedgerReader;
import io.cromford.serving.definition.Check;
import io.cromford.serving.definition.CheckedFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// The feature views of an open factory: how they are built, how another is opened and catches up,
/// and when one is let go. For the owning thread.
final class ViewFolds {
  private final CheckedFactory checked;
  private final Path folder;
  private final Ledger ledger;
  private final Folds folds;
  private final FoldSnapshots snapshots;
  private final Map<Integer, Long> keptAt = new HashMap<>();
  private final LiveViews live = new LiveViews();
  private boolean wereBuilt;
  private double nanosPerRow;

  /// @param folder for what can be made again
  /// @param folds which views there are, and where what is done about them is recorded
  /// @param snapshots what was kept of them
  ViewFolds(
      CheckedFactory checked, Path folder, Ledger ledger, Folds folds, FoldSnapshots snapshots) {
    this.checked = checked;
    this.folder = folder;
    this.ledger = ledger;
    this.folds = folds;
    this.snapshots = snapshots;
  }

  /// Those that are computed; empty before they are built.
  LiveViews live() {
    return live;
  }

  /// Those that are computed.
  ///
  /// @throws CromfordException UNAVAILABLE before they are built
  LiveViews require() {
    if (live.isEmpty()) {
      throw LiveViews.notBuilt();
    }
    return live;
  }

  /// Takes the query of the factory's file as the one that challengers are fitted on, unless it was
  /// taken before. Before anything is decided its view takes the place of the one before.
  private void adopt(FeaturePlan query) {
    ViewBook book = folds.state().views();
    int before = book.latest();
    if (book.filed() >= 0 && book.like(query).filter(same -> same == book.filed()).isPresent()) {
      return;
    }
    String reason = before < 0 ? "the first" : "features.sql was changed";
    open(book.opening(query, folds.clock().now(), reason, Steps.FACTORY));
  }

  /// The record that opens the view of a query.
  ///
  /// @throws CromfordException DEFINITION_INVALID if it is no query of this factory's;
  ///   STATE_CONFLICT if challengers are fitted on it already
  Control.ViewOpened proposed(String sql, String reason, String by) {
    FeaturePlan query = Check.features(checked.definition(), sql);
    ViewBook book = folds.state().views();
    book.like(query).ifPresent(this::requireOther);
    return book.opening(query, folds.clock().now(), reason, by);
  }

  /// Holds a wish for a view to being another than the one there is.
  ///
  /// @throws CromfordException STATE_CONFLICT if challengers are fitted on it already
  void requireOther(int number) {
    if (number == folds.state().views().latest()) {
      throw new CromfordException(
          ErrorCode.STATE_CONFLICT,
          "the features are those of view %.12s, which challengers are fitted on already.\nMaybe save the changed query first."
              .formatted(folds.state().views().name(number)));
    }
  }

  /// Opens a view.
  void open(Control.ViewOpened opened) {
    int before = folds.state().views().latest();
    folds.record(List.of(opened), opened.atMillis());
    if (!folds.state().desk().isOpen()) {
      List<Control> done = new ArrayList<>();
      done.add(ready(opened.view(), opened.atMillis()));
      if (before >= 0) {
        String name = folds.state().views().name(before);
        done.add(new Control.ViewClosed(name, opened.atMillis(), "nothing was fitted on it"));
      }
      folds.record(done, opened.atMillis());
    }
  }

  private Control.ViewReady ready(String view, long at) {
    return new Control.ViewReady(view, at, folds.state().books().size());
  }

  /// Whether a view is to be computed and is not yet.
  boolean isBehind() {
    return folds.state().views().isAnyAt(ViewBook.Stage.OPENED);
  }

  /// Computes the views that were opened, while traffic waits.
  void catchUp(long at) {
    ledger.commit();
    for (int number : folds.state().views().at(ViewBook.Stage.OPENED)) {
      Progress.Step none = Progress.SILENT.start("features", folds.state().books().size());
      attach(number, built(number, none, 0), at);
    }
  }

  /// Takes a view that has taken all that the ledger holds: it is computed from here on.
  void attach(int number, View view, long at) {
    live.add(number, view);
    folds.record(List.of(ready(folds.state().views().name(number), at)), at);
  }

  /// Lets go of views that nobody needs: not the one that challengers are fitted on, and those that
  /// a model which scores, or may have to, was fitted on.
  void letGo(long at) {
    ViewBook book = folds.state().views();
    for (int number = 0; number < book.size(); number++) {
      boolean isGone = book.stage(number) == ViewBook.Stage.CLOSED;
      if (!isGone && number != book.latest() && !folds.state().desk().needs(number)) {
        String reason = "no model that scores was fitted on it";
        folds.record(List.of(new Control.ViewClosed(book.name(number), at, reason)), at);
        live.drop(number);
      }
    }
  }

  /// Looks whether the query of the factory's file is another one, and computes the features of all
  /// observations so far in each view that is ready.
  void build(Progress progress) {
    adopt(checked.plan());
    drop();
    List<Integer> ready = folds.state().views().at(ViewBook.Stage.READY);
    Progress.Step step =
        progress.start("features", (long) folds.state().books().size() * ready.size());
    long start = System.nanoTime();
    try {
      for (int number : ready) {
        live.add(number, built(number, step, (long) live.size() * folds.state().books().size()));
      }
    } catch (RuntimeException | Error failure) {
      live.close();
      throw failure;
    }
    wereBuilt = true;
    long rows = (long) folds.state().books().size() * ready.size();
    nanosPerRow = rows == 0 ? 0 : (double) (System.nanoTime() - start) / rows;
    step.finish(
        String.format(
            Locale.ROOT,
            "%s features of %,d observations",
            ready.stream()
                .map(number -> Integer.toString(live.require(number).featureCount()))
                .collect(Collectors.joining(" and ")),
            folds.state().books().size()));
  }

  /// A view that has taken all that the ledger holds: that which was kept, and the rest of the
  /// ledger.
  ///
  /// @param before how far the step is already
  private View built(int number, Progress.Step step, long before) {
    try (LedgerReader reader = ledger.reader()) {
      Kept kept = kept(number, reader);
      try {
        reader.seek(kept.position());
        View.CatchUp catchUp = kept.view().catchUp();
        LedgerRows.by(folds.state().books(), kept.view().rows())
            .read(reader, new Counting(catchUp, step, before));
        catchUp.flush();
        return kept.view();
      } catch (RuntimeException | Error failure) {
        kept.view().close();
        throw failure;
      }
    }
  }

  /// @param position where it goes on in the ledger
  record Kept(View view, long position) {}

  private Kept kept(int number, LedgerReader reader) {
    FeaturePlan plan = folds.state().views().plan(number);
    Kept kept =
        snapshots
            .newest(
                FoldSnapshots.view(folds.state().views().name(number)),
                reader,
                reader.limit(),
                (in, position) ->
                    new Kept(
                        View.kept(plan, folder(number), folder(number), folds.state().facts(), in),
                        position))
            .orElseGet(() -> new Kept(newView(number), 0));
    keptAt.put(number, kept.position());
    return kept;
  }

  /// Keeps each view that is computed, unless it was kept since.
  ///
  /// @param leastBytes of ledger that came since
  void keep(LedgerHead head, long leastBytes) {
    live.forEach((number, view) -> {
      long last = keptAt.getOrDefault(number, 0L);
      String name = FoldSnapshots.view(folds.state().views().name(number));
      if (head.position() - last >= leastBytes && snapshots.write(name, head, view::save)) {
        keptAt.put(number, head.position());
      }
    });
  }

  /// Writes what of the views' rows is in memory alone, so that whoever folds beside finds it: some
  /// tens of megabytes at most.
  void settle() {
    live.forEach((_, view) -> view.settle());
  }

  /// Up to where in the ledger each view that is computed was kept; the least of them.
  long keptAt() {
    long least = Long.MAX_VALUE;
    for (int number : live.numbers()) {
      least = Math.min(least, keptAt.getOrDefault(number, 0L));
    }
    return least;
  }

  /// Views were kept beside the serving.
  ///
  /// @param numbers which
  void keptBeside(List<Integer> numbers, long position) {
    numbers.forEach(number -> keptAt.merge(number, position, Math::max));
  }

  /// The heap that the engines of those that are computed take, in bytes.
  long heapBytes() {
    long bytes = 0;
    for (int number : live.numbers()) {
      bytes += live.require(number).heapBytes();
    }
    return bytes;
  }

  /// How many bytes of disk the features of an observation take in all of them.
  long rowBytes() {
    long bytes = 0;
    for (int number : live.numbers()) {
      bytes += ServedFeatures.rowBytes(live.require(number).featureCount());
    }
    return bytes;
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
    keptAt.remove(number);
    return View.empty(folds.state().views().plan(number), folder(number), folds.state().facts());
  }

  private Path folder(int number) {
    return folder(folder, folds.state().views().name(number));
  }

  /// Where the files of a view lie.
  ///
  /// @param views the folder of all
  /// @param name the view's name
  static Path folder(Path views, String name) {
    return views.resolve("view-" + name.substring(0, 12));
  }

  /// How long building a view took the last time, for each observation; 0 if none was built.
  double nanosPerRow() {
    return nanosPerRow;
  }

  /// Lets go of the features; they can be built again.
  void drop() {
    live.close();
  }

  /// Builds them again, if they were.
  void rebuild() {
    if (wereBuilt) {
      build(Progress.SILENT);
    }
  }
}
