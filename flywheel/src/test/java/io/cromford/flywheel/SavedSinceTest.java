package io.cromford.flywheel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SavedSinceTest {
  private static final WeeklyLedger LEDGER = ClosingReportTest.ledger();
  private static final List<WeekSample> WEEKS =
      IntStream.rangeClosed(1, 6).boxed().flatMap(week -> LEDGER.sample(week).stream()).toList();

  private static SavedSince saved(long from, long until) {
    return SavedSince.of(WEEKS, from, until, 7).orElseThrow();
  }

  private static double sum(int fromWeek, ToDoubleFunction<WeekSummary> money) {
    return LEDGER.weeks().stream()
        .filter(week -> week.number() >= fromWeek)
        .mapToDouble(money)
        .sum();
  }

  @Test
  void fromAWeeksBeginningOnIsWhatTheWeeksCameTo() {
    for (int week = 1; week <= 5; week++) {
      SavedSince saved = saved(LEDGER.untilMillis(week - 1), Long.MAX_VALUE);
      assertThat(saved.untilMillis()).isEqualTo(LEDGER.untilMillis(5));
      assertThat(saved.saved().learning().value())
          .isEqualTo(sum(week, one -> one.saved().serving()), within(1e-6));
      assertThat(saved.saved().frozen().value())
          .isEqualTo(sum(week, one -> one.saved().frozen()), within(1e-6));
      assertThat(saved.saved().difference().interval().contains(saved.saved().difference().value()))
          .isTrue();
    }
  }

  @Test
  void aMomentWithinAWeekDividesIt() {
    long third = LEDGER.untilMillis(2);
    long middle = third + 100_000_000;
    SavedSince before = saved(third, middle);
    SavedSince after = saved(middle, Long.MAX_VALUE);
    SavedSince both = saved(third, Long.MAX_VALUE);
    assertThat(before.untilMillis()).isEqualTo(middle);
    assertThat(before.decisions() + after.decisions()).isEqualTo(both.decisions());
    assertThat(before.saved().difference().value() + after.saved().difference().value())
        .isEqualTo(both.saved().difference().value(), within(1e-6));
  }

  @Test
  void whatIsNotMatureDoesNotCount() {
    assertThat(SavedSince.of(WEEKS, LEDGER.untilMillis(5), Long.MAX_VALUE, 7))
        .isEqualTo(Optional.empty());
    assertThat(SavedSince.of(List.of(), 0, Long.MAX_VALUE, 7)).isEmpty();
  }
}
