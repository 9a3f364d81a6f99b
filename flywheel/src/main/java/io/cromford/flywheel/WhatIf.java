package io.cromford.flywheel;

import io.cromford.training.Costs;
import io.cromford.training.Scored;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What closed weeks would have come to with another number of alerts a day, by the scores as they
/// were served: more alerts stop more, and disturb more.
///
/// For each number an [AlertThreshold] goes over the weeks, learnt from the week before them (from
/// the first of them where there is none, which knows a little more than it could). What is not in
/// it: a change of who served had its threshold set anew, and who is stopped may try again.
///
/// @param weeks which they are, from 1, in order
/// @param days how many days they have
/// @param points one for each number of alerts a day, in ascending order
/// @param actual what came of them as it was
public record WhatIf(List<Integer> weeks, double days, List<Point> points, Point actual) {
  /// No week is closed.
  public static final WhatIf NONE = new WhatIf(List.of(), 0, List.of(), Point.NONE);

  /// Copies the lists.
  public WhatIf {
    weeks = List.copyOf(weeks);
    points = List.copyOf(points);
  }

  /// What would have come of a number of alerts a day.
  ///
  /// @param alertsPerDay the number that is aimed at; of the actual one what was in force last
  /// @param alerts made
  /// @param rightAlerts of them on a card with a positive that day
  /// @param stopped positives
  /// @param positives all of them
  /// @param saved money against doing nothing, in units of the currency
  public record Point(
      int alertsPerDay, int alerts, int rightAlerts, int stopped, int positives, double saved) {
    static final Point NONE = new Point(0, 0, 0, 0, 0, 0);

    Point plus(Point other) {
      return new Point(
          alertsPerDay,
          alerts + other.alerts,
          rightAlerts + other.rightAlerts,
          stopped + other.stopped,
          positives + other.positives,
          saved + other.saved);
    }
  }

  /// Goes over closed weeks.
  ///
  /// @param samples in order, one after the other; the first one is only learnt from if there are
  ///   several
  /// @param numbers of alerts a day to try, each at least 1, in ascending order
  public static WhatIf of(List<WeekSample> samples, List<Integer> numbers) {
    if (samples.isEmpty()) {
      return NONE;
    }
    WeekSample learnt = samples.getFirst();
    List<WeekSample> weeks = samples.size() > 1 ? samples.subList(1, samples.size()) : samples;
    List<Point> points = new ArrayList<>();
    for (int number : numbers) {
      points.add(tried(learnt, weeks, number));
    }
    long millis = weeks.getLast().untilMillis() - weeks.getFirst().fromMillis();
    return new WhatIf(
        weeks.stream().map(WeekSample::number).toList(),
        (double) millis / Scored.DAY_MILLIS,
        points,
        actual(weeks));
  }

  private static Point tried(WeekSample learnt, List<WeekSample> weeks, int number) {
    AlertThreshold threshold =
        new AlertThreshold(
            number,
            weeks.getFirst().fromMillis(),
            AlertThreshold.dailyScores(learnt.scored().first(), number));
    Point sum = new Point(number, 0, 0, 0, 0, 0);
    for (WeekSample week : weeks) {
      sum = sum.plus(tried(week, threshold, number));
    }
    return sum;
  }

  private static Point tried(WeekSample week, AlertThreshold threshold, int number) {
    Scored rows = week.scored().first();
    Count count = new Count(week);
    for (int row = 0; row < rows.size(); row++) {
      threshold.advance(rows.eventMillis(row));
      boolean stops = rows.score(row) >= threshold.value();
      count.row(row, stops, threshold.scored(rows.entity(row), rows.score(row)));
    }
    return count.point(number);
  }

  private static Point actual(List<WeekSample> weeks) {
    int inForce = weeks.getLast().reckoning().alertsPerDay();
    Point sum = new Point(inForce, 0, 0, 0, 0, 0);
    for (WeekSample week : weeks) {
      Count count = new Count(week);
      for (int row = 0; row < week.size(); row++) {
        count.row(row, week.marks().stopped(row), week.marks().alert(row));
      }
      sum = sum.plus(count.point(inForce));
    }
    return sum;
  }

  /// Counts a week's decisions.
  private static final class Count {
    private final Scored rows;
    private final Costs costs;
    private final Set<CardAndDay> frauds;
    private int alerts;
    private int right;
    private int stopped;
    private double saved;

    Count(WeekSample week) {
      this.rows = week.scored().first();
      this.costs = week.reckoning().costs();
      this.frauds = WeekReckoning.frauds(rows);
    }

    void row(int row, boolean stops, boolean alerts) {
      if (stops && rows.positive(row)) {
        stopped++;
        saved += costs.ofMissing(rows.amount(row));
      }
      if (alerts) {
        this.alerts++;
        right += frauds.contains(CardAndDay.of(rows, row)) ? 1 : 0;
        saved -= costs.investigation();
      }
    }

    Point point(int number) {
      return new Point(number, alerts, right, stopped, rows.positives(), saved);
    }
  }
}
