package io.cromford.flywheel.monitor;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;

/// What is usual for one number a day: its own last 56 days.
///
/// The centre of a day is the median of the past days of its weekday, of all days while there are
/// less than four weeks. The spread is that within which four fifths of the past days lay, as a
/// deviation of a normal distribution, enlarged for being measured on the days that the centre was
/// taken from; so one bad day in five does not change it. Whatever the budget of false alarms says,
/// a day is not unusual within [#REACH] times the largest deviation of the past: a series with a
/// heavy tail, or a slow wave, has shown what it does.
///
/// Values are on a [Scale]. One owning thread; memory is 56 numbers.
final class Usual {
  /// Days that are kept.
  static final int DAYS = 56;

  /// Fewer days say nothing.
  static final int LEAST_DAYS = 14;

  private static final int WEEKLY_FROM = 28;
  private static final int WEEK = 7;
  private static final double REACH = 1.25;
  private static final double MOST_OF_THEM = 0.8;
  private static final double NORMAL_QUANTILE = 1.2815515655446004;

  private final Deque<Point> past = new ArrayDeque<>();

  /// A day's value on the scale.
  record Point(long day, double value) {}

  /// What a day should be like.
  ///
  /// @param centre the usual value
  /// @param spread a deviation
  /// @param largest the largest deviation from their centres of the past days
  record Expected(double centre, double spread, double largest) {
    /// How far from the centre a day may lie.
    ///
    /// @param limit in deviations
    /// @param noise the least that a deviation is
    double reach(double limit, double noise) {
      return Math.max(limit * Math.max(spread, noise), REACH * largest);
    }
  }

  void add(long day, double value) {
    past.addLast(new Point(day, value));
    if (past.size() > DAYS) {
      past.removeFirst();
    }
  }

  void clear() {
    past.clear();
  }

  int days() {
    return past.size();
  }

  /// What a day should be like; absent while too few days are known.
  Optional<Expected> expected(long day) {
    if (past.size() < LEAST_DAYS) {
      return Optional.empty();
    }
    boolean isWeekly = past.size() >= WEEKLY_FROM && fewestOfAWeekday() > 2;
    return Optional.of(isWeekly ? weekly(weekday(day)) : level());
  }

  private Expected level() {
    double centre = median(past.stream().mapToDouble(Point::value).toArray());
    return expected(
        centre,
        past.stream().mapToDouble(point -> Math.abs(point.value() - centre)).toArray(),
        past.size());
  }

  private Expected weekly(int weekday) {
    double[] centres = new double[WEEK];
    for (int i = 0; i < WEEK; i++) {
      int of = i;
      centres[i] =
          median(
              past.stream()
                  .filter(point -> weekday(point.day()) == of)
                  .mapToDouble(Point::value)
                  .toArray());
    }
    double[] deviations =
        past.stream()
            .mapToDouble(point -> Math.abs(point.value() - centres[weekday(point.day())]))
            .toArray();
    return expected(centres[weekday], deviations, past.size() / (double) WEEK);
  }

  /// @param each of how many days a centre is the median
  private static Expected expected(double centre, double[] deviations, double each) {
    Arrays.sort(deviations);
    double most = deviations[(int) (MOST_OF_THEM * deviations.length)];
    double enlarged = Math.sqrt((each + 1) / (each - 1));
    return new Expected(
        centre, enlarged * most / NORMAL_QUANTILE, deviations[deviations.length - 1]);
  }

  private int fewestOfAWeekday() {
    int[] counts = new int[WEEK];
    past.forEach(point -> counts[weekday(point.day())]++);
    return Arrays.stream(counts).min().orElse(0);
  }

  private static int weekday(long day) {
    return (int) Math.floorMod(day, (long) WEEK);
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    int middle = values.length / 2;
    return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  }
}
