package io.cromford.training;

/// Keeps a share of the negative rows and all positive ones, by a hash of the row's id.
///
/// A row's fate depends on its id alone: not on the order, the thread or the other rows. So two
/// fits over windows that overlap share the negatives they share.
///
/// @param share of the negatives that is kept, in (0, 1]
public record NegativeSampling(double share) {
  /// Checks the share.
  public NegativeSampling {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("the share is " + share + ", not above 0 and at most 1");
    }
  }

  /// The weight of a negative that was kept: 1 / share, so that sums stay what they were.
  public double weight() {
    return 1 / share;
  }

  /// Whether a negative of this id is kept.
  public boolean keeps(long id) {
    return (Mixing.mixed(id) >>> 11) * 0x1p-53 < share;
  }

  /// The rows that are kept.
  public TrainingSet of(TrainingSet rows) {
    return share == 1 ? rows : rows.select(row -> rows.positive(row) || keeps(rows.id(row)));
  }
}
