package io.cromford.serving;

import io.cromford.flywheel.AlarmBook;
import io.cromford.flywheel.AlarmState;
import io.cromford.serving.definition.AlarmsDefinition;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// The alarms of a factory at a moment.
///
/// @param atMillis the factory's clock
/// @param isReplaying whether that is the clock of a replay
/// @param book which are open, which ended, and which nobody wants to hear of
/// @param runbook where the page is that says what to do
/// @param revision changes whenever a person says something of an alarm
public record AlarmList(
    long atMillis, boolean isReplaying, AlarmBook.Look book, String runbook, String revision) {
  /// Before a person said anything.
  public AlarmList(long atMillis, boolean isReplaying, AlarmBook.Look book, String runbook) {
    this(atMillis, isReplaying, book, runbook, "0");
  }

  /// No alarm.
  public static final AlarmList NONE =
      new AlarmList(0, false, AlarmBook.Look.EMPTY, AlarmsDefinition.RUNBOOK);

  /// Reads the alarms beside a running factory or without one, as they stood at the last record.
  ///
  /// @throws io.cromford.core.CromfordException NOT_FOUND if there is no ledger
  public static AlarmList of(AlarmsDefinition alarms, Path stateFolder) {
    return AlarmFold.list(stateFolder, alarms.runbook());
  }

  /// All of them: those that ended first, the oldest first, then the open ones.
  public Stream<AlarmState> all() {
    return Stream.concat(book.ended().stream(), book.open().stream());
  }

  /// Whether nobody wants to hear of an alarm at a moment.
  public boolean isSilenced(AlarmState alarm, long atMillis) {
    return book.silence(alarm.key()).filter(s -> s.untilMillis() > atMillis).isPresent();
  }

  /// The silence that an open alarm lies under now; empty if none does.
  public Optional<AlarmBook.Silence> silence(AlarmState alarm) {
    return book.silence(alarm.key()).filter(s -> alarm.isOpen() && s.untilMillis() > atMillis);
  }

  /// Where an alarm stands, in a word: `open`, `acknowledged`, `silenced` or `ended`.
  public String word(AlarmState alarm) {
    if (!alarm.isOpen()) {
      return "ended";
    }
    if (silence(alarm).isPresent()) {
      return "silenced";
    }
    return alarm.acknowledged().isPresent() ? "acknowledged" : "open";
  }

  /// What an alarm says in a few words.
  public static String summary(AlarmState alarm) {
    return AlarmKind.summary(alarm.last());
  }

  /// Where a person reads what to do about an alarm.
  public String link(AlarmState alarm) {
    return runbook + "#" + AlarmKind.heading(alarm.last());
  }
}
