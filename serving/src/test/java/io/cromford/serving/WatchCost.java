package io.cromford.serving;

import io.cromford.flywheel.ScoreBins;
import io.cromford.flywheel.monitor.FeatureForm;
import io.cromford.training.Scored;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Prints the nanoseconds of CPU that monitors cost a decision: the day's counts of sources,
/// decisions, and 26 features by bin.
final class WatchCost {
  private static final int FEATURES = 26;
  private static final int ROWS = 16_000;
  private static final int ROUNDS = 100;

  private WatchCost() {}

  /// Warms up, then prints the best of five runs of each part.
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("watch-cost");
    try (ServedFeatures served = new ServedFeatures(folder.resolve("served.f64"), FEATURES)) {
      List<FeatureForm> forms = fill(served);
      FeatureDay day = new FeatureDay();
      SourceDays sources = new SourceDays();
      DecisionDay decisions = new DecisionDay(List.of());
      Crew crew = new Crew();
      Control promoted =
          new Control.Promoted(
              "m", "m", 0, 0, List.of(), ScoreBins.of(scores()), "the first", "factory");
      crew.take(promoted);
      decisions.control(promoted, crew);
      DecisionRecord decision =
          new DecisionRecord(
              0,
              new DecisionRecord.Answer(0, 0.01, 0.5, Action.PASS),
              0.01,
              new DecisionRecord.Features(0, 0, List.of()),
              Reasons.NONE,
              List.of());
      print(
          "features, read and sorted into bins",
          () -> {
            day.begin(forms, 0);
            day.count(served);
          });
      print(
          "sources",
          () -> {
            for (int i = 0; i < ROWS; i++) {
              sources.accepted("payments", i, i, i);
            }
          });
      print(
          "decisions",
          () -> {
            for (int i = 0; i < ROWS; i++) {
              decisions.decided(decision, i);
            }
          });
    }
  }

  private static Scored scores() {
    SplittableRandom random = new SplittableRandom(7);
    float[] scores = new float[1000];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = (float) Math.pow(random.nextDouble(), 8);
    }
    return Scored.of(scores, new boolean[scores.length]);
  }

  /// Half of the features vary evenly, the others are counts.
  private static List<FeatureForm> fill(ServedFeatures served) {
    SplittableRandom random = new SplittableRandom(7);
    double[][] sample = new double[FEATURES][ROWS];
    double[] row = new double[FEATURES];
    for (int i = 0; i < ROWS; i++) {
      for (int j = 0; j < FEATURES; j++) {
        double value = random.nextDouble();
        row[j] = random.nextInt(20) == 0 ? Double.NaN : j % 2 == 0 ? value : (int) (9 * value);
        sample[j][i] = row[j];
      }
      served.append(new ServedFeatures.Facts(i, i, 0), row, 0);
    }
    List<FeatureForm> forms = new ArrayList<>();
    for (int j = 0; j < FEATURES; j++) {
      forms.add(FeatureForm.of("f" + j, 0, sample[j]));
    }
    return forms;
  }

  private static void print(String what, Runnable work) {
    double best = Double.MAX_VALUE;
    for (int run = 0; run < 6; run++) {
      long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      for (int round = 0; round < ROUNDS; round++) {
        work.run();
      }
      long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
      best = Math.min(best, nanos / (double) (ROWS * ROUNDS));
    }
    System.out.printf("%-40s %6.1f ns a decision%n", what, best);
  }
}
