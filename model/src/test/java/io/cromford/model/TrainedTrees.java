package io.cromford.model;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/// An ensemble that XGBoost trained on random data, and what XGBoost predicts with it.
final class TrainedTrees implements AutoCloseable {
  /// What to train; the rest is drawn.
  record Recipe(int features, int rounds, int depth, double missing) {}

  final Recipe recipe;
  final float[] rows;
  final int count;
  final TreeEnsemble ensemble;
  private final Booster booster;

  TrainedTrees(Recipe recipe, SplittableRandom random, Map<String, Object> more)
      throws XGBoostError {
    this.recipe = recipe;
    this.count = 400 + random.nextInt(600);
    this.rows = rows(recipe, count, random);
    DMatrix matrix = new DMatrix(rows, count, recipe.features(), Float.NaN);
    matrix.setLabel(labels(random));
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("objective", "binary:logistic");
    parameters.put("nthread", 1);
    parameters.put("max_depth", recipe.depth());
    parameters.put("min_child_weight", 0.01);
    parameters.putAll(more);
    this.booster = XGBoost.train(matrix, parameters, recipe.rounds(), Map.of(), null, null);
    matrix.dispose();
    this.ensemble = TreeEnsemble.read(booster.toByteArray("json"), "trees.json");
  }

  /// Values of few kinds, so that ties, zeros of both signs and missing values are frequent.
  static float[] rows(Recipe recipe, int count, SplittableRandom random) {
    float[] rows = new float[count * recipe.features()];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = random.nextDouble() < recipe.missing() ? Float.NaN : value(random);
    }
    return rows;
  }

  private static float value(SplittableRandom random) {
    return switch (random.nextInt(5)) {
      case 0 -> random.nextBoolean() ? 0f : -0f;
      case 1 -> random.nextInt(-3, 4);
      case 2 -> (float) (random.nextGaussian() * 1e6);
      case 3 -> (float) (random.nextGaussian() * 1e-6);
      default -> (float) random.nextGaussian();
    };
  }

  private float[] labels(SplittableRandom random) {
    float[] labels = new float[count];
    for (int i = 0; i < count; i++) {
      float first = rows[i * recipe.features()];
      labels[i] = (first > 0.5) ^ (random.nextInt(8) == 0) ? 1 : 0;
    }
    return labels;
  }

  float[][] margins(float[] rows) throws XGBoostError {
    return predict(rows, true);
  }

  float[][] scores(float[] rows) throws XGBoostError {
    return predict(rows, false);
  }

  private float[][] predict(float[] rows, boolean margin) throws XGBoostError {
    DMatrix matrix = matrix(rows);
    try {
      return booster.predict(matrix, margin, 0);
    } finally {
      matrix.dispose();
    }
  }

  float[][] contributions(float[] rows) throws XGBoostError {
    DMatrix matrix = matrix(rows);
    try {
      return booster.predictContrib(matrix, 0);
    } finally {
      matrix.dispose();
    }
  }

  private DMatrix matrix(float[] rows) throws XGBoostError {
    return new DMatrix(rows, rows.length / recipe.features(), recipe.features(), Float.NaN);
  }

  @Override
  public void close() {
    booster.dispose();
  }
}
