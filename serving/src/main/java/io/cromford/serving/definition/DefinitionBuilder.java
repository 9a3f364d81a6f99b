package io.cromford.serving.definition;

import io.cromford.flywheel.PromotionGate;
import io.cromford.flywheel.RetrainSchedule;
import io.cromford.flywheel.Rollout;
import io.cromford.serving.definition.DecisionDefinition.CostsDefinition;
import io.cromford.serving.definition.DecisionDefinition.KnownPositives;
import io.cromford.serving.definition.DecisionDefinition.Missed;
import io.cromford.serving.definition.FlywheelDefinition.Promote;
import io.cromford.serving.definition.GenerateDefinition.Kind;
import io.cromford.serving.definition.GenerateDefinition.Size;
import io.cromford.serving.definition.TrainingDefinition.LearnerKind;
import io.cromford.serving.definition.TrainingDefinition.MetricKind;
import io.cromford.serving.definition.TrainingDefinition.Sampling;
import io.cromford.serving.definition.TrainingDefinition.Search;
import io.cromford.serving.definition.TrainingDefinition.Validate;
import io.cromford.serving.definition.Value.Fields;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Makes records of a file's values once nothing is wrong with them, and fills in the defaults.
final class DefinitionBuilder {
  private static final Duration KEEP_WARM = Duration.ofDays(14);
  private static final Duration SHADOW = Duration.ofDays(1);
  private static final Duration CANARY = Duration.ofDays(1);
  private static final Duration COOL_DOWN = Duration.ofDays(7);
  private static final Duration HASTE_EVERY = Duration.ofDays(1);
  private static final Duration HASTE_TEST = Duration.ofDays(3);
  private static final double HASTE_CONFIDENCE = 0.99;
  private static final Duration HASTE_STAGE = Duration.ofHours(6);
  private static final Duration HASTE_LASTS = Duration.ofDays(28);
  private static final int HASTE_LOSSES = 7;
  private static final Duration SCORE_TIME = Duration.ofMillis(1);
  private static final double CANARY_SHARE = 0.1;
  private static final double SEGMENT_LOSS = 0.05;
  private static final double MOST_WORK = 3;
  private static final int REASONS = 3;
  private static final int PORT = 8080;
  private static final double FALSE_ALARMS = 1;
  private static final long GENERATOR_SEED = 7;

  private final Fields file;
  private final Path folder;

  DefinitionBuilder(Fields file, Path folder) {
    this.file = file;
    this.folder = folder;
  }

  FactoryDefinition build(DataDefinition data) {
    return new FactoryDefinition(
        about(), data, learning(), decision(), flywheel(), monitors(), serve());
  }

  /// @param sources tell the label, then the provisional kinds of outcome, in the file's order
  LabelDefinition label(List<String> sources) {
    Fields label = section(file, "label");
    List<Fields> kinds = label.sections("provisional");
    List<LabelDefinition.Provisional> provisional = new ArrayList<>();
    for (int i = 0; i < kinds.size(); i++) {
      provisional.add(
          new LabelDefinition.Provisional(
              sources.get(i + 1),
              text(kinds.get(i), "column"),
              duration(kinds.get(i), "maturity")));
    }
    return new LabelDefinition(
        sources.getFirst(),
        text(label, "column"),
        duration(label, "maturity"),
        label.get("when-unknown", Boolean.class).orElseThrow(),
        provisional);
  }

  /// @param generated where the data goes
  static GenerateDefinition generate(Fields generate, Path generated) {
    return new GenerateDefinition(
        constant(Kind.class, text(generate, "kind")),
        constant(Size.class, generate.get("size", String.class).orElse("full")),
        generate.get("seed", Long.class).orElse(GENERATOR_SEED),
        generated);
  }

  private About about() {
    Fields about = file.fields("about").orElse(Fields.NONE);
    return new About(
        text(file, "factory"),
        about.get("purpose", String.class).orElse(""),
        about.get("owner", String.class).orElse(""),
        about.words("limits"),
        new About.Governance(
            about.get("tier", String.class).orElse(""),
            about.get("next-review", String.class).orElse(""),
            about.words("validations")));
  }

  private LearningDefinition learning() {
    return new LearningDefinition(
        folder.resolve(text(file, "features")),
        training(section(file, "training")),
        file.get("go-live", Instant.class).orElse(null));
  }

  private static TrainingDefinition training(Fields training) {
    Fields validate = section(training, "validate");
    return new TrainingDefinition(
        training.words("learners").stream().map(word -> constant(LearnerKind.class, word)).toList(),
        constant(MetricKind.class, text(training, "metric")),
        duration(training, "window"),
        new Sampling(training.get("keep-negatives", Double.class).orElse(1.0)),
        new Validate(whole(validate, "folds-at-most"), duration(validate, "test")),
        new Search(whole(training, "trials"), whole(training, "seed")));
  }

  private DecisionDefinition decision() {
    Fields decision = section(file, "decision");
    return new DecisionDefinition(
        text(decision, "entity"),
        whole(decision, "alerts-per-day"),
        decision.get("reasons", Long.class).map(Math::toIntExact).orElse(REASONS),
        knownPositives(decision.fields("known-positives").orElse(Fields.NONE)),
        decision
            .fields("explore")
            .map(explore -> new DecisionDefinition.Explore(whole(explore, "one-in")))
            .orElse(null),
        costs(section(decision, "costs")));
  }

  private static KnownPositives knownPositives(Fields known) {
    return known
        .get("for", Duration.class)
        .<KnownPositives>map(KnownPositives.Block::new)
        .orElseGet(KnownPositives.None::new);
  }

  private static CostsDefinition costs(Fields costs) {
    Money investigation = costs.get("investigation", Money.class).orElseThrow();
    Missed missed =
        switch (costs.get("missed", Object.class).orElseThrow()) {
          case Money money -> new Missed.Fixed(money.amount().doubleValue());
          case Object column -> new Missed.Column(String.valueOf(column));
        };
    return new CostsDefinition(
        investigation.currency(), investigation.amount().doubleValue(), missed);
  }

  private FlywheelDefinition flywheel() {
    Fields flywheel = section(file, "flywheel");
    Promote promote = constant(Promote.class, text(flywheel, "promote"));
    return new FlywheelDefinition(
        duration(flywheel, "retrain-every"),
        haste(flywheel.fields("on-alarm").orElse(Fields.NONE)),
        promote,
        new PromotionGate.Rule(
            whole(flywheel, "min-positives"),
            flywheel.get("confidence", Double.class).orElseThrow(),
            flywheel.get("least-gain", Double.class).orElseThrow(),
            flywheel.get("segment-loss-at-most", Double.class).orElse(SEGMENT_LOSS),
            flywheel.get("work-at-most", Double.class).orElse(MOST_WORK)),
        rollout(flywheel, promote),
        flywheel.words("last-resort"),
        flywheel.fields("envelope").map(EnvelopeReader::read).orElse(null));
  }

  /// A week of mature outcomes, two weeks at least.
  private Duration keepWarm() {
    Duration week = duration(section(file, "label"), "maturity").plusDays(7);
    return week.compareTo(KEEP_WARM) > 0 ? week : KEEP_WARM;
  }

  private static RetrainSchedule.Haste haste(Fields onAlarm) {
    return new RetrainSchedule.Haste(
        onAlarm.get("retrain-every", Duration.class).orElse(HASTE_EVERY),
        onAlarm.get("test", Duration.class).orElse(HASTE_TEST),
        onAlarm.get("confidence", Double.class).orElse(HASTE_CONFIDENCE),
        onAlarm.get("stage", Duration.class).orElse(HASTE_STAGE),
        onAlarm.get("for", Duration.class).orElse(HASTE_LASTS),
        onAlarm.get("losses", Long.class).map(Math::toIntExact).orElse(HASTE_LOSSES));
  }

  private Rollout.Rule rollout(Fields flywheel, Promote promote) {
    Fields canary = flywheel.fields("canary").orElse(Fields.NONE);
    Duration shadow = flywheel.get("shadow", Duration.class).orElse(SHADOW);
    return new Rollout.Rule(
        shadow,
        canary.get("for", Duration.class).orElse(shadow.isZero() ? Duration.ZERO : CANARY),
        canary.get("share", Double.class).orElse(CANARY_SHARE),
        promote == Promote.PROPOSE,
        flywheel.get("keep-warm", Duration.class).orElse(keepWarm()),
        flywheel.get("cool-down", Duration.class).orElse(COOL_DOWN),
        FlywheelDefinition.mostAlerts(whole(section(file, "decision"), "alerts-per-day")),
        flywheel.get("score-time-at-most", Duration.class).orElse(SCORE_TIME));
  }

  private MonitorsDefinition monitors() {
    Fields monitors = file.fields("monitors").orElse(Fields.NONE);
    return new MonitorsDefinition(
        monitors.get("watch", Boolean.class).orElse(true),
        monitors.get("false-alarms-a-month", Double.class).orElse(FALSE_ALARMS));
  }

  private ServeDefinition serve() {
    Fields serve = file.fields("serve").orElse(Fields.NONE);
    return new ServeDefinition(
        serve.get("port", Long.class).map(Math::toIntExact).orElse(PORT),
        AlarmsReader.read(file.fields("alarms").orElse(Fields.NONE)));
  }

  private static Fields section(Fields fields, String key) {
    return fields.fields(key).orElseThrow();
  }

  private static String text(Fields fields, String key) {
    return fields.get(key, String.class).orElseThrow();
  }

  private static Duration duration(Fields fields, String key) {
    return fields.get(key, Duration.class).orElseThrow();
  }

  private static int whole(Fields fields, String key) {
    return Math.toIntExact(fields.get(key, Long.class).orElseThrow());
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String word) {
    return Enum.valueOf(type, word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
