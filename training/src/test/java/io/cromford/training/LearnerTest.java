package io.cromford.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.model.LogisticModel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

final class LearnerTest {
  private static final TrainingSet ROWS = MadePayments.draw(1, 6000, 30);
  private static final TrainingSet LATER = MadePayments.draw(2, 4000, 30);
  private static final XGBoostParameters SMALL =
      XGBoostParameters.defaults(7).withShape(20, 3, 0.3);
  private static final List<Parameters> ALL =
      List.of(SMALL, LogisticParameters.defaults(), new ConstantParameters());

  @Test
  void givesTheSameBytesForTheSameInput() throws Exception {
    try (ExecutorService executor = Executors.newFixedThreadPool(4)) {
      for (Parameters parameters : ALL) {
        byte[] first = Learner.of(parameters).fit(ROWS).bytes();
        var fits =
            executor.invokeAll(
                java.util.Collections.nCopies(4, () -> Learner.of(parameters).fit(ROWS).bytes()));
        for (var fit : fits) {
          assertThat(fit.get()).as(parameters.learner()).isEqualTo(first);
        }
      }
    }
  }

  @Test
  void beatsTheConstant() {
    double constant = averagePrecision(new ConstantParameters());
    double logistic = averagePrecision(LogisticParameters.defaults());
    double xgboost = averagePrecision(SMALL);
    assertThat(constant).isCloseTo(LATER.positives() / (double) LATER.size(), within(1e-9));
    assertThat(logistic).isGreaterThan(0.5);
    assertThat(xgboost).isGreaterThan(0.5);
  }

  @Test
  void staysCalibratedWhenNegativesAreLeftOut() {
    TrainingSet many = MadePayments.draw(3, 24_000, 30);
    for (Parameters parameters :
        List.of(
            XGBoostParameters.defaults(7).withShape(80, 2, 0.1),
            Parameters.of("xgboost", Map.of("negatives", 1, "trees", 80, "depth", 2)),
            new LogisticParameters(1, 0.1, 1))) {
      Scored scored = Scorer.score(Learner.of(parameters).fit(many).model(), LATER);
      double mean = 0;
      for (int row = 0; row < scored.size(); row++) {
        mean += scored.score(row) / scored.size();
      }
      assertThat(mean).isCloseTo(LATER.positives() / (double) LATER.size(), within(0.02));
    }
  }

  @Test
  void leavesOutTheSameNegativesWhateverTheOrder() {
    NegativeSampling fifth = new NegativeSampling(0.2);
    TrainingSet kept = fifth.of(ROWS);
    TrainingSet keptOfHalf = fifth.of(ROWS.rows(3000, 6000));
    assertThat(kept.positives()).isEqualTo(ROWS.positives());
    assertThat(kept.size() - kept.positives())
        .isCloseTo((ROWS.size() - ROWS.positives()) / 5, within(120));
    assertThat(kept.select(row -> kept.eventMillis(row) >= ROWS.eventMillis(3000)).size())
        .isEqualTo(keptOfHalf.size());
    assertThat(new NegativeSampling(1).of(ROWS)).isSameAs(ROWS);
  }

  @Test
  void solvesLogisticRegressionToTheOptimum() {
    // At the optimum the gradient of the penalised loss is zero, by definition.
    double cost = 0.5;
    Fitted fitted = Learner.of(new LogisticParameters(cost, 1, 1)).fit(ROWS);
    Standardisation standardisation = Standardisation.of(ROWS);
    double[] gradient = new double[ROWS.featureCount() + 1];
    float[] values = new float[ROWS.featureCount()];
    for (int row = 0; row < ROWS.size(); row++) {
      ROWS.copyRow(row, values, 0);
      double error = fitted.model().score(values, 0) - (ROWS.positive(row) ? 1 : 0);
      for (int feature = 0; feature < values.length; feature++) {
        gradient[feature] += cost * error * standardisation.of(feature, values[feature]);
      }
      gradient[values.length] += cost * error;
    }
    assertThat(fitted.model()).isInstanceOf(LogisticModel.class);
    for (int feature = 0; feature < values.length; feature++) {
      double weight = weight(fitted, feature, standardisation);
      assertThat(gradient[feature] + weight).isCloseTo(0, within(0.05));
    }
    assertThat(gradient[values.length]).isCloseTo(0, within(0.05));
  }

  @Test
  void writesTheFeaturesNamesIntoXGBoostsModel() {
    String json = new String(Learner.of(SMALL).fit(ROWS).bytes(), StandardCharsets.UTF_8);
    assertThat(json).contains("\"feature_names\":[\"signal\",\"amount\",\"noise\",\"gap\"]");
    assertThat(json).contains("5E-1");
  }

  @Test
  void takesInfiniteAndMissingValues() {
    TrainingSet.Builder builder = TrainingSet.builder(List.of("ratio"));
    for (int row = 0; row < 400; row++) {
      float value = row % 4 == 0 ? Float.POSITIVE_INFINITY : row % 4 == 1 ? Float.NaN : row % 7;
      builder.add(new TrainingSet.Facts(row, row, row, 0, row % 4 == 0), new float[] {value}, 0);
    }
    TrainingSet rows = builder.build();
    Parameters all = Parameters.of("xgboost", Map.of("negatives", 1.0, "trees", 5));
    Scored scored = Scorer.score(Learner.of(all).fit(rows).model(), rows);
    assertThat(new Metric.RocAuc().of(scored)).isEqualTo(1);
    assertThat(Learner.of(LogisticParameters.defaults()).fit(rows).model().features()).isOne();
  }

  @Test
  void refusesRowsOfOneClass() {
    TrainingSet negatives = ROWS.select(row -> !ROWS.positive(row));
    for (Parameters parameters : ALL) {
      assertThatThrownBy(() -> Learner.of(parameters).fit(negatives))
          .isInstanceOfSatisfying(
              CromfordException.class,
              failure -> assertThat(failure.code()).isEqualTo(ErrorCode.STATE_CONFLICT))
          .hasMessageContaining("0 are positive")
          .hasMessageContaining("\nMaybe wait");
    }
  }

  @Test
  void readsBackParameters() {
    for (Parameters parameters :
        List.of(SMALL, XGBoostParameters.libraryDefaults(3), new LogisticParameters(.3, .5, 2))) {
      assertThat(Parameters.of(parameters.learner(), parameters.toMap())).isEqualTo(parameters);
    }
    assertThatThrownBy(() -> Parameters.of("xgboost", Map.of("tress", 3)))
        .hasMessage("no such parameter: tress");
    assertThatThrownBy(() -> Parameters.of("xgboost", Map.of("trees", "many")))
        .hasMessage("the parameter `trees` is many, not a whole number");
    assertThatThrownBy(() -> Parameters.of("xgboost", Map.of("rate", 0)))
        .hasMessage("the parameter `rate` is 0.0, not above 0 and at most 1");
    assertThatThrownBy(() -> Parameters.of("forest", Map.of()))
        .hasMessageStartingWith("no learner `forest`");
  }

  private static double averagePrecision(Parameters parameters) {
    Fitted fitted = Learner.of(parameters).fit(ROWS);
    return new Metric.AveragePrecision().of(Scorer.score(fitted.model(), LATER));
  }

  /// A weight read off the model: what one deviation above the mean adds to the log-odds.
  private static double weight(Fitted fitted, int feature, Standardisation standardisation) {
    float[] row = new float[ROWS.featureCount()];
    java.util.Arrays.fill(row, Float.NaN);
    row[feature] =
        (float) (standardisation.means()[feature] + standardisation.deviations()[feature]);
    return fitted.model().contributions(row)[feature];
  }
}
