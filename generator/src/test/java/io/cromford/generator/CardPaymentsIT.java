package io.cromford.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.cromford.generator.CardPayments.Parameters;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The figures an independent generator of the published description comes out at: mean and
/// deviation over eight seeds. A deviation of eight is itself uncertain by a quarter, so a mean may
/// be two of them off, a single run five.
class CardPaymentsIT {
  private static final int SEEDS = 8;
  private static List<Statistics> runs;

  private record Figure(
      String name, double mean, double deviation, ToDoubleFunction<Statistics> of) {}

  private static final List<Figure> FIGURES =
      List.of(
          new Figure("rows", 1_776_993, 8_809, Statistics::rows),
          new Figure("frauds", 15_046, 191, Statistics::frauds),
          new Figure("frauds by amount", 1_002, 62, s -> s.byScenario().get(1)),
          new Figure("frauds by terminal", 9_322, 112, s -> s.byScenario().get(2)),
          new Figure("frauds by card", 4_722, 148, s -> s.byScenario().get(3)),
          new Figure("mean amount", 54.34, 0.69, Statistics::meanAmount),
          new Figure("deviation of the amount", 42.5, 0.3, Statistics::amountDeviation),
          new Figure("frauds a day once settled", 87.5, 1.2, Statistics::settledFraudsADay),
          new Figure("rows a day once settled", 9_710, 48, Statistics::settledRowsADay));

  @BeforeAll
  static void generates() {
    runs =
        LongStream.range(0, SEEDS)
            .mapToObj(seed -> Statistics.of(CardPayments.generate(Parameters.full(seed))))
            .toList();
  }

  @TestFactory
  List<DynamicTest> comesOutAtThePublishedFigures() {
    return FIGURES.stream()
        .map(figure -> DynamicTest.dynamicTest(figure.name(), () -> check(figure)))
        .toList();
  }

  private static void check(Figure figure) {
    double mean = runs.stream().mapToDouble(figure.of()).average().orElseThrow();
    assertThat(mean)
        .as("mean over %d seeds", SEEDS)
        .isCloseTo(figure.mean(), within(2 * figure.deviation()));
    assertThat(runs)
        .allSatisfy(run ->
            assertThat(figure.of().applyAsDouble(run))
                .isCloseTo(figure.mean(), within(5 * figure.deviation())));
  }

  /// Of the published file itself, so within its own chance.
  @Test
  void hasThePublishedQuantilesOfAmounts() {
    double[] published = {1.97, 6.00, 21.01, 44.64, 76.95, 130.94, 171.59};
    for (int i = 0; i < published.length; i++) {
      int quantile = i;
      assertThat(runs)
          .as("quantile " + Statistics.SHARES.get(i))
          .allSatisfy(run ->
              assertThat(run.amountQuantiles().get(quantile))
                  .isCloseTo(published[quantile], withinPercentage(8)));
    }
  }
}
