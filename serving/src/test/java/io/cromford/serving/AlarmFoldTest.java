package io.cromford.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cromford.core.CromfordException;
import io.cromford.flywheel.Alarm;
import io.cromford.flywheel.AlarmState;
import io.cromford.flywheel.monitor.MonitorKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AlarmFoldTest {
  private static final Control.Judged JUDGED =
      new Control.Judged(9, "ab", "cd", 0.7, 0.6, 0.05, 120, List.of(), true, "better");

  @TempDir private Path folder;

  private static List<String> open(Control... controls) {
    AlarmFold fold = new AlarmFold();
    for (int i = 0; i < controls.length; i++) {
      fold.take(controls[i], i);
    }
    return fold.look().open().stream().map(AlarmState::key).toList();
  }

  private static Control.Promoted promoted(String model) {
    return new Control.Promoted(model, model, 9, 10, List.of(), null, "better", "factory");
  }

  @Test
  void namesEachAlarmByAKeyThatStays() {
    assertThat(
            open(
                Control.Skipped.loudly(1, "silence", AlarmKind.OUTCOMES_SILENCE),
                Control.Skipped.quietly(2, "one class only"),
                Control.Alarmed.of(3, "left out", AlarmKind.OUTCOMES_LEFT_OUT),
                new Control.Hastened(4, 5, "more is missed", null),
                new Control.Breached("0123456789abcdef", 6, 7, "it floods"),
                new Control.Alarmed(7, "of an older ledger", null),
                new Control.Skipped(8, "of an older ledger", true, null)))
        .containsExactly(
            "outcomes/silence",
            "outcomes/left-out",
            "missed-frauds",
            "breach/0123456789ab",
            "alarm",
            "training/skipped");
  }

  @Test
  void takesKeysThatItDoesNotKnow() {
    Control alarmed = new Control.Alarmed(3, "empty", "missing-share/amount");
    assertThat(open(alarmed)).containsExactly("missing-share/amount");
    Alarm alarm = alarmed.warning().orElseThrow();
    assertThat(AlarmKind.heading(alarm)).isEqualTo("missing-share");
    assertThat(AlarmKind.summary(alarm)).isEqualTo("missing-share/amount");
  }

  @Test
  void endsWhatARecordSaysIsWellAgain() {
    Control silence = Control.Skipped.loudly(1, "silence", AlarmKind.OUTCOMES_SILENCE);
    Control failed = Control.Skipped.loudly(1, "it failed", AlarmKind.TRAINING_FAILED);
    Control left = Control.Alarmed.of(3, "left out", AlarmKind.OUTCOMES_LEFT_OUT);
    Control complete = new Control.DeclaredComplete(9, "few", "ada");
    assertThat(open(silence, failed, left, JUDGED)).containsExactly("outcomes/left-out");
    assertThat(open(silence, failed, left, complete)).containsExactly("training/failed");
  }

  @Test
  void whoStepsInForAModelThatWasTakenBackEndsNothing() {
    Control hastened = new Control.Hastened(4, 5, "more is missed", null);
    Control breached = new Control.Breached("ab", 6, 7, "it floods");
    assertThat(open(hastened, breached, promoted("cd")))
        .containsExactly("missed-frauds", "breach/ab");
    assertThat(open(hastened, breached, promoted("cd"), promoted("ef"))).isEmpty();
  }

  @Test
  void keepsWhatPersonsSayAlsoAfterARestart() {
    Workshop workshop = new Workshop(folder).write(Workshop.payments(1));
    try (Factory factory = workshop.open()) {
      assertThatThrownBy(() -> factory.acknowledge("breach/ab", "mine", "ada"))
          .isInstanceOf(CromfordException.class)
          .hasMessage(
              "no alarm `breach/ab` is open.\nMaybe it ended meanwhile: `cromford alarms list` shows all.");
      assertThatThrownBy(() -> factory.silence("no key", Duration.ofHours(1), "why", "ada"))
          .hasMessageContaining("`no key` is no key of an alarm")
          .hasMessageContaining("\nMaybe ");
      assertThatThrownBy(() -> factory.silence("*", Duration.ofDays(400), "why", "ada"))
          .hasMessageContaining("400 days is longer than 366.\nMaybe ");
      factory.silence("outcomes/*", Duration.ofDays(2), "the bank is closed", "ada");
    }
    try (Factory again = workshop.open()) {
      assertThat(again.alarms().book().silences()).hasSize(1);
      assertThat(again.alarms().book().silence("outcomes/silence").orElseThrow().word().by())
          .isEqualTo("ada");
      again.silence("outcomes/*", Duration.ZERO, "it is open", "ada");
      assertThat(again.alarms().book().silences()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void docsSayWhatToDoAboutEachMonitor(MonitorKind kind) throws IOException {
    String docs = Files.readString(Path.of("..", "docs", "alarms.md"));
    assertThat(Alarm.isKey(kind.key("a b/ü" + "x".repeat(100)))).isTrue();
    assertThat(docs).contains("\n## " + kind.text() + "\n");
    assertThat(docs.split("\n## " + kind.text() + "\n", 2)[1].split("\n## ", 2)[0])
        .contains("What to do:");
  }

  /// A link that leads nowhere helps nobody at night.
  @ParameterizedTest
  @EnumSource
  void docsSayWhatToDoAboutEachKind(AlarmKind kind) throws IOException {
    String docs = Files.readString(Path.of("..", "docs", "alarms.md"));
    assertThat(docs).contains("\n## " + kind.heading() + "\n");
    assertThat(docs.split("\n## " + kind.heading() + "\n", 2)[1].split("\n## ", 2)[0])
        .contains("What to do:");
  }
}
