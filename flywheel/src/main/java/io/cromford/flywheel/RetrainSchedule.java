package io.cromford.flywheel;

import io.cromford.training.Folds.Span;
import java.time.Duration;
import java.time.Instant;

/// When the factory retrains, and on which days.
///
/// At each boundary w, counted from go-live, labels are mature up to w − maturity. The challenger
/// is judged on the newest test length of mature days, which neither it nor the champion was fitted
/// on; it is fitted on the rest of the window before them; what is promoted is refitted on the
/// whole window. With a window of 56 days, a maturity of 7 and a test of 7 that is: challenger [w −
/// 63 d, w − 14 d), judged on [w − 14 d, w − 7 d), refit [w − 63 d, w − 7 d).
///
/// @param goLiveMillis from which boundaries are counted
/// @param every between boundaries; at least the test length, so that the champion never saw the
///   test days
/// @param window how far back training reaches from the last mature moment
/// @param test how long the days are on which a challenger is judged
/// @param maturity how long a label takes
public record RetrainSchedule(
    long goLiveMillis, Duration every, Duration window, Duration test, Duration maturity) {
  /// Checks the lengths.
  public RetrainSchedule {
    Require.positive("retrain-every", every);
    Require.positive("test", test);
    Require.notNegative("maturity", maturity);
    if (window.compareTo(test) <= 0) {
      throw new IllegalArgumentException(
          "`window` is " + window + ", not longer than the test of " + test);
    }
    if (every.compareTo(test) < 0) {
      throw new IllegalArgumentException(
          "`retrain-every` is "
              + every
              + ", shorter than the test of "
              + test
              + ": the champion would be judged on days it was fitted on");
    }
  }

  /// The days of one retraining.
  ///
  /// @param number the boundary's number: 0 is go-live; a hasty one has that of the next regular
  ///   one
  /// @param atMillis the boundary
  /// @param challenger where the challenger is fitted
  /// @param test where it is judged
  /// @param refit where what is promoted is fitted
  public record Plan(int number, long atMillis, Span challenger, Span test, Span refit) {
    /// The plan in words.
    @Override
    public String toString() {
      return "retraining "
          + number
          + " at "
          + Instant.ofEpochMilli(atMillis)
          + ": fitted on "
          + challenger
          + ", judged on "
          + test;
    }
  }

  /// The first boundary after a moment; go-live itself is none.
  public Plan next(long afterMillis) {
    long since = Math.max(0, afterMillis - goLiveMillis);
    return plan(Math.toIntExact(since / every.toMillis()) + 1);
  }

  /// The days of a boundary.
  ///
  /// @param number from 0, which is go-live: its refit is where the first model is fitted
  public Plan plan(int number) {
    return plan(number, goLiveMillis + number * every.toMillis(), test);
  }

  private Plan plan(int number, long at, Duration judgedOn) {
    return planFrom(number, at, at - maturity.toMillis() - judgedOn.toMillis());
  }

  private Plan planFrom(int number, long at, long testFrom) {
    long mature = at - maturity.toMillis();
    long from = mature - window.toMillis();
    return new Plan(
        number, at, new Span(from, testFrom), new Span(testFrom, mature), new Span(from, mature));
  }

  /// How often is retrained after an alarm, and on what.
  ///
  /// @param every between boundaries
  /// @param test how long the days are on which a challenger is judged
  /// @param confidence of the gain's bound; higher than without haste, since it is tried each day
  /// @param stage how long shadow and canary are then at most, each
  /// @param lasts how long after the alarm, or after the last challenger that won; zero for no
  ///   haste
  /// @param losses how many challengers in a row that lose end it sooner; 0 for never, which is
  ///   what policies said before there was such a number
  public record Haste(
      Duration every,
      Duration test,
      double confidence,
      Duration stage,
      Duration lasts,
      int losses) {
    /// Checks the lengths.
    public Haste {
      Require.positive("on-alarm.retrain-every", every);
      Require.positive("on-alarm.test", test);
      Require.notNegative("on-alarm.stage", stage);
      Require.notNegative("on-alarm.for", lasts);
      Require.atLeast("on-alarm.losses", 0, losses);
    }

    /// The gate's rule while there is haste.
    public PromotionGate.Rule rule(PromotionGate.Rule gate) {
      return gate.withConfidence(Math.max(gate.confidence(), confidence));
    }

    /// The same without haste.
    public Haste never() {
      return new Haste(every, test, confidence, stage, Duration.ZERO, losses);
    }
  }

  /// The first boundary after a moment at which there are enough days to judge by that the champion
  /// was not fitted on; those are its test days, up to the test's length.
  ///
  /// @param fittedUntilMillis where the champion's training days end
  /// @param least how long the test days have to be
  public Plan next(long afterMillis, long fittedUntilMillis, Duration least) {
    Plan plan = next(afterMillis);
    while (plan.test().untilMillis() - fittedUntilMillis < least.toMillis()) {
      plan = plan(plan.number() + 1);
    }
    return planFrom(
        plan.number(), plan.atMillis(), Math.max(plan.test().fromMillis(), fittedUntilMillis));
  }

  /// The first boundary after a moment while there is haste: the last matured days are few, and
  /// none of them may be one that the champion was fitted on.
  ///
  /// @param afterMillis not before go-live
  /// @param fittedUntilMillis where the champion's training days end
  public Plan hasty(long afterMillis, long fittedUntilMillis, Haste haste) {
    long unseen = fittedUntilMillis + haste.test().toMillis() + maturity.toMillis();
    long step = haste.every().toMillis();
    long steps =
        Math.max(
            (afterMillis - goLiveMillis) / step + 1, Math.ceilDiv(unseen - goLiveMillis, step));
    long at = goLiveMillis + steps * step;
    return plan(next(at).number(), at, haste.test());
  }
}
