package io.cromford.training;

/// The area under the ROC curve of a weighted resample: the share of (positive, negative) pairs in
/// the right order, a tie counting half.
final class PreparedRocAuc implements Prepared {
  private final int[] cards;
  private final boolean[] positive;
  private final int[] groupEnds;

  private PreparedRocAuc(int[] cards, boolean[] positive, int[] groupEnds) {
    this.cards = cards;
    this.positive = positive;
    this.groupEnds = groupEnds;
  }

  static PreparedRocAuc of(Scored scored, int[] cardOfRow) {
    Ranking ranking = Ranking.of(scored);
    int[] cards = new int[ranking.size()];
    boolean[] positive = new boolean[ranking.size()];
    for (int rank = 0; rank < cards.length; rank++) {
      cards[rank] = cardOfRow[ranking.row(rank)];
      positive[rank] = scored.positive(ranking.row(rank));
    }
    int[] ends = new int[ranking.groups()];
    for (int group = 0; group < ends.length; group++) {
      ends[group] = ranking.groupEnd(group);
    }
    return new PreparedRocAuc(cards, positive, ends);
  }

  @Override
  public double value(int[] multiplicities) {
    long positivesAbove = 0;
    long negatives = 0;
    long halfPairs = 0;
    int rank = 0;
    for (int end : groupEnds) {
      long positivesHere = 0;
      long negativesHere = 0;
      for (; rank < end; rank++) {
        int times = multiplicities[cards[rank]];
        if (positive[rank]) {
          positivesHere += times;
        } else {
          negativesHere += times;
        }
      }
      halfPairs += negativesHere * (2 * positivesAbove + positivesHere);
      positivesAbove += positivesHere;
      negatives += negativesHere;
    }
    return positivesAbove == 0 || negatives == 0
        ? Double.NaN
        : halfPairs / (2.0 * positivesAbove * negatives);
  }
}
