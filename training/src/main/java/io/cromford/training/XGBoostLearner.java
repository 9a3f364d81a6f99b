package io.cromford.training;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.model.TreeEnsemble;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/// Boosted trees by XGBoost, on one thread.
///
/// Two threads of one fit are slower than two fits side by side, and the bytes are the same. The
/// base score is fixed at 0.5: the library would otherwise estimate it. Missing values go where the
/// gain is larger, infinite ones count as the largest float. Native memory is freed before the fit
/// returns: 4 bytes a value plus the bins.
///
/// @param parameters what to fit with
public record XGBoostLearner(XGBoostParameters parameters) implements Learner {
  private static final String FORMAT = "json";

  @Override
  public Fitted fit(TrainingSet rows) {
    Learner.requireBothClasses(rows);
    NegativeSampling sampling = new NegativeSampling(parameters.shares().negatives());
    TrainingSet used = sampling.of(rows);
    Learner.requireBothClasses(used);
    try {
      byte[] json = train(used, sampling.weight());
      return new Fitted(parameters, TreeEnsemble.read(json, "the model"), json, used);
    } catch (XGBoostError e) {
      throw new CromfordException(
          ErrorCode.EXTERNAL, "XGBoost failed on " + used.size() + " rows: " + e.getMessage(), e);
    }
  }

  private byte[] train(TrainingSet rows, double negativeWeight) throws XGBoostError {
    DMatrix matrix = new DMatrix(values(rows), rows.size(), rows.featureCount(), Float.NaN);
    try {
      matrix.setLabel(labels(rows));
      matrix.setWeight(weights(rows, negativeWeight));
      if (rows.featureNames().stream().allMatch(XGBoostLearner::isFeatureName)) {
        matrix.setFeatureNames(rows.featureNames().toArray(String[]::new));
      }
      return train(matrix);
    } finally {
      matrix.dispose();
    }
  }

  private byte[] train(DMatrix matrix) throws XGBoostError {
    Booster booster =
        XGBoost.train(matrix, settings(), parameters.shape().trees(), Map.of(), null, null);
    try {
      return booster.toByteArray(FORMAT);
    } finally {
      booster.dispose();
    }
  }

  private Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("objective", "binary:logistic");
    settings.put("base_score", 0.5);
    settings.put("nthread", 1);
    settings.put("verbosity", 0);
    settings.put("seed", parameters.seed());
    settings.put("max_depth", parameters.shape().depth());
    settings.put("eta", parameters.shape().rate());
    settings.put("min_child_weight", parameters.restraint().leastChildWeight());
    settings.put("lambda", parameters.restraint().l2());
    settings.put("gamma", parameters.restraint().leastGain());
    settings.put("subsample", parameters.shares().rows());
    settings.put("colsample_bytree", parameters.shares().columns());
    settings.put("scale_pos_weight", parameters.positiveWeight());
    switch (parameters.method()) {
      case XGBoostParameters.SplitMethod.Exact() -> settings.put("tree_method", "exact");
      case XGBoostParameters.SplitMethod.Histogram(int bins) -> {
        settings.put("tree_method", "hist");
        settings.put("max_bin", bins);
      }
    }
    return settings;
  }

  private static float[] values(TrainingSet rows) {
    int width = rows.featureCount();
    float[] values = new float[length(rows.size(), width)];
    for (int row = 0; row < rows.size(); row++) {
      rows.copyRow(row, values, row * width);
    }
    for (int i = 0; i < values.length; i++) {
      if (Float.isInfinite(values[i])) {
        values[i] = Math.copySign(Float.MAX_VALUE, values[i]);
      }
    }
    return values;
  }

  private static int length(int rows, int width) {
    long length = (long) rows * width;
    if (length > Integer.MAX_VALUE - 8) {
      throw new CromfordException(
          ErrorCode.TOO_LARGE,
          rows
              + " rows of "
              + width
              + " features are more than one fit can hold.\nMaybe lower the share `negatives`.");
    }
    return (int) length;
  }

  private static float[] labels(TrainingSet rows) {
    float[] labels = new float[rows.size()];
    for (int row = 0; row < labels.length; row++) {
      labels[row] = rows.positive(row) ? 1 : 0;
    }
    return labels;
  }

  private static float[] weights(TrainingSet rows, double ofNegatives) {
    float[] weights = new float[rows.size()];
    for (int row = 0; row < weights.length; row++) {
      weights[row] = rows.positive(row) ? 1 : (float) ofNegatives;
    }
    return weights;
  }

  /// The library refuses names with these characters.
  private static boolean isFeatureName(String name) {
    return List.of("[", "]", "<").stream().noneMatch(name::contains);
  }
}
