package io.cromford.flywheel;

import io.cromford.core.SnapshotReader;
import io.cromford.core.SnapshotWriter;

/// How a model's live scores lie against those it gave to the days before: a fold over scores. One
/// owning thread.
public final class ScoreWatch {
  private final ScoreBins bins;
  private final long[] counts;
  private long scores;
  private long unfit;

  /// A watch that has seen no score.
  ///
  /// @param bins with the shares that are expected
  public ScoreWatch(ScoreBins bins) {
    this(bins, new long[bins.size()], 0, 0);
  }

  private ScoreWatch(ScoreBins bins, long[] counts, long scores, long unfit) {
    this.bins = bins;
    this.counts = counts;
    this.scores = scores;
    this.unfit = unfit;
  }

  /// Writes its bins and what it has seen.
  public void save(SnapshotWriter out) {
    out.section("scores");
    bins.save(out);
    out.longs(counts);
    out.number(scores);
    out.number(unfit);
  }

  /// The watch that was saved.
  public static ScoreWatch read(SnapshotReader in) {
    in.section("scores");
    return new ScoreWatch(ScoreBins.read(in), in.longs(), in.number(), in.number());
  }

  /// Takes a score.
  public void add(double score) {
    scores++;
    if (score >= 0 && score <= 1) {
      counts[bins.bin(score)]++;
    } else {
      unfit++;
    }
  }

  /// How many scores it has seen.
  public long scores() {
    return scores;
  }

  /// How many of them were no probabilities.
  public long unfit() {
    return unfit;
  }

  /// What it has seen.
  public Seen seen() {
    return new Seen(scores, unfit, bins.size(), bins.stabilityIndex(counts));
  }

  /// What a watch has seen.
  ///
  /// @param scores how many
  /// @param unfit how many of them were no probability
  /// @param bins into how many bins the others were sorted
  /// @param shift [ScoreBins#stabilityIndex]; NaN if there was none
  public record Seen(long scores, long unfit, int bins, double shift) {}
}
