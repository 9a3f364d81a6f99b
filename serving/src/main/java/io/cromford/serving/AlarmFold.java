package io.cromford.serving;

import io.cromford.flywheel.AlarmBook;
import io.cromford.flywheel.AlarmState;
import io.cromford.ledger.LedgerReader;
import io.cromford.ledger.RecordKind;
import java.nio.file.Path;
import java.util.function.Predicate;

/// Keeps the book of alarms over control records: what raises one, what ends it by itself, and what
/// persons said.
final class AlarmFold {
  private final AlarmBook book = new AlarmBook();
  private boolean takingBack;

  /// What stands in the book.
  AlarmBook.Look look() {
    return book.look();
  }

  /// Folds a ledger's control records, beside a running factory or without one.
  ///
  /// @param runbook where the page is that says what to do
  /// @return the alarms at the last record of any kind
  /// @throws io.cromford.core.CromfordException NOT_FOUND if there is no ledger
  static AlarmList list(Path stateFolder, String runbook) {
    AlarmFold fold = new AlarmFold();
    long last = 0;
    try (LedgerReader reader = LedgerReader.openReadOnly(stateFolder.resolve("ledger"))) {
      while (reader.next()) {
        last = reader.arrivalMillis();
        if (reader.kind() == RecordKind.CONTROL) {
          fold.take(Control.decode(reader.body()), last);
        }
      }
    }
    return new AlarmList(last, false, fold.look(), runbook);
  }

  /// Takes a control record.
  ///
  /// @param atMillis the factory time of it
  void take(Control control, long atMillis) {
    endBy(control, atMillis);
    control.warning().ifPresent(book::raise);
    if (control instanceof Control.OfAlarms said) {
      take(said);
    }
  }

  private void take(Control.OfAlarms said) {
    switch (said) {
      case Control.Acknowledged(String key, long at, String reason, String by) ->
          book.acknowledge(key, new AlarmState.Word(at, by, reason));
      case Control.Silenced(String keys, long at, long until, String reason, String by) ->
          book.silence(new AlarmBook.Silence(keys, until, new AlarmState.Word(at, by, reason)));
      case Control.Resolved(String key, long at, String reason, String by) ->
          book.end(key::equals, new AlarmState.Word(at, by, reason));
    }
  }

  /// What a record says is well again.
  private void endBy(Control control, long atMillis) {
    switch (control) {
      case Control.Judged _ ->
          end(
              key -> key.equals(AlarmKind.OUTCOMES_SILENCE.key()) || key.startsWith("training/"),
              atMillis,
              "a challenger was judged");
      case Control.ViewOpened _, Control.ViewReady _, Control.ViewClosed _ ->
          end(AlarmKind.FEATURES_FAILED.key()::equals, atMillis, "the features changed");
      case Control.DeclaredComplete _ ->
          end(
              key -> key.startsWith("outcomes/"),
              atMillis,
              "somebody gave their word that the outcomes are complete");
      case Control.Settled settled -> end(settled.key()::equals, atMillis, settled.message());
      case Control.Breached _ -> takingBack = true;
      case Control.Promoted promoted -> promoted(promoted, atMillis);
      case Control.Configured _ ->
          end(AlarmKind.ENVELOPE_EXPIRED.key()::equals, atMillis, "the policies are others");
      case Control.Trained _,
          Control.Skipped _,
          Control.Alarmed _,
          Control.Hastened _,
          Control.Frozen _,
          Control.Resumed _,
          Control.Shadowed _,
          Control.Canaried _,
          Control.Withdrawn _,
          Control.Compared _,
          Control.Proposed _,
          Control.BoundaryPassed _,
          Control.Binned _,
          Control.Watched _,
          Control.Drifted _,
          Control.Estimated _,
          Control.OfAlarms _,
          Control.OfPolicies _,
          Control.Worked _,
          Control.OfQuarantine _,
          Control.Overridden _ -> {}
    }
  }

  /// Who takes over ends what its predecessor was blamed for, unless it only steps in for one that
  /// was taken back.
  private void promoted(Control.Promoted promoted, long atMillis) {
    if (!takingBack) {
      end(
          key ->
              key.equals(AlarmKind.MISSED_FRAUDS.key())
                  || key.startsWith(AlarmKind.BREACH.key() + "/"),
          atMillis,
          "model %.12s took over".formatted(promoted.model()));
    }
    takingBack = false;
  }

  private void end(Predicate<String> keys, long atMillis, String reason) {
    book.end(keys, new AlarmState.Word(atMillis, Steps.FACTORY, reason));
  }
}
