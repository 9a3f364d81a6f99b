package io.cromford.flywheel.monitor;

import io.cromford.training.Scored;
import io.cromford.training.report.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One kind of reading of one subject, day by day: a fold.
///
/// What is said of a trouble is said once: from the alarm on, days are laid aside until two in a
/// row are usual again. A trouble that lasts two weeks is how it is now: its days become the past,
/// and the alarm ends.
final class Monitor {
  private static final int BACK_DAYS = 2;

  private final MonitorKind kind;
  private final String subject;
  private final Usual usual = new Usual();
  private final List<Usual.Point> unusual = new ArrayList<>();
  private long alarmMillis = Long.MIN_VALUE;
  private int backDays;
  private boolean isFilling;
  private Finding.@Nullable Seen seen;
  private @Nullable Reading last;

  Monitor(MonitorKind kind, String subject) {
    this.kind = kind;
    this.subject = subject;
  }

  String key() {
    return kind.key(subject);
  }

  boolean isInAlarm() {
    return alarmMillis != Long.MIN_VALUE;
  }

  /// Whether it knows enough to say of a day that it is unusual.
  boolean canJudge() {
    return usual.days() >= Usual.LEAST_DAYS;
  }

  /// What a day's reading begins or ends; changes nothing.
  Optional<Finding> judge(long day, Reading reading, AlarmBudget.Limits limits) {
    Optional<Finding.Seen> now = seen(day, reading, limits);
    if (now.isEmpty()) {
      return Optional.empty();
    }
    if (!isInAlarm()) {
      return now.filter(found -> !found.isUsual())
          .map(found -> new Finding.Drifted(key(), found, message(day, found)));
    }
    if (now.get().isUsual() && backDays + 1 >= BACK_DAYS) {
      return Optional.of(
          new Finding.Settled(key(), false, subject + " is as usual again: " + words(now.get())));
    }
    return unusual.size() + 1 >= Usual.LEAST_DAYS
        ? Optional.of(
            new Finding.Settled(
                key(),
                true,
                "%s has been unusual for %d days, so that is how it is now: %s"
                    .formatted(subject, unusual.size() + 1, words(now.get()))))
        : Optional.empty();
  }

  /// Takes a day's reading, after what it began or ended.
  void take(long day, Reading reading, AlarmBudget.Limits limits) {
    seen = seen(day, reading, limits).orElse(null);
    last = reading;
    isFilling = false;
    Usual.Point point = new Usual.Point(day, kind.scale().of(reading.value()));
    if (isInAlarm()) {
      unusual.add(point);
      backDays = seen != null && seen.isUsual() ? backDays + 1 : 0;
    } else {
      usual.add(day, point.value());
    }
  }

  /// Takes a reading of a window that is still filling up: it is shown and forgotten.
  void fills(Reading reading) {
    last = reading;
    seen = null;
    isFilling = true;
  }

  /// An alarm was raised.
  void drifted(long atMillis) {
    alarmMillis = atMillis;
    backDays = 0;
    unusual.clear();
  }

  /// The alarm is over.
  void settled(boolean isUsualNow) {
    alarmMillis = Long.MIN_VALUE;
    if (isUsualNow) {
      usual.clear();
      unusual.forEach(point -> usual.add(point.day(), point.value()));
    }
    unusual.clear();
  }

  /// The past is measured otherwise now.
  ///
  /// @param points on the scale of the kind, in order
  void remember(List<Usual.Point> points) {
    usual.clear();
    points.forEach(point -> usual.add(point.day(), point.value()));
  }

  private Optional<Finding.Seen> seen(long day, Reading reading, AlarmBudget.Limits limits) {
    double limit = kind.isHighAlone() ? limits.oneSided() : limits.twoSided();
    return usual
        .expected(day)
        .map(expected -> {
          Scale scale = kind.scale();
          double centre = scale.back(expected.centre());
          double reach = expected.reach(limit, scale.noise(centre, reading.count()));
          double low = kind.isHighAlone() ? 0 : scale.back(expected.centre() - reach);
          double high = scale.back(expected.centre() + reach);
          return new Finding.Seen(
              reading.value(),
              centre,
              Math.min(low, kind.lowest(centre)),
              Math.max(high, kind.highest(centre)));
        });
  }

  private String message(long day, Finding.Seen found) {
    return "%s of `%s` on %s: %s.\n%s"
        .formatted(
            kind.text().replace('-', ' '),
            subject,
            Figures.day(day * Scored.DAY_MILLIS),
            words(found),
            kind.advice());
  }

  private String words(Finding.Seen found) {
    return kind.isHighAlone()
        ? "%s, where %s is usual and at most %s expected"
            .formatted(kind.words(found.value()), number(found.usual()), number(found.high()))
        : "%s, where %s is usual and %s to %s expected"
            .formatted(
                kind.words(found.value()),
                number(found.usual()),
                number(found.low()),
                number(found.high()));
  }

  private String number(double value) {
    return kind.scale() == Scale.SHARE ? Figures.percent(value, 2) : Figures.brief(value);
  }

  /// How it stands; absent before its first reading.
  Optional<MonitorState> state() {
    Reading read = last;
    if (read == null) {
      return Optional.empty();
    }
    Finding.Seen now = seen;
    MonitorState.Status status =
        isInAlarm()
            ? MonitorState.Status.ALARM
            : isFilling
                ? MonitorState.Status.FILLING
                : now == null ? MonitorState.Status.LEARNING : MonitorState.Status.OK;
    return Optional.of(
        new MonitorState(kind, subject, status, read.value(), now, isInAlarm() ? alarmMillis : -1));
  }
}
