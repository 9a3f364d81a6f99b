package io.cromford.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.cromford.core.Cases;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServedFeaturesTest {
  @TempDir Path folder;

  @Test
  void readsTheRowsThatWereAppended() {
    Cases.check(
        20,
        random -> {
          int width = random.nextInt(1, 7);
          List<double[]> rows = new ArrayList<>();
          try (ServedFeatures features = new ServedFeatures(folder.resolve("f"), width)) {
            for (int i = 0; i < random.nextInt(1, 5000); i++) {
              double[] row = random.doubles(width).toArray();
              row[0] = i % 7 == 0 ? Double.NaN : row[0];
              rows.add(row);
              features.append(new ServedFeatures.Facts(i, -i, 0.5 * i), row, 0);
            }
            features.flush();
            int from = random.nextInt(rows.size());
            int until = random.nextInt(from, rows.size() + 1);
            List<Long> seen = new ArrayList<>();
            features.read(
                from,
                until,
                (ordinal, facts, values) -> {
                  seen.add(ordinal);
                  assertThat(facts)
                      .isEqualTo(new ServedFeatures.Facts(ordinal, -ordinal, 0.5 * ordinal));
                  assertThat(ServedFeatures.hash(values, 0, width))
                      .isEqualTo(ServedFeatures.hash(rows.get((int) ordinal), 0, width));
                });
            assertThat(seen).hasSize(until - from);
          }
        });
  }
}
