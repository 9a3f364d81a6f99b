package io.cromford.training;

import java.util.Arrays;
import java.util.List;

/// What a ranking or a probability is worth on rows whose truth is known.
///
/// Each metric is a pure function of [Scored] rows; it is `NaN` where it is not defined, such as a
/// ranking's without a positive row. Open [Bootstrap] for intervals.
public sealed interface Metric {
  /// The key in reports, such as `average_precision`.
  String key();

  /// The name a person reads.
  String title();

  /// One sentence that says what the number means.
  String meaning();

  /// Whether a higher value is the better one.
  boolean higherIsBetter();

  /// The value on some rows.
  default double of(Scored rows) {
    EntityNumbers cards = EntityNumbers.of(List.of(rows));
    int[] once = new int[cards.size()];
    Arrays.fill(once, 1);
    return MetricPreparation.of(this, rows, cards).value(once);
  }

  /// The area under the ROC curve; a tie counts half.
  record RocAuc() implements Metric {
    @Override
    public String key() {
      return "auc";
    }

    @Override
    public String title() {
      return "AUC ROC";
    }

    @Override
    public String meaning() {
      return "The chance that a random fraud scores higher than a random genuine payment.";
    }

    @Override
    public boolean higherIsBetter() {
      return true;
    }
  }

  /// Average precision: the precision at each distinct score, weighted by the recall gained there,
  /// without interpolation (as scikit-learn's `average_precision_score`).
  record AveragePrecision() implements Metric {
    @Override
    public String key() {
      return "average_precision";
    }

    @Override
    public String title() {
      return "Average precision";
    }

    @Override
    public String meaning() {
      return "The mean precision over all levels of recall; a random ranking gets the share of frauds.";
    }

    @Override
    public boolean higherIsBetter() {
      return true;
    }
  }

  /// Card precision: for each day the k cards with the highest score of the day, the share of them
  /// with a fraud that day; cards found on a day are left out of the days after; the mean over the
  /// days. The share is of k even on a day with fewer cards.
  ///
  /// @param k cards a day, at least 1
  /// @see <a href="https://fraud-detection-handbook.github.io/fraud-detection-handbook/">the
  ///   handbook, chapter 4</a>
  record CardPrecision(int k) implements Metric {
    /// Checks k.
    public CardPrecision {
      CardDays.requirePositive(k);
    }

    @Override
    public String key() {
      return "card_precision_" + k;
    }

    @Override
    public String title() {
      return "Card precision at " + k;
    }

    @Override
    public String meaning() {
      return "Of the "
          + k
          + " most suspicious cards of a day, the share with a fraud that day; found cards are left out later.";
    }

    @Override
    public boolean higherIsBetter() {
      return true;
    }
  }

  /// The mean negative log likelihood in nats; scores are kept one float's unit away from 0 and 1.
  record LogLoss() implements Metric {
    @Override
    public String key() {
      return "log_loss";
    }

    @Override
    public String title() {
      return "Log loss";
    }

    @Override
    public String meaning() {
      return "The mean surprise, in nats, at the truth given the score as a probability.";
    }

    @Override
    public boolean higherIsBetter() {
      return false;
    }
  }

  /// The mean squared difference between score and truth.
  record Brier() implements Metric {
    @Override
    public String key() {
      return "brier";
    }

    @Override
    public String title() {
      return "Brier score";
    }

    @Override
    public String meaning() {
      return "The mean squared difference between the score and the truth (0 or 1).";
    }

    @Override
    public boolean higherIsBetter() {
      return false;
    }
  }

  /// The expected calibration error over the bins of [Calibration].
  record CalibrationError() implements Metric {
    @Override
    public String key() {
      return "calibration_error";
    }

    @Override
    public String title() {
      return "Calibration error";
    }

    @Override
    public String meaning() {
      return "How far the mean score lies from the share of frauds, averaged over bins of the score.";
    }

    @Override
    public boolean higherIsBetter() {
      return false;
    }
  }

  /// The share of the payments at or above a threshold that are frauds.
  record Precision(Threshold threshold) implements Metric {
    @Override
    public String key() {
      return "precision";
    }

    @Override
    public String title() {
      return "Precision at the threshold";
    }

    @Override
    public String meaning() {
      return "Of the payments at or above the alert threshold, the share that are frauds.";
    }

    @Override
    public boolean higherIsBetter() {
      return true;
    }
  }

  /// The share of the frauds that are at or above a threshold.
  record Recall(Threshold threshold) implements Metric {
    @Override
    public String key() {
      return "recall";
    }

    @Override
    public String title() {
      return "Recall at the threshold";
    }

    @Override
    public String meaning() {
      return "Of the frauds, the share at or above the alert threshold.";
    }

    @Override
    public boolean higherIsBetter() {
      return true;
    }
  }

  /// The money saved against doing nothing: what missing the frauds at or above a threshold would
  /// have cost, less one investigation for each card and day with a payment at or above it.
  record MoneySaved(Costs costs, Threshold threshold) implements Metric {
    @Override
    public String key() {
      return "money_saved";
    }

    @Override
    public String title() {
      return "Money saved, " + costs.currency();
    }

    @Override
    public String meaning() {
      return "The frauds stopped at the alert threshold less the cost of investigating the alerts, against doing nothing.";
    }

    @Override
    public boolean higherIsBetter() {
      return true;
    }
  }
}
