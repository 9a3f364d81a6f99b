package io.cromford.flywheel.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.cromford.training.Scored;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class MonitorsTest {
  private static final AlarmBudget BUDGET = new AlarmBudget(1);

  /// A factory whose days are folded one after the other, as its records are.
  private static final class Watched {
    private final MadeDays days;
    private final Monitors monitors = new Monitors(BUDGET, "payments");
    private final List<Finding> findings = new ArrayList<>();

    Watched(long seed) {
      days = new MadeDays(seed);
      monitors.formed(MadeDays.forms(), days.day());
    }

    List<Finding> next(MadeDays.Trouble trouble) {
      DayFigures figures = days.next(trouble);
      List<Finding> found = monitors.judge(figures);
      take(monitors, figures, found);
      findings.addAll(found);
      return found;
    }

    void quiet(int count) {
      for (int i = 0; i < count; i++) {
        next(new MadeDays.Trouble());
      }
    }

    long drifted(String key) {
      return findings.stream()
          .filter(finding -> finding instanceof Finding.Drifted && finding.key().equals(key))
          .count();
    }

    MonitorState.Status status(String key) {
      return state(key).status();
    }

    double value(String key) {
      return state(key).value();
    }

    private MonitorState state(String key) {
      return monitors.states().stream()
          .filter(state -> state.key().equals(key))
          .findFirst()
          .orElseThrow();
    }

    long alarms() {
      return findings.stream().filter(Finding.Drifted.class::isInstance).count();
    }
  }

  private static void take(Monitors monitors, DayFigures figures, List<Finding> found) {
    for (Finding finding : found) {
      switch (finding) {
        case Finding.Drifted drifted ->
            monitors.drifted(drifted.key(), (figures.day() + 1) * Scored.DAY_MILLIS);
        case Finding.Settled settled -> monitors.settled(settled.key(), settled.isUsualNow());
      }
    }
    monitors.watched(figures);
  }

  @Test
  void allMonitorsTogetherRaiseAtMostOneFalseAlarmAMonth() {
    int years = 2;
    int factories = 4;
    long alarms = 0;
    for (int seed = 1; seed <= factories; seed++) {
      Watched factory = new Watched(seed);
      factory.quiet(365 * years);
      alarms += factory.alarms();
      assertThat(factory.monitors.states()).hasSizeGreaterThan(65);
    }
    assertThat(alarms / (factories * years * 12.0)).isLessThanOrEqualTo(1);
  }

  @Test
  void findsWhatBreaksWithinTwoDaysAndSaysItOnce() {
    for (int seed = 1; seed <= 5; seed++) {
      assertFound(seed, trouble(t -> t.missing = 4), "missing-share/f4");
      assertFound(seed, trouble(t -> t.scaled = 5), "out-of-range/f5");
      assertFound(seed, trouble(t -> t.scaled = 5), "shift/f5");
      assertFound(seed, trouble(t -> t.volume = 0.5), "volume/payments");
      assertFound(seed, trouble(t -> t.volume = 2), "volume/payments");
      assertFound(seed, trouble(t -> t.outcomes = 0), "volume/truths");
      assertFound(seed, trouble(t -> t.segmentAlerts = 8), "segment-alerts/small");
    }
  }

  private static MadeDays.Trouble trouble(Consumer<MadeDays.Trouble> what) {
    MadeDays.Trouble trouble = new MadeDays.Trouble();
    what.accept(trouble);
    return trouble;
  }

  private static void assertFound(long seed, MadeDays.Trouble trouble, String key) {
    Watched factory = new Watched(seed);
    factory.quiet(90);
    factory.findings.clear();
    factory.next(trouble);
    factory.next(trouble);
    assertThat(factory.drifted(key)).as("seed %d, %s", seed, key).isOne();
    for (int day = 0; day < 8; day++) {
      factory.next(trouble);
    }
    assertThat(factory.drifted(key)).as("said once, seed %d, %s", seed, key).isOne();
    factory.quiet(4);
    assertThat(factory.findings)
        .filteredOn(Finding.Settled.class::isInstance)
        .extracting(Finding::key)
        .contains(key);
  }

  @Test
  void whatLastsTwoWeeksIsHowItIsNow() {
    Watched factory = new Watched(1);
    factory.quiet(60);
    factory.findings.clear();
    for (int day = 0; day < 60; day++) {
      factory.next(trouble(t -> t.volume = 0.5));
    }
    assertThat(factory.findings)
        .filteredOn(finding -> finding.key().equals("volume/payments"))
        .hasSize(2)
        .last()
        .matches(finding -> finding instanceof Finding.Settled settled && settled.isUsualNow());
    assertThat(factory.status("volume/payments")).isEqualTo(MonitorState.Status.OK);
  }

  @Test
  void aWindowThatFillsUpIsNoDrift() {
    Watched factory = new Watched(1);
    factory.quiet(31);
    assertThat(factory.status("missing-share/f" + MadeDays.WINDOWED))
        .isEqualTo(MonitorState.Status.FILLING);
    assertThat(factory.status("missing-share/f0")).isEqualTo(MonitorState.Status.OK);
    factory.quiet(7);
    assertThat(factory.monitors.toBeFormed(factory.days.day())).isEmpty();
    factory.quiet(1);
    assertThat(factory.monitors.toBeFormed(factory.days.day()))
        .containsExactly("f" + MadeDays.WINDOWED);
    factory.monitors.formed(MadeDays.forms(1e-9), factory.days.day());
    assertThat(factory.status("missing-share/f0")).isEqualTo(MonitorState.Status.OK);
    factory.quiet(1);
    assertThat(factory.status("missing-share/f" + MadeDays.WINDOWED))
        .isEqualTo(MonitorState.Status.LEARNING);
    factory.quiet(60);
    assertThat(factory.status("shift/f" + MadeDays.WINDOWED)).isEqualTo(MonitorState.Status.OK);
    factory.next(trouble(t -> t.volume = 0));
    factory.quiet(1);
    assertThat(factory.status("missing-share/f" + MadeDays.WINDOWED))
        .as("fills again after a day without payments")
        .isEqualTo(MonitorState.Status.FILLING);
    factory.quiet(7);
    assertThat(factory.status("missing-share/f" + MadeDays.WINDOWED))
        .isEqualTo(MonitorState.Status.OK);
  }

  @Test
  void aShiftIsMeasuredAgainstWhatTheChampionLearntFrom() {
    Watched factory = new Watched(1);
    factory.quiet(40);
    for (int day = 0; day < 30; day++) {
      factory.next(trouble(t -> t.scaled = 5));
    }
    double before = factory.value("shift/f5");
    long until = (factory.days.day() + 1) * Scored.DAY_MILLIS;
    factory.monitors.trained("m", until - 20 * Scored.DAY_MILLIS, until);
    factory.monitors.promoted("m");
    factory.next(trouble(t -> t.scaled = 5));
    assertThat(before).isGreaterThan(1);
    assertThat(factory.value("shift/f5")).isLessThan(0.01);
  }

  @Test
  void inAReplayASilenceIsOneOnceTheSourceSendsAgain() {
    Watched factory = new Watched(1);
    factory.days.attendance = DayFigures.Attendance.REPLAY;
    factory.quiet(60);
    factory.findings.clear();
    factory.next(trouble(t -> t.outcomes = 0));
    factory.next(trouble(t -> t.outcomes = 0));
    assertThat(factory.drifted("volume/truths")).as("its file may have ended").isZero();
    factory.quiet(1);
    assertThat(factory.drifted("volume/truths")).isOne();
  }

  @Test
  void whatAStoppedFactoryMissedIsNobodysSilence() {
    Watched factory = new Watched(1);
    factory.quiet(60);
    factory.findings.clear();
    DayFigures missed =
        new DayFigures(
            factory.days.day() + 1,
            DayFigures.Attendance.ABSENT,
            Map.of("payments", DayFigures.Source.NONE, "truths", DayFigures.Source.NONE),
            List.of(),
            DayFigures.Decisions.NONE,
            0);
    assertThat(factory.monitors.judge(missed)).isEmpty();
  }
}
