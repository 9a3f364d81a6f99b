package io.cromford.serving;

import io.cromford.core.SnapshotReader;
import io.cromford.core.SnapshotWriter;
import io.cromford.flywheel.monitor.DayFigures;
import io.cromford.training.Scored;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What each source sent on each day, by arrival, until the day is taken; the last [#DAYS] days
/// before go-live. A fold over records.
final class SourceDays {
  /// Days that are kept.
  static final int DAYS = 98;

  private static final long LATE_MILLIS = 3_600_000L;
  private static final double HOUR_MILLIS = 3_600_000;

  private final TreeMap<Long, Day> days = new TreeMap<>();

  private static final class Day {
    private final int firstOrdinal;
    private final Map<String, Tally> sources = new HashMap<>();

    Day(int firstOrdinal) {
      this.firstOrdinal = firstOrdinal;
    }
  }

  private static final class Tally {
    private long accepted;
    private long late;
    private long quarantined;
    private long outcomes;
    private double delayMillis;

    void save(SnapshotWriter out) {
      out.number(accepted);
      out.number(late);
      out.number(quarantined);
      out.number(outcomes);
      out.real(delayMillis);
    }

    static Tally read(SnapshotReader in) {
      Tally tally = new Tally();
      tally.accepted = in.number();
      tally.late = in.number();
      tally.quarantined = in.number();
      tally.outcomes = in.number();
      tally.delayMillis = in.real();
      return tally;
    }

    DayFigures.Source figures() {
      double hours = outcomes == 0 ? 0 : delayMillis / outcomes / HOUR_MILLIS;
      return new DayFigures.Source(accepted, late, quarantined, outcomes, hours);
    }
  }

  void save(SnapshotWriter out) {
    out.section("source days");
    out.sorted(
        days,
        (number, day) -> {
          out.number(number);
          out.count(day.firstOrdinal);
          out.sorted(
              day.sources,
              (name, tally) -> {
                out.text(name);
                tally.save(out);
              });
        });
  }

  void restore(SnapshotReader in) {
    in.section("source days");
    in.times(() -> {
      long number = in.number();
      Day day = new Day(in.count());
      days.put(number, day);
      in.times(() -> day.sources.put(in.text(), Tally.read(in)));
    });
  }

  /// @param ordinal that the record has, or the next observation would have
  void accepted(String source, long arrival, long event, int ordinal) {
    Tally tally = tally(source, arrival, ordinal);
    tally.accepted++;
    tally.late += arrival - event > LATE_MILLIS ? 1 : 0;
  }

  /// An accepted record carried the label of an observation of that time.
  void judged(String source, long arrival, long observedMillis, int ordinal) {
    Tally tally = tally(source, arrival, ordinal);
    tally.outcomes++;
    tally.delayMillis += arrival - observedMillis;
  }

  void quarantined(String source, long arrival, int ordinal) {
    tally(source, arrival, ordinal).quarantined++;
  }

  private Tally tally(String source, long arrival, int ordinal) {
    long day = Math.floorDiv(arrival, Scored.DAY_MILLIS);
    Day of = days.get(day);
    if (of == null) {
      of = new Day(ordinal);
      days.put(day, of);
      if (days.size() > DAYS) {
        days.pollFirstEntry();
      }
    }
    return of.sources.computeIfAbsent(source, _ -> new Tally());
  }

  /// The days that are kept, in order.
  Set<Long> days() {
    return days.keySet();
  }

  /// The first observation of a day or a later one.
  ///
  /// @param size the number of observations, where there is none
  int firstOrdinal(long day, int size) {
    var entry = days.ceilingEntry(day);
    return entry == null ? size : entry.getValue().firstOrdinal;
  }

  /// A day's figures, with a zero for each source that sent nothing.
  Map<String, DayFigures.Source> figures(long day, Iterable<SourceBook> sources) {
    Day of = days.get(day);
    Map<String, DayFigures.Source> figures = new TreeMap<>();
    for (SourceBook source : sources) {
      Tally tally = of == null ? null : of.sources.get(source.name());
      figures.put(source.name(), tally == null ? DayFigures.Source.NONE : tally.figures());
    }
    return figures;
  }

  /// Days are over and taken.
  void forget(long untilDay) {
    days.headMap(untilDay, true).clear();
  }
}
