package io.cromford.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.cromford.core.Cases;
import io.cromford.core.CromfordException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LogisticModelTest {
  private static final LogisticModel MODEL =
      new LogisticModel(new double[] {1, -2}, 0.5, new double[] {10, 0}, new double[] {2, 4});

  @Test
  void weighsStandardisedValues() {
    float[] rows = {0, 12, 8};
    assertThat(MODEL.contributions(new float[] {12, 8})).containsExactly(1, -4, 0.5);
    assertThat(MODEL.margin(rows, 1)).isEqualTo(-2.5f);
    assertThat(MODEL.score(rows, 1)).isCloseTo(1 / (1 + Math.exp(2.5)), within(1e-15));
  }

  @Test
  void takesTheMeanForAMissingValue() {
    assertThat(MODEL.contributions(new float[] {Float.NaN, Float.NaN})).containsExactly(0, 0, 0.5);
  }

  @Test
  void isTheSameAfterWritingAndReading() {
    Cases.check(100, LogisticModelTest::writesAndReads);
  }

  private static void writesAndReads(SplittableRandom random) {
    int features = 1 + random.nextInt(20);
    LogisticModel model =
        new LogisticModel(
            numbers(random, features),
            random.nextGaussian(),
            numbers(random, features),
            Arrays.stream(numbers(random, features)).map(x -> Math.abs(x) + 1e-300).toArray());
    LogisticModel read = LogisticModel.read(model.toJson(), "logistic.json");
    float[] rows = new float[3 * features];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = random.nextInt(5) == 0 ? Float.NaN : (float) random.nextGaussian();
    }
    double[] scores = new double[3];
    model.scoreAll(rows, 3, scores);
    for (int i = 0; i < 3; i++) {
      assertThat(read.score(rows, i * features)).isEqualTo(scores[i]).isBetween(0.0, 1.0);
    }
    assertThat(read.toJson()).isEqualTo(model.toJson());
  }

  private static double[] numbers(SplittableRandom random, int count) {
    return random
        .doubles(count)
        .map(x -> (x - 0.5) * Math.pow(10, random.nextInt(-20, 20)))
        .toArray();
  }

  @Test
  void refusesWhatIsNotAModel() {
    String good = new String(MODEL.toJson(), UTF_8);
    assertRefused("[]", "is not a JSON object");
    assertRefused("{}", "lacks the array `weights`");
    assertRefused(good.replace("[1.0,-2.0]", "[1.0]"), "1 weights, 2 means, 2 deviations");
    assertRefused(good.replace("[1.0,-2.0]", "[1.0,\"x\"]"), "something else than a number");
    assertRefused(good.replace("4.0", "0"), "deviations above 0");
    assertRefused(good.replace("-2.0", "1e999"), "must be finite");
    assertRefused(good.replace("0.5", "true"), "lacks the number `bias`");
    assertRefused(good + "x", "is not JSON");
    assertRefused(good + "{}", "goes on after its end");
  }

  private static void assertRefused(String json, String message) {
    assertThatThrownBy(() -> LogisticModel.read(json.getBytes(UTF_8), "logistic.json"))
        .isInstanceOf(CromfordException.class)
        .hasMessageStartingWith("logistic.json: ")
        .hasMessageContaining(message);
  }
}
