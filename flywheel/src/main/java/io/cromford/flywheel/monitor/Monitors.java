package io.cromford.flywheel.monitor;

import io.cromford.training.Scored;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// All monitors of a factory: a fold over the figures of days that are over, and over the alarms
/// that were raised about them.
///
/// [#judge] says what a day begins or ends and changes nothing; what was said becomes records, and
/// they are taken back in here ([#drifted], [#settled], then [#watched] with the day). So what was
/// an alarm stays one, whatever a later version would say of the same figures.
///
/// A window that reaches back further than the data is still filling up: its feature moves from day
/// to day by itself. It is told apart by the feature's plan, not by its values: a feature is not
/// judged, and its days are neither past nor reference, before the longest window that it is
/// computed from (its delay for the label's maturity included) has passed since the first whole day
/// of the observations; and then for a week more, after which its bins are made anew
/// ([#toBeFormed]) of full windows. After a day without any observation windows fill up again, for
/// a week at most.
///
/// One owning thread. Memory: [FeatureMonitor#DAYS] days of counts a feature, [Usual#DAYS] numbers
/// a monitor, one reference for each of the last [#MODELS] models.
public final class Monitors {
  /// Models whose reference is kept.
  static final int MODELS = 32;

  private static final Duration REFILLED = Duration.ofDays(7);

  /// A day long before any record.
  private static final long NEVER = -1_000_000;

  private final AlarmBudget budget;
  private final String observations;
  private final Readings readings = new Readings();
  private final Map<String, Monitor> monitors = new LinkedHashMap<>();
  private final Map<String, List<FeatureMonitor.Reference>> references = new LinkedHashMap<>();
  private List<FeatureForm> forms = List.of();
  private List<FeatureMonitor> features = List.of();
  private long lastDay = NEVER;
  private long emptyDay = NEVER;

  /// Monitors that have seen nothing.
  ///
  /// @param observations the source of what is decided on
  public Monitors(AlarmBudget budget, String observations) {
    this.budget = budget;
    this.observations = observations;
  }

  /// The features' bins; empty before they are known.
  public List<FeatureForm> forms() {
    return forms;
  }

  /// The last day whose figures were taken, since 1970-01-01; far in the past if none were.
  public long lastDay() {
    return lastDay;
  }

  /// Features are sorted into other bins from here on, or others are watched. What was known of a
  /// feature whose form is the same stays.
  ///
  /// @param day the last one of the sample that the bins were made of
  public void formed(List<FeatureForm> newForms, long day) {
    Map<FeatureForm, FeatureMonitor> kept = new HashMap<>();
    features.forEach(feature -> kept.put(feature.form(), feature));
    forms = List.copyOf(newForms);
    features =
        forms.stream().map(form -> kept.getOrDefault(form, new FeatureMonitor(form, day))).toList();
    kept.values().removeAll(features);
    kept.values().forEach(gone -> FEATURE_KINDS.forEach(kind -> monitors.remove(key(kind, gone))));
  }

  /// The features whose bins should be made anew after a day, as by then their windows have been
  /// full for a week, and were not when the bins were made.
  public Set<String> toBeFormed(long day) {
    return features.stream()
        .filter(feature -> day >= fullDay(feature) + FeatureMonitor.REFERENCE_DAYS)
        .filter(feature -> feature.isFormedTooEarly(fullDay(feature)))
        .map(FeatureMonitor::name)
        .collect(Collectors.toSet());
  }

  private static final List<MonitorKind> FEATURE_KINDS =
      Arrays.stream(MonitorKind.values()).filter(MonitorKind::isOfFeatures).toList();

  /// A model was fitted on a window.
  ///
  /// @param fromMillis inclusive
  /// @param untilMillis exclusive
  public void trained(String model, long fromMillis, long untilMillis) {
    references.put(
        model,
        features.stream()
            .map(feature ->
                feature.between(
                    Math.floorDiv(fromMillis, Scored.DAY_MILLIS),
                    Math.ceilDiv(untilMillis, Scored.DAY_MILLIS)))
            .toList());
    if (references.size() > MODELS) {
      references.remove(references.keySet().iterator().next());
    }
  }

  /// A model serves from here on: shifts are measured against what it learnt from.
  public void promoted(String model) {
    List<FeatureMonitor.Reference> of = references.get(model);
    if (of == null) {
      return;
    }
    for (int i = 0; i < Math.min(of.size(), features.size()); i++) {
      FeatureMonitor feature = features.get(i);
      feature.measureAgainst(of.get(i));
      monitor(MonitorKind.SHIFT, feature.name()).remember(feature.shifts());
    }
  }

  /// What a day begins or ends; changes nothing.
  public List<Finding> judge(DayFigures figures) {
    List<Readings.Read> reads = new ArrayList<>(readings.of(figures));
    for (int i = 0; i < features.size(); i++) {
      if (isCounted(i, figures) && !isFilling(features.get(i), figures.day())) {
        reads.addAll(reads(features.get(i), counts(i, figures)));
      }
    }
    AlarmBudget.Limits limits = limits(reads);
    List<Finding> findings = new ArrayList<>();
    for (Readings.Read read : reads) {
      Optional.ofNullable(monitors.get(read.key()))
          .flatMap(monitor -> monitor.judge(figures.day(), read.reading(), limits))
          .ifPresent(findings::add);
    }
    return findings;
  }

  /// Takes a day's figures, after what they began or ended.
  public void watched(DayFigures figures) {
    readings.seen(figures);
    List<Readings.Read> reads = new ArrayList<>(readings.of(figures));
    for (int i = 0; i < features.size(); i++) {
      if (isCounted(i, figures)) {
        feature(features.get(i), counts(i, figures), figures.day(), reads);
      }
    }
    AlarmBudget.Limits limits = limits(reads);
    for (Readings.Read read : reads) {
      monitor(read.kind(), read.subject()).take(figures.day(), read.reading(), limits);
    }
    features.forEach(feature -> {
      if (monitor(MonitorKind.SHIFT, feature.name()).isInAlarm()) {
        feature.isUnusual(figures.day());
      }
    });
    lastDay = figures.day();
    if (sent(figures) == 0) {
      emptyDay = figures.day();
    }
  }

  private void feature(FeatureMonitor feature, int[] counts, long day, List<Readings.Read> reads) {
    if (isFilling(feature, day)) {
      feature
          .readings(counts)
          .forEach((kind, reading) -> monitor(kind, feature.name()).fills(reading));
      return;
    }
    boolean isMeasuredAnew = feature.keep(day, counts);
    if (isMeasuredAnew) {
      monitor(MonitorKind.SHIFT, feature.name()).remember(feature.shifts());
    }
    for (Readings.Read read : reads(feature, counts)) {
      if (!isMeasuredAnew || read.kind() != MonitorKind.SHIFT) {
        reads.add(read);
      }
    }
  }

  /// An alarm was raised.
  public void drifted(String key, long atMillis) {
    Optional.ofNullable(monitors.get(key)).ifPresent(monitor -> monitor.drifted(atMillis));
  }

  /// An alarm is over.
  ///
  /// @param isUsualNow as of [Finding.Settled]
  public void settled(String key, boolean isUsualNow) {
    Optional.ofNullable(monitors.get(key)).ifPresent(monitor -> monitor.settled(isUsualNow));
    if (isUsualNow) {
      features.stream()
          .filter(feature -> key(MonitorKind.SHIFT, feature).equals(key))
          .forEach(FeatureMonitor::isUsualNow);
    }
  }

  /// How the values of each feature lie, in the order of the query; empty before bins are known.
  public List<FeatureProfile> profiles() {
    return features.stream().map(feature -> feature.profile(isFilling(feature, lastDay))).toList();
  }

  /// How all of them stand.
  public List<MonitorState> states() {
    return monitors.values().stream().flatMap(monitor -> monitor.state().stream()).toList();
  }

  /// How many of them are in alarm.
  public int alarms() {
    return (int) monitors.values().stream().filter(Monitor::isInAlarm).count();
  }

  private AlarmBudget.Limits limits(List<Readings.Read> reads) {
    return budget.limits(
        (int)
            reads.stream()
                .map(read -> monitors.get(read.key()))
                .filter(monitor -> monitor != null && monitor.canJudge())
                .count());
  }

  private boolean isFilling(FeatureMonitor feature, long day) {
    if (feature.windowMillis() == 0) {
      return false;
    }
    long refills = Math.min(feature.windowMillis(), REFILLED.toMillis());
    return day < fullDay(feature)
        || feature.isFormedTooEarly(fullDay(feature))
        || (day - emptyDay - 1) * Scored.DAY_MILLIS < refills;
  }

  /// The first day on which a feature's windows reach back no further than the data; far in the
  /// future before the first payment.
  private long fullDay(FeatureMonitor feature) {
    long first = readings.firstDay(observations);
    return first == Long.MAX_VALUE
        ? -NEVER
        : first + 1 + Math.ceilDiv(feature.windowMillis(), Scored.DAY_MILLIS);
  }

  private static boolean isCounted(int feature, DayFigures figures) {
    return feature < figures.features().size();
  }

  private static int[] counts(int feature, DayFigures figures) {
    return figures.features().get(feature).stream().mapToInt(Integer::intValue).toArray();
  }

  private long sent(DayFigures figures) {
    return figures.sources().getOrDefault(observations, DayFigures.Source.NONE).records();
  }

  private static List<Readings.Read> reads(FeatureMonitor feature, int[] counts) {
    return feature.readings(counts).entrySet().stream()
        .map(entry -> new Readings.Read(entry.getKey(), feature.name(), entry.getValue()))
        .toList();
  }

  private Monitor monitor(MonitorKind kind, String subject) {
    return monitors.computeIfAbsent(kind.key(subject), _ -> new Monitor(kind, subject));
  }

  private static String key(MonitorKind kind, FeatureMonitor feature) {
    return kind.key(feature.name());
  }
}
