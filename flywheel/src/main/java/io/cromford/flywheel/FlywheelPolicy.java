package io.cromford.flywheel;

import java.time.Duration;

/// How the factory keeps itself right: the section `flywheel` of the factory file.
///
/// @param retrainEvery between two retrainings, counted from go-live
/// @param promote who takes the last step
/// @param gate what a challenger must show
/// @param keepWarm how long the former champion can come back at once
public record FlywheelPolicy(Duration retrainEvery, Promote promote, Gate gate, Duration keepWarm) {
  /// Who promotes a challenger that passed the gate.
  public enum Promote {
    /// The factory.
    AUTO,
    /// A person, by `cromford models promote`.
    PROPOSE
  }

  /// What a challenger must show on payments that neither it nor the champion was fitted on.
  ///
  /// @param minPositives the least positives among those payments
  /// @param confidence of the one-sided bound on the difference, in (0, 1)
  /// @param leastGain the least difference of average precision, ≥ 0
  public record Gate(int minPositives, double confidence, double leastGain) {
    /// Checks the ranges.
    public Gate {
      Require.atLeast("min-positives", 1, minPositives);
      if (!(confidence > 0 && confidence < 1)) {
        throw new IllegalArgumentException(
            "`confidence` is " + confidence + ", not between 0 and 1");
      }
      if (!(leastGain >= 0)) {
        throw new IllegalArgumentException("`least-gain` is " + leastGain + ", not 0 or more");
      }
    }
  }

  /// Checks the lengths.
  public FlywheelPolicy {
    Require.positive("retrain-every", retrainEvery);
    Require.notNegative("keep-warm", keepWarm);
  }

  /// Weekly, automatic, 100 positives, 95 %, 0.01, two weeks warm.
  public static FlywheelPolicy defaults() {
    return new FlywheelPolicy(
        Duration.ofDays(7), Promote.AUTO, new Gate(100, 0.95, 0.01), Duration.ofDays(14));
  }
}
