package io.cromford.training;

/// From which score on a payment is alerted.
public sealed interface Threshold {
  /// The threshold for some rows.
  double on(Scored rows);

  /// A given score.
  record Fixed(double score) implements Threshold {
    @Override
    public double on(Scored rows) {
      return score;
    }
  }

  /// The score that gives about so many alerts a day on the rows themselves: their labels are not
  /// looked at.
  ///
  /// @param cards alerts a day, at least 1
  record AlertsPerDay(int cards) implements Threshold {
    /// Checks the number.
    public AlertsPerDay {
      CardDays.requirePositive(cards);
    }

    @Override
    public double on(Scored rows) {
      return CardDays.of(rows).thresholdFor(cards);
    }
  }
}
