package io.cromford.flywheel.monitor;

import io.cromford.flywheel.ScoreBins;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// What is kept of one feature: the counts of its last days, and the shares that its values had in
/// the champion's training window.
///
/// The reference of the stability index is the days of the champion's training window on which the
/// feature's windows were full: the model learnt what a value means from those. Where there are
/// less than a week of them (a young factory) the first full days from then on are added, up to a
/// week. When another model takes over, all days that are kept are measured against its reference,
/// so that a day and its past are always measured alike.
final class FeatureMonitor {
  /// Days whose counts are kept.
  static final int DAYS = 98;

  /// Days that a reference needs.
  static final int REFERENCE_DAYS = 7;

  private final FeatureForm form;
  private final long formedDay;
  private final TreeMap<Long, int[]> days = new TreeMap<>();
  private final TreeSet<Long> unusual = new TreeSet<>();
  private Reference reference;

  /// Summed counts of some days; never changed.
  static final class Reference {
    private final FeatureForm form;
    private final int days;
    private final long[] counts;

    private Reference(FeatureForm form, int days, long[] counts) {
      this.form = form;
      this.days = days;
      this.counts = counts;
    }

    private Reference plus(int[] day) {
      long[] sum = counts.clone();
      for (int bin = 0; bin < sum.length; bin++) {
        sum[bin] += day[bin];
      }
      return new Reference(form, days + 1, sum);
    }

    private boolean isWhole() {
      return days >= REFERENCE_DAYS;
    }
  }

  /// @param formedDay the last day of the sample that the bins were made of
  FeatureMonitor(FeatureForm form, long formedDay) {
    this.form = form;
    this.formedDay = formedDay;
    this.reference = new Reference(form, 0, new long[form.bins()]);
  }

  FeatureForm form() {
    return form;
  }

  /// Whether the bins were made of values from before the windows were full for a week.
  ///
  /// @param fullDay the first day on which they were
  boolean isFormedTooEarly(long fullDay) {
    return form.windowMillis() > 0 && formedDay < fullDay + REFERENCE_DAYS;
  }

  String name() {
    return form.name();
  }

  long windowMillis() {
    return form.windowMillis();
  }

  /// Keeps the counts of a day on which the windows were full.
  ///
  /// @return whether the reference has changed by it
  boolean keep(long day, int[] counts) {
    days.put(day, counts);
    if (days.size() > DAYS) {
      unusual.remove(days.pollFirstEntry().getKey());
    }
    if (reference.isWhole()) {
      return false;
    }
    reference = reference.plus(counts);
    return true;
  }

  /// The day is not to be taken for usual.
  void isUnusual(long day) {
    unusual.add(day);
  }

  /// What is unusual so far is usual from here on.
  void isUsualNow() {
    unusual.clear();
  }

  /// The counts of a training window, as far as they are kept.
  ///
  /// @param fromDay inclusive
  /// @param untilDay exclusive
  Reference between(long fromDay, long untilDay) {
    Reference sum = new Reference(form, 0, new long[form.bins()]);
    for (int[] day : days.subMap(fromDay, untilDay).values()) {
      sum = sum.plus(day);
    }
    return sum;
  }

  /// Measures against another reference from here on, unless it is too short.
  void measureAgainst(Reference other) {
    if (other.form.equals(form) && (other.isWhole() || !reference.isWhole())) {
      reference = other.days > 0 ? other : reference;
    }
  }

  /// The readings of a day by kind; none of a kind that there are no values for.
  Map<MonitorKind, Reading> readings(int[] counts) {
    long rows = Arrays.stream(counts).asLongStream().sum();
    long present = rows - counts[FeatureForm.MISSING];
    Map<MonitorKind, Reading> readings = new TreeMap<>();
    if (rows > 0) {
      readings.put(
          MonitorKind.MISSING_SHARE,
          new Reading((double) counts[FeatureForm.MISSING] / rows, rows));
    }
    if (present > 0) {
      long outside = counts[FeatureForm.BELOW] + (long) counts[counts.length - 1];
      readings.put(MonitorKind.OUT_OF_RANGE, new Reading((double) outside / present, present));
      if (reference.isWhole()) {
        readings.put(MonitorKind.SHIFT, new Reading(shift(counts), present));
      }
    }
    return readings;
  }

  /// The shifts of the usual days that are kept, on their scale, in order.
  List<Usual.Point> shifts() {
    List<Usual.Point> shifts = new ArrayList<>();
    if (reference.isWhole()) {
      days.forEach((day, counts) -> {
        if (!unusual.contains(day) && Arrays.stream(counts).skip(1).sum() > 0) {
          shifts.add(new Usual.Point(day, MonitorKind.SHIFT.scale().of(shift(counts))));
        }
      });
    }
    return shifts;
  }

  /// How the values lie.
  ///
  /// @param filling whether the windows still fill up
  FeatureProfile profile(boolean filling) {
    long last = days.isEmpty() ? 0 : days.lastKey();
    Reference recent = between(last - FeatureProfile.RECENT_DAYS + 1, last + 1);
    return new FeatureProfile(
        form,
        filling,
        Arrays.stream(reference.counts).boxed().toList(),
        reference.days,
        Arrays.stream(recent.counts).boxed().toList(),
        recent.days);
  }

  private double shift(int[] counts) {
    long[] present = new long[counts.length - 1];
    long[] expected = new long[present.length];
    long total = 0;
    for (int bin = 0; bin < present.length; bin++) {
      present[bin] = counts[bin + 1];
      expected[bin] = reference.counts[bin + 1];
      total += expected[bin];
    }
    double all = Math.max(1, total);
    List<Double> shares = Arrays.stream(expected).mapToObj(count -> count / all).toList();
    return ScoreBins.stabilityIndex(shares, present);
  }
}
