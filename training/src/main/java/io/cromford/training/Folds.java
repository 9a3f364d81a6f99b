package io.cromford.training;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Time-ordered folds: each trains on a window, leaves the label's maturity as a gap, and tests on
/// the days after it, walking backward from the newest mature label.
///
/// The gap is what life imposes: on the first test day only labels older than the maturity are
/// known.
///
/// @param folds newest first, at least one
/// @param reason in words, why there are not more
public record Folds(List<Fold> folds, String reason) {
  /// Copies the folds.
  public Folds {
    folds = List.copyOf(folds);
  }

  /// A half-open interval of event time.
  ///
  /// @param fromMillis inclusive
  /// @param untilMillis exclusive, not before `fromMillis`
  public record Span(long fromMillis, long untilMillis) {
    /// Checks the order.
    public Span {
      if (untilMillis < fromMillis) {
        throw new IllegalArgumentException(
            "a span from " + fromMillis + " ms until " + untilMillis + " ms");
      }
    }

    /// How long it is.
    public Duration length() {
      return Duration.ofMillis(untilMillis - fromMillis);
    }

    /// The rows of a set that lie in it.
    public TrainingSet of(TrainingSet rows) {
      return rows.between(fromMillis, untilMillis);
    }

    /// The interval as a person reads it.
    @Override
    public String toString() {
      return Instant.ofEpochMilli(fromMillis) + " until " + Instant.ofEpochMilli(untilMillis);
    }
  }

  /// One fold.
  ///
  /// @param training where it is fitted
  /// @param test where it is judged; starts at least the gap after the training's end
  public record Fold(Span training, Span test) {}

  /// How folds are laid.
  ///
  /// @param window the longest training interval
  /// @param gap the label's maturity
  /// @param test the length of a test interval
  /// @param atMost the most folds, at least 1
  public record Layout(Duration window, Duration gap, Duration test, int atMost) {
    /// Checks the lengths.
    public Layout {
      requirePositive("window", window);
      requirePositive("test", test);
      if (gap.isNegative()) {
        throw new IllegalArgumentException("the gap is " + gap + ", below zero");
      }
      if (atMost < 1) {
        throw new IllegalArgumentException("folds at most " + atMost + ", not at least 1");
      }
    }

    private static void requirePositive(String name, Duration length) {
      if (!length.isPositive()) {
        throw new IllegalArgumentException("the " + name + " is " + length + ", not above zero");
      }
    }
  }

  /// As many folds as the data allows.
  ///
  /// A fold needs a training interval at least as long as its test, except the first, which takes
  /// what there is, so that a young factory can be judged at all.
  ///
  /// @param data from the first row until the end of what is mature
  /// @throws io.cromford.core.CromfordException with [io.cromford.core.ErrorCode#STATE_CONFLICT] if
  ///   not even one fold fits
  public static Folds of(Span data, Layout layout) {
    List<Fold> folds = new ArrayList<>();
    while (folds.size() < layout.atMost()) {
      long trainingUntil =
          data.untilMillis()
              - (folds.size() + 1) * layout.test().toMillis()
              - layout.gap().toMillis();
      long least = folds.isEmpty() ? 1 : layout.test().toMillis();
      if (trainingUntil - data.fromMillis() < least) {
        return new Folds(requireSome(folds, data, layout), reason(folds.size(), data, layout));
      }
      folds.add(fold(trainingUntil, data, layout));
    }
    return new Folds(folds, "as many as asked for");
  }

  private static Fold fold(long trainingUntil, Span data, Layout layout) {
    long from = Math.max(data.fromMillis(), trainingUntil - layout.window().toMillis());
    long testFrom = trainingUntil + layout.gap().toMillis();
    return new Fold(
        new Span(from, trainingUntil), new Span(testFrom, testFrom + layout.test().toMillis()));
  }

  private static List<Fold> requireSome(List<Fold> folds, Span data, Layout layout) {
    if (folds.isEmpty()) {
      throw new io.cromford.core.CromfordException(
          io.cromford.core.ErrorCode.STATE_CONFLICT,
          "the labels cover "
              + days(data.length())
              + ", not one fold of training, a gap of "
              + days(layout.gap())
              + " and a test of "
              + days(layout.test())
              + ".\nMaybe wait for more outcomes, or shorten `validate: test`.");
    }
    return folds;
  }

  private static String reason(int count, Span data, Layout layout) {
    Duration left = data.length().minus(layout.gap()).minus(layout.test().multipliedBy(count + 1L));
    return "the labels cover "
        + days(data.length())
        + ": fold "
        + (count + 1)
        + (left.isPositive()
            ? " would have less to train on than the " + days(layout.test()) + " it tests on"
            : " would have nothing to train on");
  }

  private static String days(Duration length) {
    double days = length.toMillis() / (double) Scored.DAY_MILLIS;
    return days == Math.rint(days) ? (long) days + " days" : Math.round(days * 10) / 10.0 + " days";
  }
}
