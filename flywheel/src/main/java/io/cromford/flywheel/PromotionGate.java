package io.cromford.flywheel;

import io.cromford.training.Estimate;
import io.cromford.training.Interval;
import io.cromford.training.PairedBootstrap;
import io.cromford.training.PairedBootstrap.Comparison;
import io.cromford.training.PairedBootstrap.Pair;
import io.cromford.training.report.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whether a challenger takes the champion's place.
///
/// Both score the same payments, which neither was fitted on. The challenger passes if there are
/// enough positives, if the one-sided bound of the paired bootstrap by card lies above zero, and if
/// the gain is large enough to be worth a swap: at 95 % confidence alone one of twenty equal
/// challengers would pass. On no named segment may it lose more than is allowed, and a score may
/// not take much more work than the champion's.
///
/// A segment is judged where its payments can tell: if a loss as large as the one allowed would be
/// seen with a power of 80 %, the challenger has to show that it loses less; if there are too few
/// for that, it is held only if it is worse beyond doubt.
public final class PromotionGate {
  /// The bootstrap's replicates.
  public static final int REPLICATES = 1000;

  /// With what power the smallest detectable loss is seen.
  public static final double POWER = 0.8;

  private PromotionGate() {}

  /// What a challenger must show on payments that neither it nor the champion was fitted on.
  ///
  /// @param minPositives the least positives among those payments, at least 1
  /// @param confidence of the one-sided bounds, in (0, 1)
  /// @param leastGain the least difference of average precision; below 0, in a trial, a loss of
  ///   that size is let through
  /// @param segmentLoss the most that it may lose on a segment, in average precision, in (0, 1]
  /// @param mostWork how many times the champion's work a score may take, ≥ 1
  public record Rule(
      int minPositives, double confidence, double leastGain, double segmentLoss, double mostWork) {
    /// Checks the ranges.
    public Rule {
      Require.atLeast("min-positives", 1, minPositives);
      if (!(confidence > 0 && confidence < 1)) {
        throw new IllegalArgumentException(
            "`confidence` is " + confidence + ", not between 0 and 1");
      }
      if (!(leastGain >= -1)) {
        throw new IllegalArgumentException("`least-gain` is " + leastGain + ", below -1");
      }
      if (!(segmentLoss > 0 && segmentLoss <= 1)) {
        throw new IllegalArgumentException(
            "`segment-loss-at-most` is " + segmentLoss + ", not above 0 and at most 1");
      }
      if (!(mostWork >= 1)) {
        throw new IllegalArgumentException("`work-at-most` is " + mostWork + ", below 1");
      }
    }

    /// The same rule with another least gain.
    public Rule withLeastGain(double other) {
      return new Rule(minPositives, confidence, other, segmentLoss, mostWork);
    }

    /// The same rule with another confidence.
    public Rule withConfidence(double other) {
      return new Rule(minPositives, other, leastGain, segmentLoss, mostWork);
    }
  }

  /// What is judged.
  ///
  /// @param scores the challenger's first, the champion's second, on the same rows
  /// @param parts the rows of each named segment
  /// @param work the steps that a score takes, the challenger's over the champion's
  public record Contest(Pair scores, List<Part> parts, double work) {
    /// Copies the list.
    public Contest {
      parts = List.copyOf(parts);
    }

    /// A contest without segments, of two that work alike.
    public static Contest of(Pair scores) {
      return new Contest(scores, List.of(), 1);
    }
  }

  /// The rows of a segment.
  ///
  /// @param segment its name
  /// @param scores as in [Contest]
  public record Part(String segment, Pair scores) {}

  /// What came of it.
  public sealed interface Verdict {
    /// What was measured.
    Evidence evidence();

    /// Why, in words; at least one reason.
    List<String> reasons();

    /// The challenger is better.
    record Passed(Evidence evidence, List<String> reasons) implements Verdict {
      /// Copies the reasons.
      public Passed {
        reasons = List.copyOf(reasons);
      }
    }

    /// It is not, or it cannot be known.
    record Held(Evidence evidence, List<String> reasons) implements Verdict {
      /// Copies the reasons.
      public Held {
        reasons = List.copyOf(reasons);
      }
    }
  }

  /// What was measured.
  ///
  /// @param rows payments that both scored
  /// @param positives among them
  /// @param challenger its average precision; NaN without a positive
  /// @param champion its average precision
  /// @param gain the challenger's less the champion's
  /// @param bound the one-sided lower bound of the gain
  /// @param interval the two-sided 95 % interval of the gain
  /// @param segments on each named segment
  public record Evidence(
      int rows,
      int positives,
      double challenger,
      double champion,
      double gain,
      double bound,
      Interval interval,
      List<OnSegment> segments) {
    /// Copies the list.
    public Evidence {
      segments = List.copyOf(segments);
    }
  }

  /// What was measured on a segment.
  ///
  /// @param segment its name
  /// @param positives among its payments
  /// @param gain the challenger's average precision on it less the champion's; NaN without a
  ///   positive
  /// @param low the one-sided lower bound of the gain
  /// @param high the one-sided upper bound of the gain
  /// @param detectable the smallest loss that would be seen, with the rule's confidence and a power
  ///   of [#POWER]; NaN without a positive
  public record OnSegment(
      String segment, int positives, double gain, double low, double high, double detectable) {}

  /// Judges.
  ///
  /// @param seed of the resampling
  public static Verdict judge(Contest contest, Rule rule, long seed) {
    Comparison comparison = PairedBootstrap.averagePrecision(contest.scores(), seed, REPLICATES);
    List<OnSegment> segments =
        contest.parts().stream().map(part -> onSegment(part, rule, seed)).toList();
    Evidence evidence = evidence(contest.scores(), comparison, segments, rule);
    List<String> against = against(evidence, rule);
    segments.forEach(segment -> loss(segment, rule).ifPresent(against::add));
    if (contest.work() > rule.mostWork()) {
      against.add(
          "a score takes "
              + Figures.brief(contest.work())
              + " times the champion's work, at most "
              + Figures.brief(rule.mostWork())
              + " is allowed");
    }
    return against.isEmpty()
        ? new Verdict.Passed(evidence, List.of(inFavour(evidence, rule)))
        : new Verdict.Held(evidence, against);
  }

  private static Evidence evidence(
      Pair scores, Comparison comparison, List<OnSegment> segments, Rule rule) {
    return new Evidence(
        scores.first().size(),
        scores.first().positives(),
        comparison.first().value(),
        comparison.second().value(),
        comparison.difference().value(),
        comparison.difference().lowerBound(rule.confidence()),
        comparison.difference().interval(0.95),
        segments);
  }

  private static OnSegment onSegment(Part part, Rule rule, long seed) {
    Estimate gain = PairedBootstrap.averagePrecision(part.scores(), seed, REPLICATES).difference();
    return new OnSegment(
        part.segment(),
        part.scores().first().positives(),
        gain.value(),
        gain.lowerBound(rule.confidence()),
        gain.upperBound(rule.confidence()),
        gain.detectable(rule.confidence(), POWER));
  }

  /// Why a segment speaks against the challenger; empty if it does not.
  private static Optional<String> loss(OnSegment on, Rule rule) {
    boolean canTell = on.detectable() <= rule.segmentLoss();
    boolean isWorse = canTell ? !(on.low() > -rule.segmentLoss()) : on.high() < 0;
    if (!isWorse) {
      return Optional.empty();
    }
    String what =
        "on `"
            + on.segment()
            + "`, with "
            + Figures.whole(on.positives())
            + " positives, the gain is "
            + Figures.signed(on.gain(), 4);
    return Optional.of(
        canTell
            ? what
                + " and could be "
                + Figures.signed(on.low(), 4)
                + ", where a loss of "
                + Figures.brief(rule.segmentLoss())
                + " is the most allowed"
            : what + " and at best " + Figures.signed(on.high(), 4));
  }

  private static List<String> against(Evidence evidence, Rule rule) {
    List<String> reasons = new ArrayList<>();
    if (evidence.positives() < rule.minPositives()) {
      reasons.add(
          "only "
              + evidence.positives()
              + " positives to judge by, at least "
              + rule.minPositives()
              + " are wanted");
    }
    if (!(evidence.gain() >= rule.leastGain())) {
      reasons.add(
          "the gain of "
              + Figures.signed(evidence.gain(), 4)
              + " is below the least gain of "
              + rule.leastGain());
    }
    if (!(evidence.bound() > Math.min(0, rule.leastGain()))) {
      reasons.add(
          "with "
              + Figures.percent(rule.confidence(), 0)
              + " confidence the gain is only above "
              + Figures.signed(evidence.bound(), 4));
    }
    return reasons;
  }

  private static String inFavour(Evidence evidence, Rule rule) {
    return "average precision "
        + Figures.fixed(evidence.challenger(), 4)
        + " against "
        + Figures.fixed(evidence.champion(), 4)
        + " on "
        + Figures.whole(evidence.rows())
        + " payments with "
        + Figures.whole(evidence.positives())
        + " positives: a gain of "
        + Figures.signed(evidence.gain(), 4)
        + ", with "
        + Figures.percent(rule.confidence(), 0)
        + " confidence above "
        + Figures.signed(evidence.bound(), 4);
  }
}
