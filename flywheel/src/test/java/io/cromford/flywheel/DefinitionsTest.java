package io.cromford.flywheel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cromford.training.Metric;
import io.cromford.training.Parameters;
import io.cromford.training.SearchSpace;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DefinitionsTest {
  @Test
  void givesTheTunerItsBudget() {
    TrainingDefinition training = training(56, 0.3);
    assertThat(training.budget().trials()).isEqualTo(20);
    assertThat(training.budget().spaces())
        .extracting(SearchSpace::defaults)
        .extracting(Parameters::toMap)
        .allSatisfy(map -> assertThat(map).containsEntry("negatives", 0.3));
    assertThat(training.layout(Duration.ofDays(3)).gap()).isEqualTo(Duration.ofDays(3));
  }

  @Test
  void refusesWhatDoesNotHold() {
    assertThatThrownBy(() -> training(7, 0.3)).hasMessageContaining("`window` is PT168H");
    assertThatThrownBy(() -> training(56, 0))
        .hasMessage("`negatives` is 0.0, not above 0 and at most 1");
    assertThatThrownBy(() -> new FlywheelPolicy.Gate(0, 0.95, 0.01))
        .hasMessage("`min-positives` is 0, not at least 1");
    assertThatThrownBy(() -> new FlywheelPolicy.Gate(1, 1, 0.01))
        .hasMessage("`confidence` is 1.0, not between 0 and 1");
    assertThatThrownBy(() -> new DecisionPolicy.KnownPositives.Block(Duration.ZERO))
        .hasMessageContaining("not above zero");
  }

  private static TrainingDefinition training(int window, double negatives) {
    return new TrainingDefinition(
        List.of("xgboost", "logistic"),
        new Metric.AveragePrecision(),
        Duration.ofDays(window),
        new TrainingDefinition.Validation(4, Duration.ofDays(7)),
        new TrainingDefinition.Search(20, negatives, 7));
  }
}
