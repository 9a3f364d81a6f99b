package io.cromford.model;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;

/// Prints the nanoseconds of CPU per score of 200 trees, beside XGBoost4J's own prediction.
final class ScoringCost {
  private static final int FEATURES = 30;
  private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();
  private static final int ROWS = 20_000;

  private ScoringCost() {}

  /// Trains, scores, prints one line per depth.
  public static void main(String[] arguments) throws Exception {
    System.out.println(
        "trees x depth, ns per row: one by one | 1,024 at once | plain walk |"
            + " contributions | XGBoost4J one by one | XGBoost4J 1,024 at once");
    for (int depth : new int[] {4, 6}) {
      measure(depth);
    }
  }

  private static void measure(int depth) throws Exception {
    SplittableRandom random = new SplittableRandom(depth);
    float[] rows = new float[ROWS * FEATURES];
    float[] labels = new float[ROWS];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = random.nextInt(20) == 0 ? Float.NaN : (float) random.nextGaussian();
    }
    for (int i = 0; i < ROWS; i++) {
      double sum = 0;
      for (int j = 0; j < 8; j++) {
        float x = rows[i * FEATURES + j];
        sum += Float.isNaN(x) ? 0 : Math.sin(3 * x);
      }
      labels[i] = sum + random.nextGaussian() > 2 ? 1 : 0;
    }
    DMatrix matrix = new DMatrix(rows, ROWS, FEATURES, Float.NaN);
    matrix.setLabel(labels);
    Map<String, Object> parameters =
        Map.of(
            "objective",
            "binary:logistic",
            "nthread",
            1,
            "max_depth",
            depth,
            "eta",
            0.1,
            "min_child_weight",
            0);
    Booster booster = XGBoost.train(matrix, parameters, 200, Map.of(), null, null);
    TreeEnsemble ensemble = TreeEnsemble.read(booster.toByteArray("json"), "trees.json");
    double[] out = new double[1024];
    float[] thousand = Arrays.copyOf(rows, 1024 * FEATURES);
    float[] row = new float[FEATURES];
    System.out.printf(
        "200 x %d: %,.0f | %,.0f | %,.0f | %,.0f | %,.0f | %,.0f%n",
        depth,
        nanos(ROWS, i -> out[0] += ensemble.score(rows, i * FEATURES)),
        nanos(30, i -> ensemble.scoreAll(thousand, 1024, out)) / 1024,
        nanos(ROWS, i -> out[0] += ensemble.walkedMargin(rows, i * FEATURES)),
        nanos(
            2000,
            i -> {
              System.arraycopy(rows, i * FEATURES, row, 0, FEATURES);
              out[0] += ensemble.contributions(row)[0];
            }),
        nanos(500, i -> out[0] += xgboost(booster, rows, i)),
        nanos(10, i -> out[0] += booster.inplace_predict(thousand, 1024, FEATURES, Float.NaN)[0][0])
            / 1024);
  }

  private static float xgboost(Booster booster, float[] rows, int row) throws Exception {
    float[] one = Arrays.copyOfRange(rows, row * FEATURES, (row + 1) * FEATURES);
    return booster.inplace_predict(one, 1, FEATURES, Float.NaN)[0][0];
  }

  private interface Step {
    void run(int index) throws Exception;
  }

  /// The least of twelve rounds.
  private static double nanos(int count, Step step) throws Exception {
    double best = Double.MAX_VALUE;
    for (int round = 0; round < 12; round++) {
      long start = CLOCK.getCurrentThreadCpuTime();
      for (int i = 0; i < count; i++) {
        step.run(i);
      }
      best = Math.min(best, (CLOCK.getCurrentThreadCpuTime() - start) / (double) count);
    }
    return best;
  }
}
