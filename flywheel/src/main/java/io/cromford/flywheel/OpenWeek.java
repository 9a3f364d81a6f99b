package io.cromford.flywheel;

import io.cromford.training.Interval;

/// A week that is not mature: what is known of it now, and what is still open.
///
/// @param number from 1, the week that begins at go-live
/// @param fromMillis inclusive
/// @param untilMillis exclusive
/// @param payments what is known of what was decided on
/// @param alerts how many were right, of those that somebody answered
/// @param recall how many of the positives were stopped, as far as that can be said
/// @param saved the money that this saved, as far as that can be said
public record OpenWeek(
    int number,
    long fromMillis,
    long untilMillis,
    Payments payments,
    Alerts alerts,
    Recall recall,
    Saved saved) {
  /// What is known of the payments that were decided on.
  ///
  /// @param decisions all of them: definitive + provisional + silent + open
  /// @param definitive with a label
  /// @param provisional of which only a kind of outcome has spoken that the label may overrule
  /// @param silent mature without any outcome
  /// @param open not mature, and without any outcome yet
  /// @param positives known so far, of either kind
  public record Payments(
      int decisions, int definitive, int provisional, int silent, int open, int positives) {}

  /// How the alerts did.
  ///
  /// @param made all of them
  /// @param answered of them of whose payment something is known, or whose card had a positive that
  ///   day; the others are open
  /// @param right of them on a card with a positive that day
  /// @param precision the 95 % interval of the share that is right, by Wilson's score; without ends
  ///   where nothing is answered. It takes the answered ones for like the others
  public record Alerts(int made, int answered, int right, Interval precision) {
    /// The share of the answered ones that is right; NaN where none is.
    public double share() {
      return Tally.share(right, answered);
    }
  }

  /// The share of the positives that was stopped. Its bounds hold whatever the open payments turn
  /// out to be, as long as nothing that is known is corrected.
  ///
  /// @param stopped positives that were stopped, known so far
  /// @param atLeast if every open payment that passed is positive; NaN where nothing is known or
  ///   open
  /// @param atMost if every open payment that was stopped is positive, and no other
  public record Recall(int stopped, double atLeast, double atMost) {}

  /// The money saved against doing nothing, in units of the currency: positives stopped less the
  /// cost of all alerts. Its bounds hold whatever the open payments turn out to be, as long as
  /// nothing that is known is corrected.
  ///
  /// @param atLeast by what is known so far: if no open payment that was stopped is positive
  /// @param atMost if each of them is
  public record Saved(double atLeast, double atMost) {}

  /// Counts what is known, payment by payment.
  static final class Tally {
    private int definitive;
    private int provisional;
    private int silent;
    private int openPassed;
    private int openStopped;
    private int positives;
    private int stopped;
    private int alerts;
    private int answered;
    private int right;
    private double saved;
    private double openSaved;

    void payment(Truth truth, boolean isOpen, boolean isStopped) {
      definitive += truth.isDefinitive() ? 1 : 0;
      provisional += truth.isKnown() && !truth.isDefinitive() ? 1 : 0;
      silent += truth.isKnown() || isOpen ? 0 : 1;
      openPassed += isOpen && !isStopped ? 1 : 0;
      openStopped += isOpen && isStopped ? 1 : 0;
      positives += truth.isPositive() ? 1 : 0;
      stopped += truth.isPositive() && isStopped ? 1 : 0;
    }

    void alert(boolean isKnown, boolean isRight) {
      alerts++;
      answered += isKnown || isRight ? 1 : 0;
      right += isRight ? 1 : 0;
    }

    /// @param missing what it costs to miss the payment if it is positive
    /// @param investigation what was spent on it
    void money(
        Truth truth, boolean isOpen, boolean isStopped, double missing, double investigation) {
      saved += (isStopped && truth.isPositive() ? missing : 0) - investigation;
      openSaved += isStopped && isOpen ? missing : 0;
    }

    OpenWeek week(int number, long fromMillis, long untilMillis) {
      int open = openPassed + openStopped;
      int decisions = definitive + provisional + silent + open;
      return new OpenWeek(
          number,
          fromMillis,
          untilMillis,
          new Payments(decisions, definitive, provisional, silent, open, positives),
          new Alerts(alerts, answered, right, Interval.ofShare(right, answered)),
          new Recall(
              stopped,
              share(stopped, positives + openPassed),
              share(stopped + openStopped, positives + openStopped)),
          new Saved(saved, saved + openSaved));
    }

    private static double share(int part, int of) {
      return of == 0 ? Double.NaN : (double) part / of;
    }
  }
}
