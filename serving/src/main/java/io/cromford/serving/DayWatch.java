package io.cromford.serving;

import io.cromford.flywheel.WeeklyLedger;
import io.cromford.flywheel.monitor.DayFigures;
import io.cromford.flywheel.monitor.FeatureForm;
import io.cromford.flywheel.monitor.Finding;
import io.cromford.flywheel.monitor.MonitorState;
import io.cromford.flywheel.monitor.Monitors;
import io.cromford.serving.definition.FactoryDefinition;
import io.cromford.training.Scored;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Ends days: says in a record what was counted, and in others what that begins or ends. For the
/// owning thread.
///
/// The features that are watched are those of the view that the champion was fitted on; where
/// another one takes over that reads others, these are watched from the end of that day on.
final class DayWatch {
  private final FactoryDefinition definition;
  private final Folds folds;

  DayWatch(FactoryDefinition definition, Folds folds) {
    this.definition = definition;
    this.folds = folds;
  }

  /// When the day that is on is over; `Long.MAX_VALUE` if nothing is watched, in the past if days
  /// have to be begun.
  long dueMillis() {
    if (!definition.monitors().watch()) {
      return Long.MAX_VALUE;
    }
    return watch().view().isEmpty()
        ? Long.MIN_VALUE
        : (monitors().lastDay() + 2) * Scored.DAY_MILLIS;
  }

  /// Counts the features that were served meanwhile, if they are many.
  void follow() {
    watched().ifPresent(view -> watch().features().follow(view.served()));
  }

  /// The records of a beginning: the features' bins, and the days so far.
  ///
  /// @param at the factory time
  List<Control> begin(long at) {
    if (!definition.monitors().watch()) {
      return List.of();
    }
    SourceDays days = folds.books().sourceDays();
    long today = Math.floorDiv(at, Scored.DAY_MILLIS);
    Set<Long> past = new TreeSet<>(days.days());
    past.removeIf(day -> day >= today);
    int size = folds.books().size();
    int from = past.isEmpty() ? 0 : days.firstOrdinal(past.iterator().next(), size);
    int until = past.isEmpty() ? size : days.firstOrdinal(today, size);
    List<FeatureForm> forms = sample(wanted(), from, until).forms();
    List<Control> records = new ArrayList<>();
    records.add(new Control.Binned(at, name(wanted()), today - 1, forms));
    past.forEach(day -> records.add(new Control.Watched(at, past(day, forms))));
    if (past.isEmpty()) {
      records.add(new Control.Watched(at, nothing(today - 1)));
    }
    return records;
  }

  private DayFigures past(long day, List<FeatureForm> forms) {
    SourceDays days = folds.books().sourceDays();
    int size = folds.books().size();
    int from = days.firstOrdinal(day, size);
    int until = days.firstOrdinal(day + 1, size);
    return new DayFigures(
        day,
        DayFigures.Attendance.REPLAY,
        days.figures(day, folds.books().sources()),
        sample(wanted(), from, until).counts(forms),
        DayFigures.Decisions.NONE,
        0);
  }

  private static DayFigures nothing(long day) {
    return new DayFigures(
        day, DayFigures.Attendance.ABSENT, Map.of(), List.of(), DayFigures.Decisions.NONE, 0);
  }

  /// The records of the end of the day that is on.
  ///
  /// @param at when it takes effect
  List<Control> end(long at) {
    if (watch().view().isEmpty()) {
      return begin(at);
    }
    long day = monitors().lastDay() + 1;
    boolean isAnother = folds.views().has(wanted()) && !name(wanted()).equals(watch().view());
    List<Control> records = new ArrayList<>(isAnother ? another(day, at) : same(day, at));
    records.addAll(estimates(at));
    return records;
  }

  private List<Control> same(long day, long at) {
    watched().ifPresent(view -> watch().features().count(view.served()));
    DayFigures figures = figures(day, at, watch().features().counts());
    List<Control> records = new ArrayList<>(found(figures, at));
    records.add(new Control.Watched(at, figures));
    Set<String> anew = monitors().toBeFormed(day);
    if (!anew.isEmpty() && watched().isPresent()) {
      records.add(new Control.Binned(at, watch().view(), day, formedAnew(anew)));
    }
    return records;
  }

  /// Other features are watched from this day on, so alarms about the former ones are over.
  private List<Control> another(long day, long at) {
    int size = folds.books().size();
    List<FeatureForm> forms = sample(wanted(), watch().weekStart(), size).forms();
    DayFigures figures = figures(day, at, sample(wanted(), watch().dayStart(), size).counts(forms));
    Set<String> former =
        monitors().forms().stream().map(FeatureForm::name).collect(Collectors.toSet());
    List<Control> records = new ArrayList<>();
    for (MonitorState state : watch().states()) {
      if (state.status() == MonitorState.Status.ALARM && former.contains(state.subject())) {
        records.add(
            new Control.Settled(
                at, state.key(), false, "a model serves that reads other features"));
      }
    }
    records.addAll(found(figures(day, at, List.of()), at));
    records.add(new Control.Binned(at, name(wanted()), day, forms));
    records.add(new Control.Watched(at, figures));
    return records;
  }

  private List<Control> found(DayFigures figures, long at) {
    return monitors().judge(figures).stream().map(finding -> record(finding, at)).toList();
  }

  private static Control record(Finding finding, long at) {
    return switch (finding) {
      case Finding.Drifted drifted ->
          new Control.Drifted(at, drifted.key(), drifted.seen(), drifted.message());
      case Finding.Settled settled ->
          new Control.Settled(at, settled.key(), settled.isUsualNow(), settled.message());
    };
  }

  private DayFigures figures(long day, long at, List<List<Integer>> features) {
    return new DayFigures(
        day,
        attendance(day, at),
        folds.books().sourceDays().figures(day, folds.books().sources()),
        features,
        watch().decisions().figures(),
        watch().latencyMicros());
  }

  /// A day that ends more than a day late is one on which the factory did not run.
  private DayFigures.Attendance attendance(long day, long at) {
    if (folds.clock().isReplaying()) {
      return DayFigures.Attendance.REPLAY;
    }
    return at - (day + 1) * Scored.DAY_MILLIS < Scored.DAY_MILLIS
        ? DayFigures.Attendance.LIVE
        : DayFigures.Attendance.ABSENT;
  }

  private List<FeatureForm> formedAnew(Set<String> names) {
    int watched = folds.state().views().number(watch().view()).orElseThrow();
    Map<String, FeatureForm> fresh = new HashMap<>();
    sample(watched, watch().weekStart(), folds.books().size())
        .forms()
        .forEach(form -> fresh.put(form.name(), form));
    return monitors().forms().stream()
        .map(form -> names.contains(form.name()) ? fresh.getOrDefault(form.name(), form) : form)
        .toList();
  }

  /// The weeks that ended since the last estimate, as far as they are still open.
  private List<Control> estimates(long at) {
    WeeklyLedger weeks = folds.state().weeks();
    List<Control> records = new ArrayList<>();
    if (weeks != null) {
      List<Control.Estimated> before = watch().estimates();
      int week = before.isEmpty() ? 1 : before.getLast().week() + 1;
      week = Math.max(week, weeks.weeks().size() + 1);
      while (weeks.untilMillis(week) <= at) {
        int of = week++;
        weeks
            .estimate(of)
            .ifPresent(estimate -> records.add(new Control.Estimated(at, of, estimate)));
      }
    }
    return records;
  }

  /// The number of the view whose features are to be watched.
  private int wanted() {
    int champions = folds.state().desk().championView();
    return champions >= 0 ? champions : folds.state().views().latest();
  }

  private String name(int view) {
    return folds.state().views().name(view);
  }

  /// The view that is watched; empty while it is not computed.
  private Optional<View> watched() {
    return folds
        .state()
        .views()
        .number(watch().view())
        .filter(folds.views()::has)
        .map(folds.views()::require);
  }

  private FeatureSample sample(int view, int from, int until) {
    return new FeatureSample(folds.views().require(view), from, until);
  }

  private Watch watch() {
    return folds.state().watch();
  }

  private Monitors monitors() {
    return watch().monitors();
  }
}
