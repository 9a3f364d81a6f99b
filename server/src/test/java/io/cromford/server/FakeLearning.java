package io.cromford.server;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.flywheel.OpenWeek;
import io.cromford.flywheel.SavedSince;
import io.cromford.flywheel.WeekEstimate;
import io.cromford.flywheel.WeekFigures;
import io.cromford.flywheel.WeekFigures.Compared;
import io.cromford.flywheel.WeekFigures.Ranged;
import io.cromford.flywheel.WeekSample;
import io.cromford.flywheel.WeekSummary;
import io.cromford.flywheel.WhatIf;
import io.cromford.model.ConstantModel;
import io.cromford.model.ModelContents;
import io.cromford.model.ModelSchema;
import io.cromford.model.TrainingRecord;
import io.cromford.serving.Action;
import io.cromford.serving.Brake;
import io.cromford.serving.Decision;
import io.cromford.serving.DecisionView.Field;
import io.cromford.serving.FactoryHistory;
import io.cromford.serving.FactoryReport;
import io.cromford.serving.MissedView;
import io.cromford.serving.ModelHistory;
import io.cromford.serving.ModelView;
import io.cromford.serving.ModelsView;
import io.cromford.serving.PoliciesView;
import io.cromford.serving.PolicyChange;
import io.cromford.serving.StoriesView;
import io.cromford.serving.Story;
import io.cromford.serving.WeeksView;
import io.cromford.serving.WhatIfView;
import io.cromford.serving.definition.About;
import io.cromford.training.Interval;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a factory says of its learning: one of each thing, with all that may be there and all that
/// may not.
record FakeLearning(boolean isNone) {
  static final FakeLearning NONE = new FakeLearning(true);

  private static final String AB = "ab".repeat(32);
  private static final Ranged UNKNOWN =
      new Ranged(Double.NaN, new Interval(Double.NaN, Double.NaN));
  private static final Compared NUMBERS =
      new Compared(
          new Ranged(0.75, new Interval(0.7, 0.8)),
          UNKNOWN,
          new Ranged(0.25, new Interval(-0.5, 0.5)));
  private static final WeekEstimate ESTIMATE = new WeekEstimate(0.5, 0.4, 0.3, 12, 1);

  FakeLearning() {
    this(false);
  }

  /// One that is over as far as one can be, and one that has only begun.
  StoriesView stories() {
    if (isNone) {
      return StoriesView.NONE;
    }
    Instant at = Instant.ofEpochMilli(FakeFactory.CLOCK);
    Story.Trouble trouble =
        new Story.Trouble(Story.Kind.MISSED, "missed-frauds", at, Optional.of(at), 2, "<script>");
    Story.Step step = new Story.Step(Story.What.TAKEN_BACK, at, AB, "it floods");
    Story.Answer answer = new Story.Answer(AB, AB, at, at, "ada", 1);
    Story over = new Story(2, trouble, Story.Stage.TAKEN_BACK, Optional.of(answer), List.of(step));
    Story begun =
        new Story(
            1,
            new Story.Trouble(Story.Kind.TAKEN_BACK, "breach/ab", at, Optional.empty(), 1, "it"),
            Story.Stage.OPEN,
            Optional.empty(),
            List.of(new Story.Step(Story.What.ALARM, at, "", "it")));
    return new StoriesView(
        FakeFactory.CLOCK,
        "EUR",
        true,
        List.of(
            new StoriesView.Told(over, 3, new SavedSince(0, 1, 12, NUMBERS), 0, "all of it"),
            new StoriesView.Told(begun, 0, null, 5, "as far as it goes")));
  }

  WeeksView weeks() {
    if (isNone) {
      return WeeksView.NONE;
    }
    return new WeeksView(
        new WeeksView.Reading(FakeFactory.CLOCK, "EUR", Duration.ofDays(7)),
        new WeeksView.Worth(2, NUMBERS),
        List.of(
            new WeeksView.Closed(
                week(2), new WeekFigures(NUMBERS, NUMBERS, NUMBERS, NUMBERS, 3), ESTIMATE),
            new WeeksView.Closed(week(1), null, null)),
        1,
        List.of(
            new WeeksView.Open(
                new OpenWeek(
                    3,
                    0,
                    1,
                    new OpenWeek.Payments(10, 1, 2, 3, 4, 5),
                    new OpenWeek.Alerts(2, 1, 1, new Interval(0.1, 0.9)),
                    new OpenWeek.Recall(1, 0.25, 0.5),
                    new OpenWeek.Saved(-10, 90)),
                2,
                ESTIMATE)),
        1);
  }

  private static WeekSummary week(int number) {
    return new WeekSummary(
        number,
        0,
        1,
        true,
        List.of(AB),
        new WeekSummary.Counts(10, 9, 3, 2, 1, 0),
        new WeekSummary.Ranking(0.75, 0.5, Double.NaN, 0.5),
        new WeekSummary.Saved(12.5, -5),
        new WeekSummary.Explored(number - 1, 1, 9.5));
  }

  WhatIfView whatIf() {
    return new WhatIfView(FakeFactory.CLOCK, "EUR", 20, WhatIf.NONE);
  }

  PoliciesView policies() {
    Instant at = Instant.ofEpochMilli(FakeFactory.CLOCK);
    PolicyChange now = new PolicyChange(20, 5.0);
    if (isNone) {
      return new PoliciesView(
          "0",
          "EUR",
          new PoliciesView.Standing(AB, at, now, new PolicyChange(null, null), Optional.empty()),
          Optional.empty(),
          List.of());
    }
    PolicyChange file = new PolicyChange(10, null);
    return new PoliciesView(
        "3",
        "EUR",
        new PoliciesView.Standing(AB, at, now, file, Optional.of(file)),
        Optional.of(
            new PoliciesView.Proposal(AB, now, new PolicyChange(30, 4.0), at, "<script>", "ada")),
        List.of(
            new PoliciesView.Version(
                AB, at, new PolicyChange(20, 3.0), "10 → 20 alerts a day", "kim", "ada"),
            new PoliciesView.Version(AB, at, new PolicyChange(10, 3.0), "", null, null)));
  }

  MissedView missed(int week) {
    if (week > 3) {
      throw new CromfordException(ErrorCode.NOT_FOUND, "there are none.\nMaybe later.");
    }
    return new MissedView(
        new MissedView.Week(3, 0, 1, false, "EUR"),
        new WeekSample.Missed(1, 9.5),
        List.of(
            new MissedView.Case(
                new Decision("1", Action.PASS, 0.25, 0.5, AB, List.of(), 64),
                FakeFactory.CLOCK,
                9.5,
                List.of(new MissedView.Pull("amount", "9.5", 1.5)),
                List.of(new MissedView.Pull("shop", "null", -0.5)),
                List.of(new Field("tx_id", "1"), new Field("shop", "\"<script>\"")))),
        new WeekSample.Disturbed(1, 1, 0),
        List.of());
  }

  ModelsView models() {
    if (isNone) {
      return ModelsView.NONE;
    }
    return new ModelsView(
        new ModelsView.Now(
            "7",
            FakeFactory.CLOCK,
            AB,
            Optional.of(new ModelsView.Candidate(AB, AB, "canary", FakeFactory.CLOCK, "a gain")),
            Optional.of(
                new ModelHistory.Proposal(
                    AB, AB, Instant.EPOCH, "a gain", "factory", List.of("too wide"))),
            Optional.of(new Brake(Instant.EPOCH, "an audit", "ada"))),
        List.of(line()),
        0,
        List.of(served()),
        List.of(judgement()),
        Map.of(AB, new ModelView.Live(5, 0.25, 1, 1.5)));
  }

  private static ModelsView.Line line() {
    return new ModelsView.Line(
        new FactoryReport.Run(
            AB,
            "champion",
            "constant",
            Map.of("eta", "0.1"),
            "1970-01-01T00:00:00Z",
            "1970-01-02T00:00:00Z",
            10,
            2,
            1,
            Map.of()),
        List.of("champion", "frozen"),
        AB,
        AB,
        Map.of("auc", 0.9),
        List.of(served()));
  }

  private static ModelsView.Served served() {
    return new ModelsView.Served(AB, "1970-01-01T00:00:00Z", null, "the first model", "factory");
  }

  private static ModelsView.Judgement judgement() {
    return new ModelsView.Judgement(
        new FactoryReport.Judgement(
            "1970-01-01T00:00:00Z", AB, AB, 0.5, Double.NaN, 0.1, 12, true, "a gain of 0.1"),
        List.of(new ModelsView.OnSegment("small", 3, 0.1, null, 0.05)));
  }

  ModelView model() {
    return new ModelView(
        "7",
        line(),
        new ModelContents(
            new ConstantModel(1, 0.1),
            "SELECT 1",
            new ModelSchema(AB, List.of(new ModelSchema.Feature("amount", "double"))),
            TrainingRecord.of(
                new TrainingRecord.Interval(0, 9, 0, 1),
                "constant",
                Map.of(),
                7,
                new TrainingRecord.Counts(10, 2),
                Map.of("jdk", "25"),
                ""),
            "{}",
            "card"),
        new ModelView.Evaluation(AB, "{\"rows\":3}"),
        Optional.of(judgement()),
        new ModelView.OnRecord(
            new About(
                "fake",
                "to test",
                "ada",
                List.of("not for people"),
                new About.Governance("high", "", List.of("2018 by grace"))),
            "a person lets each model serve",
            List.of(new FactoryHistory.Entry(Instant.EPOCH, "promoted", AB, "by factory: first")),
            List.of(),
            List.of(),
            new ModelView.Live(3, null, 0, 1.5)));
  }
}
