package io.cromford.flywheel.monitor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a day's figures say, monitor by monitor, but for the features. A source's first day says
/// nothing: it may have begun at any hour. In a replay a silence is judged when the source sends
/// again, as the mean of the days since it last did: until then its file may have ended.
final class Readings {
  /// The subject of what is about all decisions.
  static final String ALL = "all";

  private final Map<String, Long> firstDays = new HashMap<>();
  private final Map<String, Integer> silentDays = new HashMap<>();

  /// A monitor's reading.
  record Read(MonitorKind kind, String subject, Reading reading) {
    String key() {
      return kind.key(subject);
    }
  }

  /// Takes note of who sends.
  void seen(DayFigures figures) {
    figures
        .sources()
        .forEach((name, source) -> {
          if (source.records() > 0) {
            firstDays.putIfAbsent(name, figures.day());
            silentDays.remove(name);
          } else if (figures.attendance() == DayFigures.Attendance.REPLAY) {
            silentDays.merge(name, 1, Integer::sum);
          }
        });
  }

  /// The first day of a source; `Long.MAX_VALUE` if it has sent nothing yet.
  long firstDay(String source) {
    return firstDays.getOrDefault(source, Long.MAX_VALUE);
  }

  /// The readings of a day, in a fixed order.
  List<Read> of(DayFigures figures) {
    List<Read> reads = new ArrayList<>();
    figures
        .sources()
        .forEach((name, source) -> {
          boolean isKnown = firstDay(name) < figures.day();
          if (isKnown
              && (source.records() > 0 || figures.attendance() == DayFigures.Attendance.LIVE)) {
            source(name, source, reads);
          }
        });
    decisions(figures.decisions(), reads);
    if (figures.latencyMicros() > 0) {
      add(
          MonitorKind.LATENCY,
          ALL,
          figures.latencyMicros(),
          figures.decisions().all().count(),
          reads);
    }
    return reads;
  }

  private void source(String name, DayFigures.Source source, List<Read> reads) {
    long records = source.records();
    double days = 1.0 + silentDays.getOrDefault(name, 0);
    add(MonitorKind.VOLUME, name, records / days, records, reads);
    if (records > 0) {
      share(MonitorKind.QUARANTINE_SHARE, name, source.quarantined(), records, reads);
    }
    if (source.outcomes() > 0) {
      add(MonitorKind.OUTCOME_DELAY, name, source.delayHours(), source.outcomes(), reads);
    } else if (source.accepted() > 0) {
      share(MonitorKind.LATE_SHARE, name, source.late(), source.accepted(), reads);
    }
  }

  private static void decisions(DayFigures.Decisions decisions, List<Read> reads) {
    DayFigures.Scores all = decisions.all();
    if (all.count() == 0) {
      return;
    }
    if (decisions.scored() > 0) {
      add(MonitorKind.SCORE_SHIFT, ALL, decisions.shift(), decisions.scored(), reads);
    }
    add(MonitorKind.MEAN_SCORE, ALL, all.meanScore(), all.count(), reads);
    share(MonitorKind.ALERT_RATE, ALL, all.alerts(), all.count(), reads);
    decisions
        .segments()
        .forEach((name, segment) -> {
          share(MonitorKind.SEGMENT_SHARE, name, segment.count(), all.count(), reads);
          if (segment.count() > 0) {
            add(MonitorKind.SEGMENT_SCORE, name, segment.meanScore(), segment.count(), reads);
            share(MonitorKind.SEGMENT_ALERTS, name, segment.alerts(), segment.count(), reads);
          }
        });
  }

  private static void share(
      MonitorKind kind, String subject, long part, long all, List<Read> reads) {
    add(kind, subject, (double) part / all, all, reads);
  }

  private static void add(
      MonitorKind kind, String subject, double value, long count, List<Read> reads) {
    reads.add(new Read(kind, subject, new Reading(value, count)));
  }
}
