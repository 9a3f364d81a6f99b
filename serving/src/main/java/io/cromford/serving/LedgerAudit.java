package io.cromford.serving;

import io.cromford.core.CromfordException;
import io.cromford.core.Progress;
import io.cromford.ledger.LedgerReader;
import io.cromford.serving.definition.Check;
import io.cromford.serving.definition.CheckedFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Makes every decision of a ledger again, from its events, outcomes and control records and from
/// the registry's models, and holds each against the record of it, byte by byte.
///
/// @param decisions that were made again
/// @param differ those whose record is not the same
/// @param first the position of the first that differs; -1 if none does
public record LedgerAudit(long decisions, long differ, long first) {
  /// Audits a ledger beside a running factory or without one; takes no lock and writes nothing into
  /// its folders.
  ///
  /// @param stateFolder where its ledger and models lie
  /// @param scratch a folder for what is needed meanwhile
  /// @throws CromfordException NOT_FOUND if there is no ledger, or a model is not in the registry
  public static LedgerAudit of(
      CheckedFactory checked, Path stateFolder, Path scratch, Progress progress) {
    ModelShelf shelf = new ModelShelf(stateFolder.resolve("models"), checked.definition());
    ViewBook opened = new ViewBook(Check.catalog(checked.definition()));
    Control.forEach(stateFolder, (_, control) -> opened.take(control));
    try (Refold refold = new Refold(FactoryState.empty(checked.definition(), shelf));
        LedgerReader reader = LedgerReader.openReadOnly(stateFolder.resolve("ledger"))) {
      for (int view = 0; view < opened.size(); view++) {
        refold.views.add(
            Rebuilding.empty(opened.plan(view), scratch.resolve(Integer.toString(view))));
      }
      return refold.run(reader, progress);
    }
  }

  /// The folds, and what each view gave for the last observation.
  private static final class Refold implements AutoCloseable {
    private final FactoryState state;
    private final List<Rebuilding> views = new ArrayList<>();
    private LedgerAudit found = new LedgerAudit(0, 0, -1);

    Refold(FactoryState state) {
      this.state = state;
    }

    LedgerAudit run(LedgerReader reader, Progress progress) {
      Progress.Step step = progress.start("refold", reader.limit());
      while (reader.next()) {
        switch (reader.kind()) {
          case OBSERVATION -> observe(reader);
          case DECISION -> decide(reader);
          case OUTCOME -> judge(reader);
          case CONTROL, SCHEMA, FILE_OPENED, FILE_FINISHED, QUARANTINED, REPLAYED, DUPLICATE ->
              state.apply(reader);
        }
        step.at(reader.position());
      }
      step.finish(
          String.format(Locale.ROOT, "%,d decisions, %,d differ", found.decisions, found.differ));
      return found;
    }

    private void observe(LedgerReader reader) {
      state.apply(reader);
      SourceBook source = state.books().source(reader.source());
      views.forEach(view -> view.observe(source.row(), reader.eventMillis()));
    }

    private void decide(LedgerReader reader) {
      DecisionRecord then = DecisionRecord.decode(reader.body());
      DecisionRecord now = state.decide(state.books().size() - 1, served());
      boolean same = now.encode().equals(then.encode());
      found =
          new LedgerAudit(
              found.decisions + 1,
              found.differ + (same ? 0 : 1),
              same || found.first >= 0 ? found.first : reader.position());
      state.apply(reader);
    }

    /// The features of the views that were computed then, by number.
    private double[][] served() {
      double[][] served = new double[state.views().size()][0];
      for (int view = 0; view < served.length; view++) {
        if (state.views().isReady(view)) {
          served[view] = views.get(view).last();
        }
      }
      return served;
    }

    private void judge(LedgerReader reader) {
      state.apply(reader);
      SourceBook source = state.books().source(reader.source());
      if (state.books().carriesLabel(source)) {
        int judged = state.books().ids().find(source.row(), source.idColumn());
        views.forEach(view -> view.label(judged, source.judgement()));
      }
    }

    @Override
    public void close() {
      views.forEach(Rebuilding::close);
    }
  }
}
