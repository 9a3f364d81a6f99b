package io.cromford.model;

import java.util.Arrays;
import java.util.Objects;

/// Boosted trees for a binary outcome, as XGBoost trains them.
///
/// Margin and score have the bits of XGBoost's own prediction: leaf values are added as floats,
/// tree by tree, to the log-odds of the base score. Contributions are exact path-dependent Shapley
/// values.
public final class TreeEnsemble implements Model {
  /// Rows that go through one group of trees together, so that the group stays in the cache.
  private static final int BLOCK = 64;

  private final Trees trees;
  private final CompleteTrees complete;
  private final TreeShap shap;
  private final float base;
  private final byte[] json;

  TreeEnsemble(Trees trees, float baseScore, byte[] json) {
    this.trees = trees;
    this.base = FloatMath.logit(baseScore);
    this.complete = new CompleteTrees(trees);
    this.shap = new TreeShap(trees);
    this.json = json;
  }

  /// Reads a model in XGBoost's JSON format, as versions 2 and 3 write it.
  ///
  /// @param json the file's bytes, kept and given back by [#toJson]
  /// @param name the file's name, for messages
  /// @throws io.cromford.core.CromfordException INPUT_UNREADABLE if it is not such a model, or one
  ///   with another objective than `binary:logistic`, with categorical splits, or over the limits
  ///   of [TreeReader]
  public static TreeEnsemble read(byte[] json, String name) {
    return TreeReader.read(json.clone(), name);
  }

  /// The model in XGBoost's JSON format: the bytes it was read from.
  public byte[] toJson() {
    return json.clone();
  }

  /// The number of trees.
  public int trees() {
    return trees.count();
  }

  @Override
  public int features() {
    return trees.features();
  }

  @Override
  public double score(float[] row, int offset) {
    return FloatMath.sigmoid(margin(row, offset));
  }

  @Override
  public float margin(float[] row, int offset) {
    Objects.checkFromIndexSize(offset, features(), row.length);
    float[] prepared = new float[complete.preparedLength()];
    complete.prepare(row, offset, prepared, 0);
    float sum = base;
    for (int group = 0; group < complete.groups(); group++) {
      sum = complete.add(sum, group, row, offset, prepared, 0);
    }
    return sum;
  }

  /// The nodes, for tests.
  Trees nodes() {
    return trees;
  }

  /// The margin by the plain walk: the yardstick that [#margin] must equal bit for bit.
  float walkedMargin(float[] row, int offset) {
    return trees.add(base, 0, trees.count(), row, offset);
  }

  @Override
  public void scoreAll(float[] rows, int count, double[] out) {
    Objects.checkFromIndexSize(0, Math.multiplyExact(count, features()), rows.length);
    Objects.checkFromIndexSize(0, count, out.length);
    float[] prepared = new float[Math.min(BLOCK, count) * complete.preparedLength()];
    float[] margins = new float[Math.min(BLOCK, count)];
    for (int first = 0; first < count; first += BLOCK) {
      int size = Math.min(BLOCK, count - first);
      addBlock(rows, first, size, prepared, margins);
      for (int i = 0; i < size; i++) {
        out[first + i] = FloatMath.sigmoid(margins[i]);
      }
    }
  }

  private void addBlock(float[] rows, int first, int size, float[] prepared, float[] margins) {
    int features = features();
    int length = complete.preparedLength();
    for (int i = 0; i < size; i++) {
      complete.prepare(rows, (first + i) * features, prepared, i * length);
      margins[i] = base;
    }
    for (int group = 0; group < complete.groups(); group++) {
      for (int i = 0; i < size; i++) {
        int offset = (first + i) * features;
        margins[i] = complete.add(margins[i], group, rows, offset, prepared, i * length);
      }
    }
  }

  @Override
  public double[] contributions(float[] row) {
    Objects.checkFromIndexSize(0, features(), row.length);
    double[] contributions = shap.contributions(row);
    contributions[features()] += base;
    return contributions;
  }

  @Override
  public long steps() {
    long splits = Arrays.stream(trees.depths()).asLongStream().sum();
    return Math.max(1, splits + trees.count());
  }

  @Override
  public String kind() {
    return "trees";
  }
}
