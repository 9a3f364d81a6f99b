package io.cromford.serving;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.cromford.flywheel.WeekEstimate;
import io.cromford.flywheel.WeekSummary;
import io.cromford.flywheel.WeeklyLedger;
import io.cromford.flywheel.monitor.Finding;
import io.cromford.flywheel.monitor.MonitorState;
import io.cromford.flywheel.monitor.Monitors;
import io.cromford.serving.definition.CheckedFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How a factory's monitors stand.
///
/// @param day the last day that is over, as `2018-05-06`; empty if none is
/// @param monitors those in alarm first
/// @param estimates what each week was thought to be worth at its end, in order
public record MonitorsView(String day, List<Line> monitors, List<Estimate> estimates) {
  /// Nothing is watched.
  public static final MonitorsView NONE = new MonitorsView("", List.of(), List.of());

  private static final long LEAST_DAY = 0;

  /// Copies the lists.
  public MonitorsView {
    monitors = List.copyOf(monitors);
    estimates = List.copyOf(estimates);
  }

  /// One monitor.
  ///
  /// @param key the monitor's, as `missing-share/amount`
  /// @param monitor what is looked at, as `missing-share`
  /// @param subject of what: a feature, a source, a segment, or `all`
  /// @param state `ok`, `learning`, `filling` or `alarm`
  /// @param value of the day, in the unit of the monitor
  /// @param usual what is usual; null while too little is known
  /// @param since when its alarm was raised; null if there is none
  public record Line(
      String key,
      String monitor,
      String subject,
      String state,
      double value,
      @Nullable Usual usual,
      @Nullable String since) {
    static Line of(MonitorState state) {
      Finding.Seen seen = state.seen();
      return new Line(
          state.key(),
          state.kind().text(),
          state.subject(),
          state.status().text(),
          state.value(),
          seen == null ? null : new Usual(seen.usual(), seen.low(), seen.high()),
          state.sinceMillis() < 0 ? null : Instant.ofEpochMilli(state.sinceMillis()).toString());
    }
  }

  /// What is usual.
  ///
  /// @param value the usual one
  /// @param low below which it is an alarm
  /// @param high above which it is an alarm
  public record Usual(double value, double low, double high) {}

  /// What a week was thought to be worth before its outcomes were known, and what it was.
  ///
  /// @param week from 1, the one that began at go-live
  /// @param calibratedWeeks mature weeks that it was learnt from what a score means
  /// @param estimated by its scores alone
  /// @param truth null until the week is mature
  public record Estimate(int week, int calibratedWeeks, Worth estimated, @Nullable Worth truth) {}

  /// What decisions are worth; null where it is not defined.
  ///
  /// @param averagePrecision of the scores that served
  /// @param alertPrecision the share of alerts that are right
  /// @param recall the share of positives that were stopped
  /// @param positives how many there are
  public record Worth(
      @JsonProperty("average_precision") @Nullable Double averagePrecision,
      @JsonProperty("alert_precision") @Nullable Double alertPrecision,
      @Nullable Double recall,
      double positives) {
    static Worth of(WeekEstimate estimate) {
      return new Worth(
          FactoryReport.number(estimate.averagePrecision()),
          FactoryReport.number(estimate.alertPrecision()),
          FactoryReport.number(estimate.recall()),
          estimate.positives());
    }

    static Worth of(WeekSummary week) {
      return new Worth(
          FactoryReport.number(week.ranking().averagePrecision()),
          FactoryReport.number(week.counts().precision()),
          FactoryReport.number(week.ranking().recall()),
          week.counts().positives());
    }
  }

  /// Reads the monitors beside a running factory or without one; without the truth of the weeks,
  /// which needs more than the control records.
  ///
  /// @throws io.cromford.core.CromfordException NOT_FOUND if there is no ledger
  public static MonitorsView read(CheckedFactory checked, Path stateFolder) {
    Monitors monitors = Watch.monitors(checked.definition());
    List<Control.Estimated> estimates = new ArrayList<>();
    Control.forEach(
        stateFolder,
        (_, control) -> {
          Watch.take(control, monitors);
          if (control instanceof Control.Estimated estimated) {
            estimates.add(estimated);
          }
        });
    return of(monitors, estimates, Map.of());
  }

  static MonitorsView of(FactoryState state) {
    WeeklyLedger weeks = state.weeks();
    Map<Integer, WeekSummary> mature = new TreeMap<>();
    if (weeks != null) {
      weeks.weeks().forEach(week -> mature.put(week.number(), week));
    }
    return of(state.watch().monitors(), state.watch().estimates(), mature);
  }

  private static MonitorsView of(
      Monitors monitors, List<Control.Estimated> estimates, Map<Integer, WeekSummary> mature) {
    return new MonitorsView(
        monitors.lastDay() < LEAST_DAY ? "" : LocalDate.ofEpochDay(monitors.lastDay()).toString(),
        monitors.states().stream()
            .sorted(
                Comparator.comparing(
                        (MonitorState state) -> state.status() != MonitorState.Status.ALARM)
                    .thenComparing(MonitorState::kind)
                    .thenComparing(MonitorState::subject))
            .map(Line::of)
            .toList(),
        estimates.stream().map(one -> estimate(one, mature.get(one.week()))).toList());
  }

  private static Estimate estimate(Control.Estimated estimated, @Nullable WeekSummary truth) {
    return new Estimate(
        estimated.week(),
        estimated.estimate().weeks(),
        Worth.of(estimated.estimate()),
        truth == null ? null : Worth.of(truth));
  }
}
