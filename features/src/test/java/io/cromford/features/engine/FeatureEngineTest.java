package io.cromford.features.engine;

import static io.cromford.features.plan.Aggregate.Function.AVG;
import static io.cromford.features.plan.Aggregate.Function.COUNT;
import static io.cromford.features.plan.Aggregate.Function.COUNT_DISTINCT;
import static io.cromford.features.plan.Aggregate.Function.STDDEV;
import static io.cromford.features.plan.Aggregate.Function.SUM;
import static org.assertj.core.api.Assertions.assertThat;

import io.cromford.core.Cases;
import io.cromford.core.ColumnType;
import io.cromford.features.engine.Streams.Arrival;
import io.cromford.features.plan.Aggregate;
import io.cromford.features.plan.FeaturePlan;
import io.cromford.features.plan.Window;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureEngineTest {
  private static final long LONGEST = 1000;

  @TempDir Path folder;

  @Test
  void computesWhatBruteForceComputes() {
    Cases.check(
        120,
        random -> {
          FeaturePlan plan = Plans.random(random, LONGEST);
          boolean late = random.nextInt(4) > 0;
          List<Arrival> stream = Streams.random(random, 150, random.nextInt(2, 60), LONGEST, late);
          assertSame(plan, naive(plan, stream), live(plan, stream, cacheBytes(random)));
        });
  }

  @Test
  void historyGivesTheBitsOfLive() {
    Cases.check(
        60,
        random -> {
          FeaturePlan plan = Plans.random(random, LONGEST);
          List<Arrival> stream =
              Streams.random(random, 1500, random.nextInt(2, 10), LONGEST, random.nextBoolean());
          List<double[]> live = live(plan, stream, cacheBytes(random));
          List<double[]> history = history(plan, stream, cacheBytes(random));
          assertThat(history).hasSameSizeAs(live);
          for (int i = 0; i < live.size(); i++) {
            assertThat(Arrays.equals(history.get(i), live.get(i)))
                .as("row %d: %s and %s", i, history.get(i), live.get(i))
                .isTrue();
          }
        });
  }

  @Test
  void givesTheSameBitsWithoutMemoryForRecentRows() {
    Cases.check(
        4,
        random -> {
          FeaturePlan plan = Plans.random(random, 20 * LONGEST);
          List<Arrival> stream = Streams.random(random, 30_000, 5, LONGEST, true);
          List<double[]> live = live(plan, stream, 1 << 24);
          List<double[]> history = history(plan, stream, 0);
          for (int i = 0; i < live.size(); i++) {
            assertThat(Arrays.equals(history.get(i), live.get(i))).as("row %d", i).isTrue();
          }
        });
  }

  /// An outcome that comes when its row has left every frame is in that of a row that comes late.
  @Test
  void aLateRowSeesOutcomesOfRowsThatHaveLeft() {
    Cases.check(
        60,
        random -> {
          Window window = new Window(List.of(Plans.CARD), 10, 0, random.nextBoolean());
          List<Aggregate> aggregates = new ArrayList<>();
          for (Aggregate.Function function : Aggregate.Function.values()) {
            boolean counts = EnumSet.of(COUNT, COUNT_DISTINCT).contains(function);
            boolean isMean = EnumSet.of(AVG, STDDEV).contains(function);
            ColumnType type =
                counts ? ColumnType.BIGINT : isMean ? ColumnType.DOUBLE : sumOr(function);
            aggregates.add(new Aggregate(function, Plans.column(Plans.LOSS), null, 0, type));
          }
          FeaturePlan plan = Plans.plan(List.of(window), aggregates, List.of());
          List<Arrival> stream = Streams.random(random, 60, 6, 12, true);
          assertSame(plan, naive(plan, stream), live(plan, stream, cacheBytes(random)));
        });
  }

  private static ColumnType sumOr(Aggregate.Function function) {
    return function == SUM ? ColumnType.decimal(18, 2) : Plans.MONEY;
  }

  private List<double[]> naive(FeaturePlan plan, List<Arrival> stream) {
    NaiveFold fold = new NaiveFold(plan);
    List<double[]> features = new ArrayList<>();
    for (Arrival arrival : stream) {
      if (arrival.isOutcome()) {
        fold.outcome(arrival.ordinal(), arrival.row());
      } else {
        features.add(fold.observe(arrival.row(), arrival.eventMillis()));
      }
    }
    return features;
  }

  /// So little that a late row's frames begin before what is looked back, or enough, or none.
  private static int cacheBytes(SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0 -> 0;
      case 1 -> 1 << 20;
      default -> random.nextInt(1 << 16);
    };
  }

  private List<double[]> live(FeaturePlan plan, List<Arrival> stream, int cacheBytes) {
    try (FeatureEngine engine = FeatureEngine.open(plan, folder.resolve("live"), cacheBytes)) {
      LiveDriver driver = new LiveDriver(engine);
      List<double[]> features = new ArrayList<>();
      for (Arrival arrival : stream) {
        if (arrival.isOutcome()) {
          driver.outcome(arrival.ordinal(), arrival.row());
        } else {
          features.add(driver.observe(arrival.row(), arrival.eventMillis()).clone());
        }
      }
      return features;
    }
  }

  private List<double[]> history(FeaturePlan plan, List<Arrival> stream, int cacheBytes) {
    try (FeatureEngine engine = FeatureEngine.open(plan, folder.resolve("history"), cacheBytes)) {
      List<double[]> features = new ArrayList<>();
      int width = engine.featureCount();
      HistoryDriver driver =
          new HistoryDriver(
              engine,
              (first, rows, values) -> {
                assertThat(first).isEqualTo(features.size());
                for (int i = 0; i < rows; i++) {
                  features.add(Arrays.copyOfRange(values, i * width, (i + 1) * width));
                }
              });
      for (Arrival arrival : stream) {
        if (arrival.isOutcome()) {
          driver.outcome(arrival.ordinal(), arrival.row());
        } else {
          driver.observe(arrival.row(), arrival.eventMillis());
        }
      }
      driver.flush();
      return features;
    }
  }

  private static void assertSame(FeaturePlan plan, List<double[]> expected, List<double[]> actual) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      for (int j = 0; j < expected.get(i).length; j++) {
        double want = expected.get(i)[j];
        double got = actual.get(i)[j];
        assertThat(isSame(plan, j, want, got))
            .as(
                "row %d, feature %d: %s for %s in %s",
                i, j, got, want, j < plan.aggregates().size() ? plan.aggregates().get(j) : "mixed")
            .isTrue();
      }
    }
  }

  /// The same bits, but for deviations, which are rounded more than once.
  private static boolean isSame(FeaturePlan plan, int feature, double want, double got) {
    boolean deviation =
        plan.aggregates().stream().anyMatch(a -> a.function() == Aggregate.Function.STDDEV)
            && (feature >= plan.aggregates().size()
                || plan.aggregates().get(feature).function() == Aggregate.Function.STDDEV);
    if (deviation && !Double.isNaN(want)) {
      return Math.abs(got - want) <= 1e-14 * Math.abs(want);
    }
    return Double.doubleToLongBits(want) == Double.doubleToLongBits(got) || (want == 0 && got == 0);
  }
}
