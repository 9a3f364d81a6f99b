package io.cromford.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CardSumsTest {
  private static Scored rows(int cards, int each) {
    int size = cards * each;
    float[] scores = new float[size];
    boolean[] positives = new boolean[size];
    long[] entities = new long[size];
    Random random = new Random(3);
    for (int row = 0; row < size; row++) {
      entities[row] = row % cards;
      positives[row] = random.nextInt(4) == 0;
    }
    return Scored.of(scores, positives, entities, new long[size], new float[size]);
  }

  @Test
  void givesTheSumsAndShares() {
    Scored rows = rows(500, 3);
    List<Estimate> estimates =
        CardSums.of(
                rows,
                2,
                (row, into) -> {
                  into[0] = rows.positive(row) ? 1 : 0;
                  into[1] = 1;
                })
            .estimates(List.of(sums -> sums[0], sums -> sums[0] / sums[1]), 7, 500);
    assertThat(estimates.get(0).value()).isEqualTo(rows.positives());
    double share = (double) rows.positives() / rows.size();
    assertThat(estimates.get(1).value()).isEqualTo(share);
    Interval interval = estimates.get(1).interval(0.95);
    double half = 1.96 * Math.sqrt(share * (1 - share) / rows.size());
    assertThat(interval.high() - interval.low())
        .as("independent rows: about as wide as the normal interval of a share")
        .isCloseTo(2 * half, within(0.2 * 2 * half));
  }

  /// Rows of one card are not independent: their interval is wider than their number says.
  @Test
  void resamplesCardsAndNotRows() {
    Scored rows = rows(60, 1);
    Estimate once = positives(rows, 1);
    Estimate tenfold = positives(rows, 10);
    assertThat(tenfold.interval(0.9).high() - tenfold.interval(0.9).low())
        .isCloseTo(10 * (once.interval(0.9).high() - once.interval(0.9).low()), within(1e-9));
  }

  private static Estimate positives(Scored rows, int weight) {
    return CardSums.of(rows, 1, (row, into) -> into[0] = rows.positive(row) ? weight : 0)
        .estimates(List.of(sums -> sums[0]), 7, 300)
        .getFirst();
  }

  @Test
  void hasNoIntervalWithoutRows() {
    Scored none = Scored.of(new float[0], new boolean[0]);
    Estimate estimate =
        CardSums.of(none, 2, (_, _) -> {}).estimates(List.of(s -> s[0] / s[1]), 7, 10).getFirst();
    assertThat(estimate.value()).isNaN();
    assertThat(estimate.interval(0.95).low()).isNaN();
  }
}
