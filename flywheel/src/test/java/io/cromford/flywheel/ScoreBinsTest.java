package io.cromford.flywheel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.cromford.training.Scored;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class ScoreBinsTest {
  private static Scored drawn(long seed, int rows, double exponent) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] scores = new float[rows];
    for (int row = 0; row < rows; row++) {
      scores[row] = (float) Math.pow(random.nextDouble(), exponent);
    }
    return Scored.of(scores, new boolean[rows]);
  }

  private static ScoreWatch.Seen watch(ScoreBins bins, Scored rows) {
    ScoreWatch watch = new ScoreWatch(bins);
    for (int row = 0; row < rows.size(); row++) {
      watch.add(rows.score(row));
    }
    return watch.seen();
  }

  @Test
  void tellsAShiftFromChance() {
    ScoreBins bins = ScoreBins.of(drawn(1, 20_000, 4));
    assertThat(bins.size()).isEqualTo(8);
    assertThat(bins.shares().stream().mapToDouble(share -> share).sum()).isCloseTo(1, within(1e-9));
    assertThat(watch(bins, drawn(2, 10_000, 4)).shift()).isLessThan(0.01);
    assertThat(watch(bins, drawn(2, 10_000, 2)).shift()).isGreaterThan(0.25);
  }

  @Test
  void countsWhatIsNoProbability() {
    ScoreWatch watch = new ScoreWatch(ScoreBins.of(drawn(1, 100, 1)));
    assertThat(watch.seen().shift()).isNaN();
    watch.add(0.5);
    watch.add(Double.NaN);
    watch.add(1.5);
    assertThat(watch.seen().scores()).isEqualTo(3);
    assertThat(watch.seen().unfit()).isEqualTo(2);
  }

  @Test
  void makesOneBinOfScoresThatNeverChange() {
    ScoreBins bins = ScoreBins.of(Scored.of(new float[] {0.5f, 0.5f}, new boolean[2]));
    assertThat(bins.size()).isEqualTo(1);
    assertThat(bins.stabilityIndex(new long[] {9})).isZero();
    assertThatThrownBy(() -> new ScoreBins(List.of(0.5), List.of(1.0)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
