package io.cromford.flywheel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cromford.training.Interval;
import io.cromford.training.report.Figures;
import io.cromford.training.report.Fragment;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class ClosingReportTest {
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final long GO_LIVE = 17_657 * DAY; // 2018-05-06
  private static final int WEEKS = 5;

  @Test
  void comparesLearningWithTheFrozenModel() {
    ClosingReport report = report();
    assertThat(report.weeks()).hasSize(WEEKS + 1);
    assertThat(report.countedWeeks()).isEqualTo(WEEKS);
    assertThat(report.worth().difference()).isPositive();
    assertThat(report.worth().interval().contains(report.worth().difference())).isTrue();
    assertThat(report.worth().learning())
        .isEqualTo(
            report.weeks().stream()
                .filter(WeekSummary::counted)
                .mapToDouble(week -> week.ranking().averagePrecision())
                .average()
                .orElseThrow());
  }

  @Test
  void standsAloneAsAPage() {
    String html = report().page(Fragment.paragraph("a story & its end")).html();
    assertThat(html)
        .contains("card-fraud &lt;live&gt;", "promoted: ", "2018-05-06", "the gain was large")
        .contains("more is missed", "alarm: ", "a story &amp; its end")
        .contains("the first model would have saved ", "promoted: 77c1de90aa51<")
        .doesNotContain("<script", "http://", "https://", "NaN");
  }

  /// Each sum and difference says within what it lies, and of which weeks it is.
  @Test
  void saysHowSureItIsAndOfWhat() {
    ClosingReport report = report();
    SavedSince saved = report.worth().saved().orElseThrow();
    Interval money = saved.saved().learning().interval();
    Interval gain = report.worth().interval();
    assertThat(saved.saved().learning().value())
        .isCloseTo(
            ledger().weeks().stream().mapToDouble(week -> week.saved().serving()).sum(),
            within(1e-6));
    assertThat(report.page(Fragment.EMPTY).html())
        .contains("Over the 5 of 6 weeks that are full and mature")
        .contains("in 6 weeks since go-live")
        .contains("95 % interval " + Figures.range(money.low(), money.high(), 0) + ", against")
        .contains("95 % interval " + Figures.range(gain.low(), gain.high(), 3) + ", mean weekly")
        .contains("From, UTC", "Day, UTC");
  }

  @Test
  void saysSoWhenThereIsNothingToCompare() {
    WeeklyLedger empty = new WeeklyLedger(GO_LIVE, 2, WeeklyLedgerTest.COSTS);
    ClosingReport report =
        ClosingReport.of("new", empty, 0, ServiceHistory.EMPTY, List.of(), "EUR", 1);
    assertThat(report.page(Fragment.EMPTY).html())
        .contains("there is nothing to compare")
        .doesNotContain("NaN");
  }

  /// Five closed weeks and an open one.
  static WeeklyLedger ledger() {
    WeeklyLedger ledger = new WeeklyLedger(GO_LIVE, 2, WeeklyLedgerTest.COSTS);
    fold(ledger, history());
    ledger.close(GO_LIVE + 7 * DAY * WEEKS + DAY);
    return ledger;
  }

  private static ServiceHistory history() {
    return ServiceHistory.EMPTY
        .with(GO_LIVE, "0f3a9be2c1d4e5f6", "the first model")
        .with(GO_LIVE + 14 * DAY, "77c1de90aa51b2c3", "the gain was large");
  }

  private static ClosingReport report() {
    List<ClosingReport.Alarm> alarms =
        List.of(new ClosingReport.Alarm(GO_LIVE + 10 * DAY, "more is missed"));
    return ClosingReport.of(
        "card-fraud <live>", ledger(), Long.MAX_VALUE, history(), alarms, "EUR", 7);
  }

  /// Five weeks and a day of 120 payments a day; from week 3 on the serving model sees more.
  private static void fold(WeeklyLedger ledger, ServiceHistory history) {
    SplittableRandom random = new SplittableRandom(2);
    AlertThreshold threshold = new AlertThreshold(2, GO_LIVE, List.of());
    DayAlerts alerts = new DayAlerts();
    int payments = (WEEKS * 7 + 1) * 120;
    for (int ordinal = 0; ordinal < payments; ordinal++) {
      long at = GO_LIVE + ordinal * DAY / 120;
      boolean fraud = random.nextInt(30) == 0;
      double frozen = random.nextDouble() * 0.8 + (fraud ? 0.15 : 0);
      double better = at < GO_LIVE + 14 * DAY ? frozen : frozen + (fraud ? 0.2 : 0);
      long card = random.nextInt(90);
      threshold.advance(at);
      alerts.advance(at);
      boolean alert = better >= threshold.value() && !alerts.had(card);
      threshold.scored(card, better);
      if (alert) {
        alerts.add(card);
      }
      ledger.decided(
          new LiveDecision(
              ordinal,
              at,
              card,
              10 + random.nextInt(200),
              new LiveDecision.Scores(better, frozen),
              alert ? LiveDecision.Verdict.ALERTED : LiveDecision.Verdict.PASSED,
              LiveDecision.Verdict.PASSED),
          history.championAt(at).orElseThrow());
      ledger.outcome(ordinal, Truth.of(fraud, true));
    }
  }
}
