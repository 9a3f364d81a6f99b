package io.cromford.flywheel.monitor;

import io.cromford.training.report.Figures;
import java.util.Locale;

/// What is looked at each day.
///
/// A kind says on which scale days are compared, in which direction a deviation is trouble, and the
/// least deviation that matters at all: what is unusual but smaller is no alarm.
public enum MonitorKind {
  /// The share of a feature's values that are missing.
  MISSING_SHARE(
      Scale.SHARE,
      Matter.MORE,
      0.02,
      "missing",
      "Maybe a column has gone, or what it is looked up in is empty."),
  /// The share of a feature's values outside those of the sample that its bins were made of.
  OUT_OF_RANGE(
      Scale.SHARE,
      Matter.MORE,
      0.01,
      "out of range",
      "Maybe its unit changed, or a default stands in for it."),
  /// How far a feature's values lie from those of the champion's training window.
  SHIFT(
      Scale.DIVERGENCE,
      Matter.MORE,
      0.1,
      "the stability index",
      "Maybe its meaning or unit changed, or the world did; a challenger learns the latter."),
  /// The records of a source.
  VOLUME(
      Scale.COUNT,
      Matter.TIMES,
      1.33,
      "records",
      "Maybe a feed has stopped, is filtered, or sends twice."),
  /// The share of a source's records that came more than an hour after they happened.
  LATE_SHARE(
      Scale.SHARE,
      Matter.MORE,
      0.05,
      "late",
      "Maybe a queue before the factory is full, or a clock is wrong."),
  /// How long after its observation an outcome came, on the mean, in hours.
  OUTCOME_DELAY(
      Scale.SIZE,
      Matter.TIMES,
      1.25,
      "hours on the mean",
      "Maybe whoever finds the truth is behind; label.maturity has to hold for it."),
  /// The share of a source's records that went to quarantine.
  QUARANTINE_SHARE(
      Scale.SHARE,
      Matter.MORE,
      0.01,
      "in quarantine",
      "Maybe look at `cromford quarantine list`; once it is mended, `quarantine replay`."),
  /// How far the champion's scores lie from those it gave to the days before it served.
  SCORE_SHIFT(
      Scale.DIVERGENCE,
      Matter.MORE,
      0.1,
      "the stability index",
      "Maybe look at which features shifted: `cromford monitors`."),
  /// The champion's mean score.
  MEAN_SCORE(
      Scale.SIZE,
      Matter.TIMES,
      1.5,
      "the mean",
      "Maybe there is more, or less, of what it looks for; or a feature broke."),
  /// The share of decisions that are alerts.
  ALERT_RATE(
      Scale.SHARE,
      Matter.TIMES,
      1.5,
      "alerts",
      "Maybe look at who is alerted: `cromford sql` has the decisions."),
  /// The share of decisions that are in a segment.
  SEGMENT_SHARE(
      Scale.SHARE,
      Matter.TIMES,
      1.25,
      "of the decisions",
      "Maybe a part of the business has stopped, or one has begun."),
  /// The champion's mean score on a segment.
  SEGMENT_SCORE(
      Scale.SIZE, Matter.TIMES, 1.5, "the mean", "Maybe something happens in this segment alone."),
  /// The share of a segment's decisions that are alerts.
  SEGMENT_ALERTS(
      Scale.SHARE,
      Matter.TIMES,
      1.5,
      "alerts",
      "Maybe something happens in this segment alone, or takes its alerts away."),
  /// How long a batch took from its submission to the disk, on the mean, in microseconds.
  LATENCY(
      Scale.SIZE,
      Matter.TIMES_MORE,
      2,
      "µs on the mean",
      "Maybe the disk or the machine has other work; `cromford doctor` looks at it.");

  private static final int MOST_OF_A_SUBJECT = 80;

  private final Scale scale;
  private final Matter matter;
  private final double least;
  private final String unit;
  private final String advice;

  MonitorKind(Scale scale, Matter matter, double least, String unit, String advice) {
    this.scale = scale;
    this.matter = matter;
    this.least = least;
    this.unit = unit;
    this.advice = advice;
  }

  /// How the least deviation that matters is given.
  private enum Matter {
    /// So much more than usual; less is no trouble.
    MORE,
    /// So many times the usual; less is no trouble.
    TIMES_MORE,
    /// So many times the usual, or the usual so many times it.
    TIMES
  }

  /// The kind's name, as `missing-share`.
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The key of a monitor, as `missing-share/amount`: what cannot stand in a key is an underscore.
  public String key(String subject) {
    String known =
        subject.length() > MOST_OF_A_SUBJECT ? subject.substring(0, MOST_OF_A_SUBJECT) : subject;
    return text() + "/" + known.replaceAll("[^A-Za-z0-9._-]", "_");
  }

  /// Whether it looks at a feature's values.
  public boolean isOfFeatures() {
    return this == MISSING_SHARE || this == OUT_OF_RANGE || this == SHIFT;
  }

  Scale scale() {
    return scale;
  }

  /// Whether less than usual is no trouble.
  boolean isHighAlone() {
    return matter != Matter.TIMES;
  }

  /// The largest value that does not matter, where another is usual.
  double highest(double usual) {
    return matter == Matter.MORE ? usual + least : usual * least;
  }

  /// The smallest value that does not matter, where another is usual.
  double lowest(double usual) {
    return isHighAlone() ? 0 : usual / least;
  }

  /// A value in words.
  String words(double value) {
    String number = scale == Scale.SHARE ? Figures.percent(value, 2) : Figures.brief(value);
    return number + " " + unit;
  }

  /// What a person may do, a sentence that begins with "Maybe".
  String advice() {
    return advice;
  }
}
