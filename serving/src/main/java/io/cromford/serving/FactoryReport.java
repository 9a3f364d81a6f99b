package io.cromford.serving;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.cromford.flywheel.ClosingReport;
import io.cromford.flywheel.OpenWeek;
import io.cromford.flywheel.WeekSummary;
import io.cromford.flywheel.WeeklyLedger;
import io.cromford.serving.definition.FactoryDefinition;
import io.cromford.training.report.Page;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a factory took in, learnt and decided: a fold over its ledger, so the same ledger gives the
/// same report.
///
/// @param factory its name
/// @param intake counts by source
/// @param outcomes what became of the outcomes of each source that has some
/// @param incompleteDays days whose outcomes are due but not complete, such as `2018-05-06`:
///   nothing is learnt of them
/// @param training the models that were fitted
/// @param live what was decided from go-live on; null before it
/// @param monitors what was watched, and what was unusual
/// @param stories what was out of the usual and what came of it, the latest first
/// @param closing the same as a person reads it, with the weeks' full account
public record FactoryReport(
    String factory,
    Map<String, Intake> intake,
    Map<String, Outcomes> outcomes,
    @JsonProperty("incomplete_days") List<String> incompleteDays,
    Training training,
    @Nullable Live live,
    MonitorsReport monitors,
    @JsonIgnore List<StoriesView.Told> stories,
    @JsonIgnore ClosingReport closing) {

  /// The number of records of one source; accepted + quarantined + duplicates = read.
  public record Intake(long read, long accepted, long quarantined, long duplicates) {}

  /// What became of one source's outcomes.
  ///
  /// @param kind `label`, `provisional`, or `other` for one that tells neither
  /// @param corrections that replaced an earlier outcome of the same source
  /// @param contradictions observations of which it says otherwise than a source that is trusted
  ///   more
  /// @param waiting in quarantine for an observation that nobody knows yet
  public record Outcomes(String kind, long corrections, long contradictions, long waiting) {}

  /// The models that were fitted, and what was decided about them.
  ///
  /// @param runs each fit
  /// @param judgements each comparison of a challenger with the champion
  /// @param rollouts the stages of those who passed, and what became of them
  /// @param promotions who served, in order
  /// @param proposed what a person is asked to promote; null if nothing is
  /// @param skipped boundaries at which nothing was trained
  /// @param alarms what a person should look at, in words
  public record Training(
      List<Run> runs,
      List<Judgement> judgements,
      List<Stage> rollouts,
      List<Promotion> promotions,
      @Nullable Proposal proposed,
      List<Skip> skipped,
      List<Alarm> alarms) {}

  /// A fit.
  public record Run(
      String model,
      String purpose,
      String learner,
      Map<String, String> parameters,
      String from,
      String until,
      long rows,
      long positives,
      int folds,
      Map<String, Double> validation) {}

  /// A comparison.
  public record Judgement(
      String at,
      String challenger,
      String champion,
      @JsonProperty("challenger_average_precision") double challengerAp,
      @JsonProperty("champion_average_precision") double championAp,
      @JsonProperty("gain_low") double gainLow,
      int positives,
      boolean passed,
      String reason) {}

  /// A step on a model's way to serve, or off it.
  ///
  /// @param step `shadow`, `canary`, `withdrawn`, `watched`, `worse` or `breach`
  public record Stage(String at, String model, String step, String reason) {}

  /// A change of who serves.
  public record Promotion(String at, String model, String judged, String reason, String by) {}

  /// A model that passed the gate and waits for a person's word.
  public record Proposal(String at, String model, String judged, String reason) {
    static Proposal of(ModelHistory.Proposal proposal) {
      return new Proposal(
          proposal.at().toString(), proposal.model(), proposal.judged(), proposal.reason());
    }
  }

  /// A boundary without training.
  public record Skip(String at, String reason, boolean alarm) {}

  /// Something that a person should look at.
  public record Alarm(String at, String message) {}

  /// What was decided live.
  ///
  /// @param weeks as far as is known now; those that are not mature are not counted
  /// @param open what is known of the weeks that are not mature, and what is not
  /// @param learning the factory as it served
  /// @param frozen its first model, scored beside it to the end
  /// @param difference of the mean weekly average precision over the full, mature weeks, with a 95
  ///   % interval from a bootstrap by card
  public record Live(
      List<Week> weeks, List<Open> open, Mean learning, Mean frozen, Gain difference) {}

  /// A week that is not mature.
  ///
  /// @param decisions definitive + provisional + silent + open
  /// @param definitive with a label
  /// @param provisional with a verdict that the label may overrule
  /// @param silent mature without any outcome
  /// @param open without any outcome yet
  /// @param positives known so far
  /// @param answered alerts of which something is known
  /// @param right of them
  /// @param precision of the answered alerts, with a 95 % interval
  /// @param recall bounds of the share of positives that was stopped, whatever is still open
  public record Open(
      int week,
      String from,
      int decisions,
      int definitive,
      int provisional,
      int silent,
      int open,
      int positives,
      int alerts,
      int answered,
      int right,
      Gain precision,
      Bounds recall) {
    static Open of(OpenWeek week) {
      OpenWeek.Payments payments = week.payments();
      OpenWeek.Alerts alerts = week.alerts();
      return new Open(
          week.number(),
          time(week.fromMillis()),
          payments.decisions(),
          payments.definitive(),
          payments.provisional(),
          payments.silent(),
          payments.open(),
          payments.positives(),
          alerts.made(),
          alerts.answered(),
          alerts.right(),
          new Gain(
              number(alerts.share()),
              number(alerts.precision().low()),
              number(alerts.precision().high())),
          new Bounds(number(week.recall().atLeast()), number(week.recall().atMost())));
    }
  }

  /// Between which two values something lies; null where nothing can be said.
  public record Bounds(
      @JsonProperty("at_least") @Nullable Double atLeast,
      @JsonProperty("at_most") @Nullable Double atMost) {}

  /// One week.
  ///
  /// @param counted whether it is full and all its outcomes have had time to arrive, so that it
  ///   counts in the means
  /// @param champion who served at its end
  /// @param outcomes decisions whose outcome is known; the others count as negative
  /// @param precision of the alerts, an alert being right if its card had a positive that day; null
  ///   without alerts
  /// @param cardPrecision of the day's highest cards, ranked afterwards
  /// @param lateOutcomes that came after the week was closed and changed what is known of it
  /// @param saved the positives stopped less the cost of the alerts
  /// @param frozenSaved the same by what the first model would have decided
  /// @param explored what was let through at random, and what it cost; null if nothing was
  public record Week(
      int week,
      String from,
      boolean counted,
      String champion,
      int decisions,
      int outcomes,
      int positives,
      int alerts,
      @JsonProperty("late_outcomes") int lateOutcomes,
      @Nullable Double precision,
      @JsonProperty("card_precision") @Nullable Double cardPrecision,
      double saved,
      @JsonProperty("frozen_saved") double frozenSaved,
      @JsonProperty("average_precision") @Nullable Double averagePrecision,
      @JsonProperty("frozen_average_precision") @Nullable Double frozenAveragePrecision,
      @JsonInclude(JsonInclude.Include.NON_NULL) WeekSummary.@Nullable Explored explored) {
    static Week of(WeekSummary week) {
      WeekSummary.Counts counts = week.counts();
      return new Week(
          week.number(),
          time(week.fromMillis()),
          week.counted(),
          week.champion(),
          counts.decisions(),
          counts.outcomes(),
          counts.positives(),
          counts.alerts(),
          counts.lateOutcomes(),
          number(counts.precision()),
          number(week.ranking().cardPrecision()),
          week.saved().serving(),
          week.saved().frozen(),
          number(week.ranking().averagePrecision()),
          number(week.ranking().frozen()),
          week.explored().count() == 0 ? null : week.explored());
    }
  }

  /// A mean over weeks.
  public record Mean(@JsonProperty("average_precision") Value averagePrecision) {
    static Mean of(double value) {
      return new Mean(new Value(number(value)));
    }
  }

  /// A mean; null if there is none yet.
  public record Value(@Nullable Double mean) {}

  /// A difference and its interval; null if there is none yet.
  public record Gain(@Nullable Double mean, @Nullable Double low, @Nullable Double high) {}

  /// The report as one self-contained page.
  ///
  /// @param parity whether history and live agree; null if it was not checked
  public Page page(@Nullable Parity parity) {
    return FactoryPage.of(this, parity);
  }

  static FactoryReport of(FactoryDefinition definition, FactoryState state) {
    Map<String, Intake> intake = new LinkedHashMap<>();
    for (SourceBook source : state.books().sources()) {
      SourceBook.Counts counts = source.counts();
      intake.put(
          source.name(),
          new Intake(counts.read(), counts.accepted(), counts.quarantined(), counts.duplicates()));
    }
    ClosingReport closing = closing(definition, state);
    Live live = closing.weeks().isEmpty() ? null : live(closing);
    return new FactoryReport(
        definition.about().name(),
        intake,
        outcomes(state.books()),
        incompleteDays(state),
        training(state),
        live,
        MonitorsReport.of(state),
        StoryInsight.of(state, definition),
        closing);
  }

  private static Map<String, Outcomes> outcomes(Books books) {
    Map<String, Outcomes> outcomes = new LinkedHashMap<>();
    for (SourceBook source : books.sources()) {
      if (!source.definition().isObservation()) {
        OutcomeBook.Tally tally = books.said().tally(source);
        outcomes.put(
            source.name(),
            new Outcomes(
                books.said().kind(source),
                tally.corrections(),
                tally.contradictions(),
                books.waiting().count(source)));
      }
    }
    return outcomes;
  }

  private static List<String> incompleteDays(FactoryState state) {
    Books books = state.books();
    return books.maturity().judge(books.clock()).incompleteDays().stream()
        .map(day -> LocalDate.ofEpochDay(day).toString())
        .toList();
  }

  private static Live live(ClosingReport closing) {
    ClosingReport.Worth worth = closing.worth();
    return new Live(
        closing.weeks().stream().map(Week::of).toList(),
        closing.open().stream().map(Open::of).toList(),
        Mean.of(worth.learning()),
        Mean.of(worth.frozen()),
        new Gain(
            number(worth.difference()),
            number(worth.interval().low()),
            number(worth.interval().high())));
  }

  private static ClosingReport closing(FactoryDefinition definition, FactoryState state) {
    WeeklyLedger weeks = state.weeks();
    return ClosingReport.of(
        definition.about().name(),
        weeks != null
            ? weeks
            : new WeeklyLedger(
                0,
                state.policies().decision().alertsPerDay(),
                state.policies().decision().costs().costs()),
        state.books().clock() - definition.data().label().maturity().toMillis(),
        ModelHistory.of(state.controls()).service(),
        warnings(state)
            .map(alarm -> new ClosingReport.Alarm(alarm.atMillis(), alarm.message()))
            .toList(),
        definition.decision().costs().currency(),
        definition.learning().training().search().seed());
  }

  private static List<Alarm> alarms(FactoryState state) {
    return warnings(state)
        .map(alarm -> new Alarm(time(alarm.atMillis()), alarm.message()))
        .toList();
  }

  /// What the monitors say is a section of its own.
  private static Stream<io.cromford.flywheel.Alarm> warnings(FactoryState state) {
    return state.controls().stream()
        .filter(control -> !(control instanceof Control.OfMonitors))
        .flatMap(control -> control.warning().stream());
  }

  private static Training training(FactoryState state) {
    List<Run> runs = new ArrayList<>();
    List<Judgement> judgements = new ArrayList<>();
    List<Stage> stages = new ArrayList<>();
    List<Promotion> promotions = new ArrayList<>();
    List<Skip> skipped = new ArrayList<>();
    for (Control control : state.controls()) {
      switch (control) {
        case Control.Trained t -> runs.add(run(t));
        case Control.Judged j -> judgements.add(judgement(j));
        case Control.Promoted p ->
            promotions.add(
                new Promotion(time(p.atMillis()), p.model(), p.judged(), p.reason(), p.by()));
        case Control.Skipped s ->
            skipped.add(new Skip(time(s.boundaryMillis()), s.reason(), s.alarm()));
        case Control.Shadowed c -> stages.add(stage(c.atMillis(), c.model(), "shadow", c.reason()));
        case Control.Canaried c -> stages.add(stage(c.atMillis(), c.model(), "canary", c.reason()));
        case Control.Withdrawn c ->
            stages.add(stage(c.atMillis(), c.model(), "withdrawn", c.reason()));
        case Control.Compared c ->
            stages.add(
                stage(c.atMillis(), c.champion(), c.isWorse() ? "worse" : "watched", c.reason()));
        case Control.Breached c -> stages.add(stage(c.atMillis(), c.model(), "breach", c.reason()));
        case Control.ViewOpened c ->
            change(stages, runs, stage(c.atMillis(), c.view(), "features opened", c.reason()));
        case Control.ViewReady c ->
            change(stages, runs, stage(c.atMillis(), c.view(), "features ready", "caught up"));
        case Control.ViewClosed c ->
            change(stages, runs, stage(c.atMillis(), c.view(), "features closed", c.reason()));
        case Control.Proposed _,
            Control.BoundaryPassed _,
            Control.DeclaredComplete _,
            Control.Frozen _,
            Control.Resumed _,
            Control.OfAlarms _,
            Control.OfPolicies _,
            Control.Worked _,
            Control.OfQuarantine _,
            Control.Overridden _,
            Control.Configured _,
            Control.Hastened _,
            Control.Alarmed _,
            Control.OfMonitors _ -> {}
      }
    }
    Proposal proposed = ModelHistory.of(state.controls()).proposed().map(Proposal::of).orElse(null);
    return new Training(runs, judgements, stages, promotions, proposed, skipped, alarms(state));
  }

  /// What features there were before anything was fitted is no change.
  private static void change(List<Stage> stages, List<Run> runs, Stage stage) {
    if (!runs.isEmpty()) {
      stages.add(stage);
    }
  }

  private static Stage stage(long atMillis, String model, String step, String reason) {
    return new Stage(time(atMillis), model, step, reason);
  }

  static Judgement judgement(Control.Judged j) {
    return new Judgement(
        time(j.boundaryMillis()),
        j.challenger(),
        j.champion(),
        j.challengerAp(),
        j.championAp(),
        j.gainLow(),
        j.positives(),
        j.passed(),
        j.reason());
  }

  static Run run(Control.Trained t) {
    return new Run(
        t.model(),
        t.purpose(),
        t.learner(),
        t.parameters(),
        time(t.fromMillis()),
        time(t.untilMillis()),
        t.rows(),
        t.positives(),
        t.folds(),
        t.metrics());
  }

  static String time(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }

  static @Nullable Double number(double value) {
    return Double.isNaN(value) ? null : value;
  }
}
