package io.cromford.serving.definition;

import io.cromford.core.ColumnType;
import io.cromford.core.Schema;
import io.cromford.serving.definition.Value.Fields;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Checks what the decision and the schedule say of the sources and of each other.
final class RestChecks {
  private final Fields file;
  private final SourcesReader sources;
  private final Problems problems;
  private final LabelChecks label;

  RestChecks(Fields file, SourcesReader sources, Problems problems) {
    this.file = file;
    this.sources = sources;
    this.problems = problems;
    this.label = new LabelChecks(file, sources, problems);
  }

  void check() {
    label.check();
    file.fields("decision").ifPresent(this::checkDecision);
    file.fields("training").ifPresent(this::checkTraining);
    file.fields("flywheel").ifPresent(this::checkFlywheel);
    file.fields("alarms").ifPresent(alarms -> AlarmsReader.check(alarms, problems));
  }

  /// What the file says of the label.
  LabelChecks label() {
    return label;
  }

  private void checkDecision(Fields decision) {
    SourceReader observation = sources.observation().orElse(null);
    Fields costs = decision.fields("costs").orElse(Fields.NONE);
    Optional<Object> missed = costs.get("missed", Object.class);
    if (observation != null) {
      decision
          .get("entity", String.class)
          .ifPresent(name -> observation.requireColumn(name, decision.valuePlace("entity")));
      missed
          .filter(String.class::isInstance)
          .ifPresent(name -> checkMissed(observation, (String) name, costs.valuePlace("missed")));
    }
    checkCurrency(costs, missed);
    decision.fields("known-positives").ifPresent(this::checkKnownPositives);
  }

  private void checkMissed(SourceReader observation, String column, Place place) {
    observation.requireColumn(column, place);
    if (!has(observation, column)) {
      return;
    }
    ColumnType type = type(observation, column);
    boolean numeric =
        switch (type.kind()) {
          case BIGINT, DOUBLE, DECIMAL -> true;
          case BOOLEAN, TIMESTAMP, VARCHAR -> false;
        };
    if (!numeric) {
      problems.add(
          place,
          "`%s` is a %s, no amount of money.".formatted(column, type),
          "name a numeric column, or write an amount like `40 EUR`.");
    }
  }

  private void checkCurrency(Fields costs, Optional<Object> missed) {
    Optional<Money> investigation = costs.get("investigation", Money.class);
    missed
        .filter(Money.class::isInstance)
        .map(Money.class::cast)
        .filter(m -> investigation.isPresent())
        .filter(m -> !m.currency().equals(investigation.get().currency()))
        .ifPresent(m ->
            problems.add(
                costs.valuePlace("missed"),
                "costs are in %s and in %s."
                    .formatted(investigation.get().currency(), m.currency()),
                "write both in one currency."));
  }

  private void checkKnownPositives(Fields known) {
    boolean blocks = known.get("action", String.class).map("block"::equals).orElse(false);
    if (blocks && !known.has("for")) {
      problems.add(known.place(), "`known-positives` blocks without an end.", "add `for: 14d`.");
    }
    if (!blocks && known.has("for") && known.has("action")) {
      problems.add(
          known.keyPlace("for"),
          "`for` is there, but nothing is blocked.",
          "write `action: block`.");
    }
  }

  private void checkTraining(Fields training) {
    positive(training, "window", "training.window");
    training
        .fields("validate")
        .ifPresent(validate -> positive(validate, "test", "training.validate.test"));
    Optional<Duration> window = training.get("window", Duration.class);
    Optional<Duration> test = test();
    if (window.isPresent() && test.isPresent() && window.get().compareTo(test.get()) <= 0) {
      problems.add(
          training.valuePlace("window"),
          "`training.window` is not longer than the test of `training.validate`.",
          "write a longer window: what is left of it is learnt from.");
    }
    List<String> learners = training.words("learners");
    if (learners.stream().distinct().count() != learners.size()) {
      problems.add(training.valuePlace("learners"), "a learner is named twice.", "name each once.");
    }
  }

  private void checkFlywheel(Fields flywheel) {
    positive(flywheel, "retrain-every", "flywheel.retrain-every");
    positive(flywheel, "score-time-at-most", "flywheel.score-time-at-most");
    Optional<Duration> every = flywheel.get("retrain-every", Duration.class);
    Optional<Duration> test = test();
    if (every.isPresent() && test.isPresent() && every.get().compareTo(test.get()) < 0) {
      problems.add(
          flywheel.valuePlace("retrain-every"),
          "a challenger comes sooner than `training.validate.test` is long: the champion would be "
              + "judged on days that it was fitted on.",
          "write a period at least as long as the test.");
    }
    flywheel
        .fields("on-alarm")
        .ifPresent(haste -> {
          positive(haste, "retrain-every", "flywheel.on-alarm.retrain-every");
          positive(haste, "test", "flywheel.on-alarm.test");
        });
    checkRollout(flywheel);
    checkKeepWarm(flywheel);
    checkGate(flywheel);
    flywheel
        .fields("envelope")
        .ifPresent(envelope ->
            EnvelopeReader.check(
                envelope,
                file.fields("training").map(t -> t.words("learners")).orElse(List.of()),
                problems));
  }

  private void checkRollout(Fields flywheel) {
    Optional<Duration> shadow = flywheel.get("shadow", Duration.class);
    Optional<Duration> canary =
        flywheel.fields("canary").flatMap(section -> section.get("for", Duration.class));
    if (shadow.map(Duration::isZero).orElse(false) && flywheel.has("canary")) {
      problems.add(
          flywheel.keyPlace("canary"),
          "there is a canary, but no shadow before it.",
          "write `shadow: 1d`, or leave both out.");
      return;
    }
    Duration day = Duration.ofDays(1);
    Duration way =
        shadow.orElse(day).plus(canary.orElse(shadow.orElse(day).isZero() ? Duration.ZERO : day));
    flywheel
        .get("retrain-every", Duration.class)
        .filter(every -> way.compareTo(every) >= 0)
        .ifPresent(_ ->
            problems.add(
                flywheel.keyPlace(flywheel.has("shadow") ? "shadow" : "retrain-every"),
                "shadow and canary together are as long as `retrain-every`: a challenger would find the one before it still on its way.",
                "shorten them, or retrain less often."));
  }

  private void checkKeepWarm(Fields flywheel) {
    Duration maturity =
        file.fields("label")
            .flatMap(label -> label.get("maturity", Duration.class))
            .orElse(Duration.ZERO);
    flywheel
        .get("keep-warm", Duration.class)
        .filter(warm -> !warm.isZero() && warm.compareTo(maturity.plusDays(2)) < 0)
        .ifPresent(_ ->
            problems.add(
                flywheel.valuePlace("keep-warm"),
                "the former champion is let go before the outcomes tell whether it was the better one.",
                "keep it two days longer than `label.maturity` at least, or write `0d`."));
  }

  /// Names a gate that nobody passes, and one that anybody does.
  private void checkGate(Fields flywheel) {
    double leastGain = flywheel.get("least-gain", Double.class).orElse(0.01);
    if (leastGain >= 0.5) {
      problems.add(
          flywheel.valuePlace("least-gain"),
          "no challenger gains %s of the metric: none would ever be promoted.".formatted(leastGain),
          "write it like `0.01`.");
    }
    double confidence = flywheel.get("confidence", Double.class).orElse(0.95);
    if (leastGain == 0 && confidence < 0.6) {
      problems.add(
          flywheel.valuePlace("confidence"),
          "with no least gain and a confidence of %s nearly every second challenger that is no better would be promoted."
              .formatted(confidence),
          "write `0.95`.");
    }
    boolean anyLoss =
        flywheel.get("segment-loss-at-most", Double.class).map(loss -> loss >= 1).orElse(false);
    if (anyLoss) {
      problems.add(
          flywheel.valuePlace("segment-loss-at-most"),
          "a challenger may lose everything on a segment.",
          "write it like `0.05`.");
    }
  }

  private Optional<Duration> test() {
    return file.fields("training")
        .flatMap(training -> training.fields("validate"))
        .flatMap(validate -> validate.get("test", Duration.class));
  }

  private void positive(Fields section, String key, String path) {
    if (section.get(key, Duration.class).map(Duration::isZero).orElse(false)) {
      problems.add(section.valuePlace(key), "`%s` is 0.".formatted(path), "write it like `7d`.");
    }
  }

  private static boolean has(SourceReader source, String column) {
    Schema schema = source.schema();
    return schema != null && schema.find(column).isPresent();
  }

  private static ColumnType type(SourceReader source, String column) {
    Schema schema = source.schema();
    if (schema == null) {
      throw new IllegalStateException("no schema");
    }
    return schema.column(schema.indexOf(column)).type();
  }
}
