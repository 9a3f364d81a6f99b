package io.cromford.flywheel.monitor;

import io.cromford.training.Scored;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Days of a made-up factory in which nothing changes but by chance: a weekly pattern, levels that
/// wander around their mean (an autoregression), and heavy tails.
final class MadeDays {
  static final int FEATURES = 20;

  /// A feature of [#FEATURES] whose window is not full before the thirtieth day.
  static final int WINDOWED = 3;

  private static final double[] WEEK = {1, 1.05, 1.02, 1.04, 1.15, 0.8, 0.6};
  private static final int USUAL_RECORDS = 10_000;
  private static final double PERSISTENCE = 0.7;

  private final Random random;
  private final double[] wander = new double[4 * FEATURES + 11];
  private long day = 17_000;
  DayFigures.Attendance attendance = DayFigures.Attendance.LIVE;

  /// What somebody did to a day.
  static class Trouble {
    double volume = 1;
    double outcomes = 1;
    int missing = -1;
    int scaled = -1;
    double segmentAlerts = 1;
  }

  MadeDays(long seed) {
    random = new Random(seed);
  }

  static List<FeatureForm> forms() {
    return forms(0);
  }

  /// @param lowest the first edge of the feature with a window
  static List<FeatureForm> forms(double lowest) {
    List<FeatureForm> forms = new ArrayList<>();
    for (int i = 0; i < FEATURES; i++) {
      long window = i == WINDOWED ? 30 * Scored.DAY_MILLIS : 0;
      double first = i == WINDOWED ? lowest : 0;
      forms.add(
          new FeatureForm("f" + i, window, List.of(first, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0)));
    }
    return forms;
  }

  long day() {
    return day;
  }

  /// The next day.
  DayFigures next(Trouble trouble) {
    day++;
    double level = WEEK[(int) Math.floorMod(day, 7L)];
    long records = count(USUAL_RECORDS * level * trouble.volume, 0);
    long outcomes = count(0.1 * USUAL_RECORDS * level * trouble.outcomes, 1);
    List<List<Integer>> features = new ArrayList<>();
    for (int i = 0; i < FEATURES; i++) {
      features.add(feature(i, records, trouble));
    }
    return new DayFigures(
        day, attendance, sources(records, outcomes), features, decisions(records, trouble), 0);
  }

  private Map<String, DayFigures.Source> sources(long records, long outcomes) {
    Map<String, DayFigures.Source> sources = new HashMap<>();
    sources.put(
        "payments",
        new DayFigures.Source(records, share(records, 0.01, 2), share(records, 0.001, 3), 0, 0));
    sources.put(
        "truths",
        outcomes == 0
            ? DayFigures.Source.NONE
            : new DayFigures.Source(outcomes, 0, 0, outcomes, 168 * Math.exp(0.05 * noise(4))));
    return sources;
  }

  private DayFigures.Decisions decisions(long records, Trouble trouble) {
    if (records == 0) {
      return DayFigures.Decisions.NONE;
    }
    double mean = 0.01 * Math.exp(0.1 * noise(5));
    long small = share(records, 0.3, 8);
    long alerts = share(small, 0.01 * trouble.segmentAlerts, 4 * FEATURES + 10);
    return new DayFigures.Decisions(
        new DayFigures.Scores(records, share(records, 0.01, 6), mean),
        records,
        0.01 * Math.exp(0.5 * noise(7)),
        Map.of("small", new DayFigures.Scores(small, alerts, mean * Math.exp(0.1 * noise(9)))));
  }

  /// Values spread evenly but for a wandering lean towards the upper bins.
  private List<Integer> feature(int i, long records, Trouble trouble) {
    int[] bins = new int[11];
    if (i == trouble.missing) {
      bins[0] = (int) records;
      return java.util.Arrays.stream(bins).boxed().toList();
    }
    if (i == trouble.scaled) {
      bins[10] = (int) records;
      return java.util.Arrays.stream(bins).boxed().toList();
    }
    double lean = 0.1 * noise(10 + i);
    long missing = share(records, 0.02 * (i % 3), 10 + FEATURES + i);
    bins[0] = (int) missing;
    bins[10] = (int) share(records, 0.0005, 10 + 2 * FEATURES + i);
    bins[1] = (int) share(records, 0.0005, 10 + 3 * FEATURES + i);
    double left = Math.max(0, records - bins[0] - bins[1] - bins[10]);
    for (int bin = 2; bin < 10; bin++) {
      bins[bin] = (int) Math.max(0, left / 8 * (1 + lean * (bin - 5.5) / 3.5));
    }
    return java.util.Arrays.stream(bins).boxed().toList();
  }

  private long count(double mean, int series) {
    double level = mean * Math.exp(0.04 * noise(series));
    return Math.max(0, Math.round(level + Math.sqrt(level) * random.nextGaussian()));
  }

  private long share(long of, double share, int series) {
    double mean = of * share * Math.exp(0.15 * noise(series));
    return Math.clamp(Math.round(mean + Math.sqrt(mean) * random.nextGaussian()), 0, of);
  }

  /// A deviate of about unit size: its level wanders, and one in fifty is three times as large.
  private double noise(int series) {
    wander[series] =
        PERSISTENCE * wander[series]
            + Math.sqrt(1 - PERSISTENCE * PERSISTENCE) * random.nextGaussian();
    double shock = random.nextGaussian() * (random.nextInt(50) == 0 ? 3 : 1);
    return 0.7 * wander[series] + 0.7 * shock;
  }
}
