package io.cromford.training;

import de.bwaldvogel.liblinear.Feature;
import de.bwaldvogel.liblinear.FeatureNode;
import de.bwaldvogel.liblinear.Linear;
import de.bwaldvogel.liblinear.Model;
import de.bwaldvogel.liblinear.Parameter;
import de.bwaldvogel.liblinear.Problem;
import de.bwaldvogel.liblinear.SolverType;
import io.cromford.model.LogisticModel;
import java.util.Arrays;

/// Logistic regression with an L2 penalty by liblinear's trust region Newton method.
///
/// Features are standardised with the mean and population deviation of all rows given (not only of
/// those sampled); a missing value becomes the mean. The intercept bears no penalty. liblinear
/// takes rows as objects, about 28 bytes a value, so large sets want a share of negatives below 1.
///
/// @param parameters what to fit with
/// @see <a href="https://www.jmlr.org/papers/v9/lin08b.html">Lin, Weng, Keerthi 2008</a>
public record LogisticLearner(LogisticParameters parameters) implements Learner {
  /// Where the norm of the gradient, relative to the start and the share of the smaller class, ends
  /// the search.
  private static final double TOLERANCE = 1e-3;

  private static final int MOST_ITERATIONS = 1000;
  private static final int POSITIVE = 1;
  private static final int NEGATIVE = 0;

  @Override
  public Fitted fit(TrainingSet rows) {
    Learner.requireBothClasses(rows);
    NegativeSampling sampling = new NegativeSampling(parameters.negatives());
    TrainingSet used = sampling.of(rows);
    Learner.requireBothClasses(used);
    Standardisation standardisation = Standardisation.of(rows);
    Linear.disableDebugOutput();
    Model solution = Linear.train(problem(used, standardisation), settings(sampling.weight()));
    LogisticModel model = model(solution, standardisation, rows.featureCount());
    return new Fitted(parameters, model, model.toJson(), used);
  }

  private Parameter settings(double negativeWeight) {
    Parameter settings =
        new Parameter(SolverType.L2R_LR, parameters.cost(), MOST_ITERATIONS, TOLERANCE);
    settings.setWeights(
        new double[] {parameters.positiveWeight(), negativeWeight}, new int[] {POSITIVE, NEGATIVE});
    settings.setRegularizeBias(false);
    return settings;
  }

  private static Problem problem(TrainingSet rows, Standardisation standardisation) {
    Problem problem = new Problem();
    problem.l = rows.size();
    problem.n = rows.featureCount() + 1;
    problem.bias = 1;
    problem.y = new double[rows.size()];
    problem.x = new Feature[rows.size()][];
    Feature bias = new FeatureNode(problem.n, 1);
    for (int row = 0; row < rows.size(); row++) {
      problem.y[row] = rows.positive(row) ? POSITIVE : NEGATIVE;
      problem.x[row] = features(rows, row, standardisation, bias);
    }
    return problem;
  }

  /// A row's standardised values without the zeros; liblinear counts features from 1.
  private static Feature[] features(
      TrainingSet rows, int row, Standardisation standardisation, Feature bias) {
    Feature[] features = new Feature[rows.featureCount() + 1];
    int count = 0;
    for (int feature = 0; feature < rows.featureCount(); feature++) {
      double value = standardisation.of(feature, rows.value(row, feature));
      if (value != 0) {
        features[count++] = new FeatureNode(feature + 1, value);
      }
    }
    features[count++] = bias;
    return Arrays.copyOf(features, count);
  }

  /// The solution as our model. liblinear's weights speak for the label of the first row.
  private static LogisticModel model(Model solution, Standardisation standardisation, int width) {
    double sign = solution.getLabels()[0] == POSITIVE ? 1 : -1;
    double[] found = solution.getFeatureWeights();
    double[] weights = new double[width];
    for (int feature = 0; feature < width; feature++) {
      weights[feature] = sign * found[feature] + 0.0;
    }
    return new LogisticModel(
        weights, sign * found[width], standardisation.means(), standardisation.deviations());
  }
}
