package io.cromford.flywheel;

import io.cromford.training.Interval;
import io.cromford.training.PairedBootstrap;
import io.cromford.training.PairedBootstrap.Comparison;
import io.cromford.training.PairedBootstrap.Pair;
import io.cromford.training.report.Figures;
import java.util.ArrayList;
import java.util.List;

/// Whether a challenger takes the champion's place.
///
/// Both score the same payments, which neither was fitted on. The challenger passes if there are
/// enough positives, if the one-sided bound of the paired bootstrap by card lies above zero, and if
/// the gain is large enough to be worth a swap: at 95 % confidence alone one of twenty equal
/// challengers would pass.
public final class PromotionGate {
  /// The bootstrap's replicates.
  public static final int REPLICATES = 1000;

  private PromotionGate() {}

  /// What a challenger must show on payments that neither it nor the champion was fitted on.
  ///
  /// @param minPositives the least positives among those payments, at least 1
  /// @param confidence of the one-sided bound on the difference, in (0, 1)
  /// @param leastGain the least difference of average precision, ≥ 0
  public record Rule(int minPositives, double confidence, double leastGain) {
    /// Checks the ranges.
    public Rule {
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
  public record Evidence(
      int rows,
      int positives,
      double challenger,
      double champion,
      double gain,
      double bound,
      Interval interval) {}

  /// Judges.
  ///
  /// @param scores the challenger's first, the champion's second, on the same rows
  /// @param seed of the resampling
  public static Verdict judge(Pair scores, Rule rule, long seed) {
    Comparison comparison = PairedBootstrap.averagePrecision(scores, seed, REPLICATES);
    Evidence evidence = evidence(scores, comparison, rule);
    List<String> against = against(evidence, rule);
    return against.isEmpty()
        ? new Verdict.Passed(evidence, List.of(inFavour(evidence, rule)))
        : new Verdict.Held(evidence, against);
  }

  private static Evidence evidence(Pair scores, Comparison comparison, Rule rule) {
    return new Evidence(
        scores.first().size(),
        scores.first().positives(),
        comparison.first().value(),
        comparison.second().value(),
        comparison.difference().value(),
        comparison.difference().lowerBound(rule.confidence()),
        comparison.difference().interval(0.95));
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
    if (!(evidence.bound() > 0)) {
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
