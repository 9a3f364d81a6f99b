package io.cromford.generator;

import java.util.Arrays;
import java.util.List;

/// What the published description gives as figures.
///
/// @param byScenario payments by scenario, 0 (honest) to 3
/// @param amountQuantiles as many as [#SHARES]
record Statistics(
    int rows,
    List<Integer> byScenario,
    double meanAmount,
    double amountDeviation,
    double settledFraudsADay,
    double settledRowsADay,
    List<Double> amountQuantiles) {
  /// The shares of payments below the quantiles.
  static final List<Double> SHARES = List.of(.01, .05, .25, .5, .75, .95, .99);

  /// Until then the frauds of a day still grow.
  private static final int SETTLED_FROM_DAY = 30;

  static Statistics of(Payments payments) {
    int[] byScenario = new int[4];
    int settledRows = 0;
    int settledFrauds = 0;
    int[] cents = new int[payments.size()];
    for (int i = 0; i < payments.size(); i++) {
      byScenario[payments.scenario(i)]++;
      cents[i] = payments.cents(i);
      if (payments.day(i) >= SETTLED_FROM_DAY) {
        settledRows++;
        settledFrauds += payments.isFraud(i) ? 1 : 0;
      }
    }
    Arrays.sort(cents);
    double mean = Arrays.stream(cents).average().orElseThrow() / 100;
    double variance =
        Arrays.stream(cents).mapToDouble(c -> (c / 100.0 - mean) * (c / 100.0 - mean)).sum()
            / (cents.length - 1);
    double settledDays = payments.days() - SETTLED_FROM_DAY;
    return new Statistics(
        cents.length,
        Arrays.stream(byScenario).boxed().toList(),
        mean,
        Math.sqrt(variance),
        settledFrauds / settledDays,
        settledRows / settledDays,
        SHARES.stream().map(share -> cents[(int) (share * (cents.length - 1))] / 100.0).toList());
  }

  int frauds() {
    return rows - byScenario.getFirst();
  }
}
