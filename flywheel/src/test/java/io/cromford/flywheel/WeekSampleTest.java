package io.cromford.flywheel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cromford.training.Scored;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WeekSampleTest {
  private static final int A_DAY = 400;
  private static final int CARDS = 150;
  private static final long STEP = Scored.DAY_MILLIS / A_DAY;

  private final WeeklyLedger ledger = new WeeklyLedger(0, 20, WeeklyLedgerTest.COSTS);
  private final Random random = new Random(7);
  private final AlertThreshold serving = new AlertThreshold(20, 0, List.of(0.75));
  private final AlertThreshold frozen = new AlertThreshold(20, 0, List.of(0.75));
  private long ordinal;

  /// A week in which the frozen model sees a fraud less often than the serving one.
  private void week(int number) {
    for (int i = 0; i < 7 * A_DAY; i++) {
      long at = (number - 1) * WeeklyLedger.WEEK.toMillis() + i * STEP;
      boolean fraud = random.nextInt(25) == 0;
      double seen = random.nextDouble() * (fraud ? 1.0 : 0.8);
      double dull = fraud && random.nextBoolean() ? random.nextDouble() * 0.8 : seen;
      long card = random.nextInt(CARDS);
      ledger.decided(
          new LiveDecision(
              ordinal,
              at,
              card,
              10 + random.nextInt(90),
              new LiveDecision.Scores(seen, dull),
              verdict(serving, at, card, seen),
              verdict(frozen, at, card, dull)),
          "v1");
      ledger.outcome(ordinal++, Truth.of(fraud, true));
    }
  }

  private static LiveDecision.Verdict verdict(
      AlertThreshold threshold, long at, long card, double score) {
    threshold.advance(at);
    boolean stops = (float) score >= threshold.value();
    boolean isFirst = threshold.scored(card, (float) score);
    return isFirst
        ? LiveDecision.Verdict.ALERTED
        : stops ? LiveDecision.Verdict.STOPPED : LiveDecision.Verdict.PASSED;
  }

  private WeekSample closed(int number) {
    ledger.close(number * WeeklyLedger.WEEK.toMillis());
    return ledger.sample(number).orElseThrow();
  }

  @Test
  void givesTheNumbersOfTheSummaryWithIntervalsAroundThem() {
    week(1);
    WeekFigures figures = closed(1).figures(7, 200);
    WeekSummary summary = ledger.weeks().getFirst();
    assertThat(figures.averagePrecision().learning().value())
        .isCloseTo(summary.ranking().averagePrecision(), within(1e-9));
    assertThat(figures.averagePrecision().frozen().value())
        .isCloseTo(summary.ranking().frozen(), within(1e-9));
    assertThat(figures.precision().learning().value()).isEqualTo(summary.counts().precision());
    assertThat(figures.recall().learning().value()).isEqualTo(summary.ranking().recall());
    assertThat(figures.saved().learning().value())
        .isCloseTo(summary.saved().serving(), within(1e-6));
    assertThat(figures.saved().frozen().value()).isCloseTo(summary.saved().frozen(), within(1e-6));
    for (WeekFigures.Compared number :
        List.of(
            figures.averagePrecision(), figures.precision(), figures.recall(), figures.saved())) {
      assertThat(number.learning().interval().contains(number.learning().value())).isTrue();
      assertThat(number.difference().value())
          .isCloseTo(number.learning().value() - number.frozen().value(), within(1e-9));
    }
    assertThat(figures.recall().difference().interval().low())
        .as("the frozen model misses half of what it could see")
        .isPositive();
    assertThat(
            figures.recall().difference().interval().high()
                - figures.recall().difference().interval().low())
        .isPositive();
    assertThat(closed(1).figures(7, 200)).isEqualTo(figures);
  }

  @Test
  void saysWithinWhatAlertsAndMoneyLieAlsoOfAWeekThatIsOpen() {
    week(1);
    WeekRanges open = ledger.openSamples().getFirst().ranges(7, 200);
    WeekSample week = closed(1);
    WeekSummary summary = ledger.weeks().getFirst();
    assertThat(open).as("all of it was known").isEqualTo(week.ranges(7, 200));
    assertThat(open.alerts().contains(summary.counts().alerts())).isTrue();
    assertThat(open.alerts().high() - open.alerts().low()).isPositive();
    assertThat(open.saved()).isEqualTo(week.figures(7, 200).saved().learning().interval());
  }

  @Test
  void staysAsItWasWhileTheWeekGoesOn() {
    week(1);
    WeekSample before = closed(1);
    WeekSample.Missed missed = before.missed();
    WeekSample.Wrong dearest = before.missed(1).getFirst();
    ledger.outcome(dearest.ordinal(), Truth.NEGATIVE);
    assertThat(before.missed()).isEqualTo(missed);
    WeekSample after = ledger.sample(1).orElseThrow();
    assertThat(after.lateOutcomes()).isEqualTo(1);
    assertThat(after.missed().count()).isEqualTo(missed.count() - 1);
    assertThat(after.missed().cost()).isCloseTo(missed.cost() - dearest.amount(), within(1e-6));
    assertThat(ledger.sample(2)).isEmpty();
  }

  @Test
  void namesWhatWentWrongDearestFirst() {
    week(1);
    WeekSample week = closed(1);
    assertThat(week.missed(5))
        .isSortedAccordingTo((a, b) -> Double.compare(b.amount(), a.amount()))
        .allSatisfy(one -> assertThat(one.score()).isLessThan(1));
    WeekSummary.Counts counts = ledger.weeks().getFirst().counts();
    assertThat(week.disturbed().alerts()).isEqualTo(counts.alerts() - counts.rightAlerts());
    assertThat(week.falseAlerts(Integer.MAX_VALUE)).hasSize(week.disturbed().alerts());
    assertThat(week.disturbed().entities()).isBetween(week.disturbed().again(), CARDS);
  }

  @Test
  void hasNoNumbersWhereNothingHappened() {
    week(1);
    WeekSample quiet = closed(2);
    WeekFigures figures = quiet.figures(7, 100);
    assertThat(quiet.size()).isZero();
    assertThat(figures.averagePrecision().learning().value()).isNaN();
    assertThat(figures.precision().learning().value()).isNaN();
    assertThat(figures.saved().learning().value()).isZero();
    assertThat(quiet.missed().count()).isZero();
    assertThat(quiet.disturbed().alerts()).isZero();
  }

  @Test
  void countsOfAnOpenWeekOnlyWhatIsKnown() {
    ledger.decided(
        new LiveDecision(
            0,
            0,
            1,
            10,
            new LiveDecision.Scores(0.9, 0.9),
            LiveDecision.Verdict.ALERTED,
            LiveDecision.Verdict.ALERTED),
        "v1");
    assertThat(ledger.openSamples()).hasSize(1);
    assertThat(ledger.openSamples().getFirst().disturbed().alerts()).isZero();
    ledger.outcome(0, Truth.NEGATIVE);
    assertThat(ledger.openSamples().getFirst().disturbed().alerts()).isEqualTo(1);
  }

  @Test
  void triesOtherNumbersOfAlerts() {
    IntStream.rangeClosed(1, 3).forEach(this::week);
    closed(3);
    List<WeekSample> samples =
        IntStream.rangeClosed(1, 3).mapToObj(n -> ledger.sample(n).orElseThrow()).toList();
    WhatIf whatIf = WhatIf.of(samples, List.of(5, 10, 20, 40));
    assertThat(whatIf.weeks()).containsExactly(2, 3);
    assertThat(whatIf.days()).isEqualTo(14);
    assertThat(whatIf.points())
        .extracting(WhatIf.Point::stopped)
        .isSorted()
        .doesNotHaveDuplicates();
    assertThat(whatIf.points()).extracting(WhatIf.Point::alerts).isSorted();
    WhatIf.Point asServed = whatIf.points().get(2);
    assertThat(asServed.alerts())
        .as("the threshold of the served number, learnt from the same days, does the same")
        .isEqualTo(whatIf.actual().alerts());
    assertThat(asServed.saved()).isCloseTo(whatIf.actual().saved(), within(1e-6));
    assertThat(WhatIf.of(List.of(), List.of(5))).isEqualTo(WhatIf.NONE);
  }
}
