package io.cromford.flywheel.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import java.util.Random;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;

class UsualTest {
  private static final int MONITORS = 60;
  private static final int SERIES = 12;
  private static final int YEARS = 5;

  /// How often sixty monitors together find a day unusual, a month, days in a row counting once and
  /// no least deviation helping.
  private static double alarmsAMonth(AlarmBudget budget, LongToDoubleFunction... series) {
    double limit = budget.limits(MONITORS).twoSided();
    int alarms = 0;
    for (LongToDoubleFunction one : series) {
      Usual usual = new Usual();
      boolean before = false;
      for (long day = 0; day < 365L * YEARS; day++) {
        double value = one.applyAsDouble(day);
        Optional<Usual.Expected> expected = usual.expected(day);
        boolean now =
            expected.isPresent()
                && Math.abs(value - expected.get().centre()) > expected.get().reach(limit, 0);
        alarms += now && !before ? 1 : 0;
        before = now;
        usual.add(day, value);
      }
    }
    return alarms * (double) MONITORS / series.length / (12.0 * YEARS);
  }

  private static LongToDoubleFunction[] series(double persistence, double heavy) {
    LongToDoubleFunction[] series = new LongToDoubleFunction[SERIES];
    for (int i = 0; i < SERIES; i++) {
      Random random = new Random(i);
      double[] level = new double[1];
      series[i] =
          day -> {
            double shock = random.nextGaussian() * (random.nextDouble() < heavy ? 3 : 1);
            level[0] = persistence * level[0] + Math.sqrt(1 - persistence * persistence) * shock;
            return 3 * Math.sin((double) Math.floorMod(day, 7L)) + level[0];
          };
    }
    return series;
  }

  @Test
  void keepsToTheBudgetWhateverTheNoise() {
    AlarmBudget budget = new AlarmBudget(1);
    assertThat(alarmsAMonth(budget, series(0, 0))).as("independent").isLessThanOrEqualTo(1);
    assertThat(alarmsAMonth(budget, series(0.9, 0))).as("persistent").isLessThanOrEqualTo(1);
    assertThat(alarmsAMonth(budget, series(0, 0.05))).as("heavy tails").isLessThanOrEqualTo(1);
    assertThat(alarmsAMonth(budget, series(0.7, 0.02))).as("both").isLessThanOrEqualTo(1);
  }

  @Test
  void quantilesAreThoseOfATable() {
    assertThat(AlarmBudget.quantile(0.05)).isEqualTo(2.015, within(0.001));
    assertThat(AlarmBudget.quantile(0.0005)).isEqualTo(6.869, within(0.001));
  }
}
