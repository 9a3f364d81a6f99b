package io.cromford.serving;

import io.cromford.model.Model;
import io.cromford.serving.DecisionHistory.Usual;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What values a view's features had at some observations, as served. For the owning thread.
final class UsualValues {
  private UsualValues() {}

  /// Holds an observation's features against those of others.
  ///
  /// @param ordinal whose features
  /// @param earlier the others; read one by one, so they must be few
  static List<Usual> of(View view, int ordinal, List<Integer> earlier) {
    int width = view.featureCount();
    double[] now = new double[width];
    view.served().read(ordinal, (_, _, values) -> System.arraycopy(values, 0, now, 0, width));
    double[][] byFeature = new double[width][earlier.size()];
    for (int i = 0; i < earlier.size(); i++) {
      int at = i;
      view.served()
          .read(
              (long) earlier.get(i),
              (_, _, values) -> {
                for (int feature = 0; feature < width; feature++) {
                  byFeature[feature][at] = values[feature];
                }
              });
    }
    List<Usual> usual = new ArrayList<>();
    for (int feature = 0; feature < width; feature++) {
      String name = view.plan().features().get(feature).name();
      usual.add(usual(name, now[feature], byFeature[feature]));
    }
    return usual;
  }

  /// What each feature added to the log-odds of the score; on any thread.
  static List<Usual> explained(List<Usual> usual, Model model) {
    float[] row = new float[usual.size()];
    for (int i = 0; i < row.length; i++) {
      row[i] = (float) usual.get(i).value();
    }
    double[] contributions = model.contributions(row);
    List<Usual> explained = new ArrayList<>();
    for (int i = 0; i < row.length; i++) {
      explained.add(usual.get(i).withContribution(contributions[i]));
    }
    return explained;
  }

  private static Usual usual(String name, double value, double[] earlier) {
    double[] sorted = Arrays.stream(earlier).filter(v -> !Double.isNaN(v)).sorted().toArray();
    int count = sorted.length;
    if (count == 0) {
      return new Usual(name, value, Double.NaN, 0, Double.NaN, Double.NaN, Double.NaN);
    }
    double median = (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
    return new Usual(name, value, Double.NaN, count, sorted[0], median, sorted[count - 1]);
  }
}
