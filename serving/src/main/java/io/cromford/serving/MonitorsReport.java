package io.cromford.serving;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.cromford.training.report.Figures;
import io.cromford.training.report.Fragment;
import io.cromford.training.report.Table;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the monitors saw, for the report.
///
/// @param watched how many monitors there are
/// @param alarms each alarm, in order
/// @param estimates what each week was thought to be worth, against what it was
public record MonitorsReport(int watched, List<Alarm> alarms, List<Week> estimates) {
  private static final int DAY_SHOWN = 10;

  /// Copies the lists.
  public MonitorsReport {
    alarms = List.copyOf(alarms);
    estimates = List.copyOf(estimates);
  }

  /// An alarm of a monitor.
  ///
  /// @param until when it was over; null if it lasts
  public record Alarm(String at, @Nullable String until, String monitor, String message) {}

  /// A week's estimate.
  ///
  /// @param error of the average precision: the estimate less the truth; null until that is known
  public record Week(
      int week,
      @JsonProperty("calibrated_weeks") int calibratedWeeks,
      MonitorsView.Worth estimated,
      MonitorsView.@Nullable Worth truth,
      @Nullable Double error) {
    static Week of(MonitorsView.Estimate estimate) {
      return new Week(
          estimate.week(),
          estimate.calibratedWeeks(),
          estimate.estimated(),
          estimate.truth(),
          error(estimate.estimated(), estimate.truth()));
    }

    private static @Nullable Double error(
        MonitorsView.Worth estimated, MonitorsView.@Nullable Worth truth) {
      Double thought = estimated.averagePrecision();
      Double known = truth == null ? null : truth.averagePrecision();
      return thought == null || known == null ? null : thought - known;
    }
  }

  static MonitorsReport of(FactoryState state) {
    MonitorsView view = MonitorsView.of(state);
    return new MonitorsReport(
        view.monitors().size(),
        alarms(state.controls()),
        view.estimates().stream().map(Week::of).toList());
  }

  private static List<Alarm> alarms(List<Control> controls) {
    List<Alarm> alarms = new ArrayList<>();
    for (int i = 0; i < controls.size(); i++) {
      if (controls.get(i) instanceof Control.Drifted drifted) {
        alarms.add(
            new Alarm(
                FactoryReport.time(drifted.atMillis()),
                until(drifted.key(), controls.subList(i, controls.size())),
                drifted.key(),
                drifted.message()));
      }
    }
    return alarms;
  }

  private static @Nullable String until(String key, List<Control> later) {
    return later.stream()
        .filter(control -> control instanceof Control.Settled over && over.key().equals(key))
        .map(control -> FactoryReport.time(((Control.Settled) control).atMillis()))
        .findFirst()
        .orElse(null);
  }

  /// As a page shows it.
  Fragment fragment() {
    return Fragment.join(List.of(alarmTable(), estimateTable()));
  }

  private Fragment alarmTable() {
    if (alarms.isEmpty()) {
      return Fragment.paragraph("%d monitors, and no alarm.".formatted(watched));
    }
    Table table =
        new Table(
            "Alarms of %d monitors; thresholds come from the data's own past".formatted(watched),
            List.of(
                Table.Column.text("Since, UTC"),
                Table.Column.text("Until, UTC"),
                Table.Column.text("Monitor"),
                Table.Column.text("What")));
    for (Alarm alarm : alarms) {
      String until = alarm.until();
      table.row(
          alarm.at().substring(0, DAY_SHOWN),
          until == null ? "it lasts" : until.substring(0, DAY_SHOWN),
          alarm.monitor(),
          alarm.message());
    }
    return table.fragment();
  }

  private Fragment estimateTable() {
    Table table =
        new Table(
            "What each week was thought to be worth at its end, by its scores alone, and what it was",
            List.of(
                Table.Column.number("Week"),
                Table.Column.number("Held against, weeks"),
                Table.Column.number("AP thought"),
                Table.Column.number("AP true"),
                Table.Column.number("Error"),
                Table.Column.number("Right alerts thought"),
                Table.Column.number("true"),
                Table.Column.number("Frauds thought"),
                Table.Column.number("true")));
    for (Week week : estimates) {
      MonitorsView.Worth truth = week.truth();
      table.row(
          Integer.toString(week.week()),
          week.calibratedWeeks() == 0 ? "none yet" : Integer.toString(week.calibratedWeeks()),
          fixed(week.estimated().averagePrecision()),
          fixed(truth == null ? null : truth.averagePrecision()),
          week.error() == null ? Figures.ABSENT : Figures.signed(week.error(), 3),
          percent(week.estimated().alertPrecision()),
          percent(truth == null ? null : truth.alertPrecision()),
          Figures.fixed(week.estimated().positives(), 0),
          truth == null ? Figures.ABSENT : Figures.fixed(truth.positives(), 0));
    }
    return estimates.isEmpty()
        ? Fragment.EMPTY
        : Fragment.join(
            List.of(
                table.fragment(),
                Fragment.note(
                    "The estimate takes a model's scores for what they meant in its last mature weeks; "
                        + "where fraudsters find new ways it is too high. Held against none yet: the model was new, so scores were taken as they are. Nothing is done because of it.")));
  }

  private static String fixed(@Nullable Double value) {
    return value == null ? Figures.ABSENT : Figures.fixed(value, 3);
  }

  private static String percent(@Nullable Double value) {
    return value == null ? Figures.ABSENT : Figures.percent(value, 1);
  }
}
