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
              features.append(row);
            }
            features.flush();
            int from = random.nextInt(rows.size());
            int count = random.nextInt(rows.size() - from + 1);
            double[] out = new double[count * width];
            features.read(from, count, out);
            for (int i = 0; i < out.length; i++) {
              double expected = rows.get(from + i / width)[i % width];
              assertThat(Double.doubleToLongBits(out[i]))
                  .isEqualTo(Double.doubleToLongBits(expected));
            }
          }
        });
  }
}
