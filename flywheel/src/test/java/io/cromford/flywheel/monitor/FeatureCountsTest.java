package io.cromford.flywheel.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FeatureCountsTest {
  @Test
  void countsEachValueInItsBin() {
    FeatureForm form = new FeatureForm("f", 0, List.of(0.0, 1.0, 2.5));
    FeatureCounts counts = new FeatureCounts(List.of(form, new FeatureForm("empty", 0, List.of())));
    double[] values = {
      Double.NaN, -0.5, 0, 0.99, 1, 2.5, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
    };
    for (double value : values) {
      counts.add(new double[] {value, value});
    }
    assertThat(counts.toLists()).containsExactly(List.of(1, 2, 2, 1, 2), List.of(1, 7));
    assertThat(counts.rows()).isEqualTo(8);
  }

  @Test
  void aSampleLiesWithinItsBins() {
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      int levels = 1 + random.nextInt(200);
      double[] sample = random.doubles(500).map(value -> (int) (levels * value)).toArray();
      FeatureForm form = FeatureForm.of("f", 0, sample);
      FeatureCounts counts = new FeatureCounts(List.of(form));
      for (double value : sample) {
        counts.add(new double[] {value});
      }
      List<Integer> bins = new ArrayList<>(counts.toLists().getFirst());
      assertThat(bins).as("seed %d", seed).hasSize(form.bins());
      assertThat(bins.getFirst() + bins.get(1) + bins.getLast()).as("seed %d", seed).isZero();
      assertThat(bins.stream().mapToInt(count -> count).sum()).isEqualTo(500);
    }
  }
}
