package io.cromford.serving;

import io.cromford.core.Progress;
import io.cromford.features.plan.FeaturePlan;
import io.cromford.intake.SourceDefinition;
import io.cromford.ledger.LedgerReader;
import io.cromford.ledger.RecordKind;
import io.cromford.serving.definition.Check;
import io.cromford.serving.definition.CheckedFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// From where a decision is made again: the newest of what was kept of the state and of each view
/// before the observation, or the ledger's beginning.
final class AuditStart implements AutoCloseable {
  /// What folding state and features takes, and looking through what lies behind; measured on the
  /// handbook's payments and the example's features.
  private static final double FOLD_NANOS = 40;

  private static final double LOOK_NANOS = 3;

  private final FactoryState.Kept state;
  private final List<Rebuilding> views;
  private final long observation;
  private final long end;

  private AuditStart(FactoryState.Kept state, List<Rebuilding> views, long observation, long end) {
    this.state = state;
    this.views = views;
    this.observation = observation;
    this.end = end;
  }

  /// What is of a factory beside which it is looked.
  ///
  /// @param scratch for what is needed meanwhile
  /// @param snapshots what was kept of its folds
  record Place(CheckedFactory checked, Path stateFolder, Path scratch, FoldSnapshots snapshots) {
    ModelShelf shelf() {
      return new ModelShelf(stateFolder.resolve("models"), checked.definition());
    }

    /// Whether an id can be looked up by its text, so that it is known where it lies.
    boolean hasPlainIds() {
      SourceDefinition source = checked.definition().data().observations();
      return switch (source.schema().column(source.idColumn()).type().kind()) {
        case BIGINT, VARCHAR -> true;
        case DECIMAL, DOUBLE, BOOLEAN, TIMESTAMP -> false;
      };
    }

    FactoryState.Kept newest(LedgerReader ledger, long atMost) {
      return FactoryState.Kept.newest(checked.definition(), shelf(), snapshots, ledger, atMost);
    }
  }

  /// Finds it.
  ///
  /// @param ledger stands at its beginning
  /// @param id of the observation
  static AuditStart of(Place place, LedgerReader ledger, String id) {
    long end = ledger.limit();
    FactoryState.Kept newest = place.newest(ledger, place.hasPlainIds() ? end : 0);
    int ordinal = Archive.ordinal(newest.state(), id);
    long observation = ordinal < 0 ? end : newest.state().books().position(ordinal);
    long latest = ordinal < 0 ? newest.position() : observation;
    ViewBook opened = opened(place, ledger, newest, ordinal >= 0);
    FactoryState.Kept state = ordinal < 0 ? newest : place.newest(ledger, latest);
    List<Rebuilding> views = new ArrayList<>();
    try {
      for (int number = 0; number < opened.size(); number++) {
        views.add(view(place, ledger, opened, number, latest));
      }
      return new AuditStart(state, views, observation, end);
    } catch (RuntimeException | Error failure) {
      views.forEach(Rebuilding::close);
      throw failure;
    }
  }

  /// The views that there were up to the decision at least.
  ///
  /// @param isKnown whether the newest state knows the observation, and so all views of its time
  private static ViewBook opened(
      Place place, LedgerReader ledger, FactoryState.Kept newest, boolean isKnown) {
    ViewBook opened = new ViewBook(Check.catalog(place.checked().definition()));
    newest.state().controls().forEach(opened::take);
    if (!isKnown) {
      ledger.seek(newest.position());
      while (ledger.next()) {
        if (ledger.kind() == RecordKind.CONTROL) {
          opened.take(Control.decode(ledger.body()));
        }
      }
    }
    return opened;
  }

  private static Rebuilding view(
      Place place, LedgerReader ledger, ViewBook opened, int number, long latest) {
    FeaturePlan plan = opened.plan(number);
    String name = opened.name(number);
    Path scratch = place.scratch().resolve(Integer.toString(number));
    Path files = ViewFolds.folder(place.stateFolder().resolve("views"), name);
    return place
        .snapshots()
        .newest(
            FoldSnapshots.view(name),
            ledger,
            latest,
            (in, position) -> Rebuilding.kept(plan, scratch, files, in, position))
        .orElseGet(() -> Rebuilding.empty(plan, scratch));
  }

  /// The state, and where it goes on.
  FactoryState.Kept state() {
    return state;
  }

  /// The features that are computed again, by the number of their view.
  List<Rebuilding> views() {
    return views;
  }

  /// The first byte of the ledger that has to be folded.
  long from() {
    long from = state.position();
    for (Rebuilding view : views) {
      from = Math.min(from, view.position());
    }
    return from;
  }

  /// Says what it will take.
  void say(Progress progress) {
    long folded = observation - from();
    double seconds = (FOLD_NANOS * folded + LOOK_NANOS * (end - observation)) / 1e9;
    progress
        .start("to do", 0)
        .finish(
            String.format(
                Locale.ROOT,
                "%,d bytes of ledger to fold from %,d on, %,d behind to look through; about %,d s",
                folded,
                from(),
                end - observation,
                Math.max(1, Math.round(seconds))));
  }

  @Override
  public void close() {
    views.forEach(Rebuilding::close);
  }
}
