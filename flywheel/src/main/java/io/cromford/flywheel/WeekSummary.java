package io.cromford.flywheel;

import io.cromford.core.SnapshotReader;
import io.cromford.core.SnapshotWriter;
import java.util.List;

/// What one week of live decisions came to.
///
/// @param number from 1, the week that begins at go-live
/// @param fromMillis inclusive
/// @param untilMillis exclusive
/// @param counted whether it is a full week whose outcomes are all mature, so that it counts in the
///   means
/// @param champions the versions that served, in order
/// @param counts what was decided and what was true
/// @param ranking how good the scores were
/// @param saved against doing nothing
/// @param explored what was let through at random
public record WeekSummary(
    int number,
    long fromMillis,
    long untilMillis,
    boolean counted,
    List<String> champions,
    Counts counts,
    Ranking ranking,
    Saved saved,
    Explored explored) {
  /// Copies the versions.
  public WeekSummary {
    champions = List.copyOf(champions);
  }

  /// Writes it.
  void save(SnapshotWriter out) {
    out.count(number);
    out.number(fromMillis);
    out.number(untilMillis);
    out.flag(counted);
    out.each(champions, out::text);
    counts.save(out);
    ranking.save(out);
    saved.save(out);
    explored.save(out);
  }

  /// The summary that was saved.
  static WeekSummary read(SnapshotReader in) {
    return new WeekSummary(
        in.count(),
        in.number(),
        in.number(),
        in.flag(),
        in.each(in::text),
        Counts.read(in),
        Ranking.read(in),
        Saved.read(in),
        Explored.read(in));
  }

  /// What was decided and what was true.
  ///
  /// @param decisions payments decided on
  /// @param outcomes of them with an outcome of their own; the others were taken as negative
  /// @param positives frauds
  /// @param alerts made
  /// @param rightAlerts of them on a card with a fraud that day
  /// @param lateOutcomes that came after the week was closed and changed what is known of it
  public record Counts(
      int decisions, int outcomes, int positives, int alerts, int rightAlerts, int lateOutcomes) {
    private void save(SnapshotWriter out) {
      out.count(decisions);
      out.count(outcomes);
      out.count(positives);
      out.count(alerts);
      out.count(rightAlerts);
      out.count(lateOutcomes);
    }

    private static Counts read(SnapshotReader in) {
      return new Counts(in.count(), in.count(), in.count(), in.count(), in.count(), in.count());
    }

    /// The share of alerts that were right; NaN without alerts.
    public double precision() {
      return alerts == 0 ? Double.NaN : (double) rightAlerts / alerts;
    }
  }

  /// How good the scores were, over all payments of the week.
  ///
  /// @param averagePrecision of the scores that served; NaN without a fraud
  /// @param frozen of the first model's, which scored in shadow
  /// @param cardPrecision of the scores that served, at the alerts a day: ranked afterwards
  /// @param recall the share of frauds that were stopped; NaN without a fraud
  public record Ranking(
      double averagePrecision, double frozen, double cardPrecision, double recall) {
    private void save(SnapshotWriter out) {
      out.real(averagePrecision);
      out.real(frozen);
      out.real(cardPrecision);
      out.real(recall);
    }

    private static Ranking read(SnapshotReader in) {
      return new Ranking(in.real(), in.real(), in.real(), in.real());
    }
  }

  /// Money saved against doing nothing, in units of the currency.
  ///
  /// @param serving by what was decided
  /// @param frozen by what the first model would have decided
  public record Saved(double serving, double frozen) {
    private void save(SnapshotWriter out) {
      out.real(serving);
      out.real(frozen);
    }

    private static Saved read(SnapshotReader in) {
      return new Saved(in.real(), in.real());
    }
  }

  /// What would have been stopped and was let through at random, to learn what becomes of such.
  ///
  /// @param count payments
  /// @param positives frauds among them
  /// @param cost of those frauds, in units of the currency
  public record Explored(int count, int positives, double cost) {
    private void save(SnapshotWriter out) {
      out.count(count);
      out.count(positives);
      out.real(cost);
    }

    private static Explored read(SnapshotReader in) {
      return new Explored(in.count(), in.count(), in.real());
    }
  }

  /// The version that served last.
  public String champion() {
    return champions.isEmpty() ? "" : champions.getLast();
  }
}
