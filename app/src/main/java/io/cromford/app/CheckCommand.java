package io.cromford.app;

import io.cromford.flywheel.Envelope;
import io.cromford.flywheel.PromotionGate;
import io.cromford.serving.GatePower;
import io.cromford.serving.PoliciesView;
import io.cromford.serving.definition.CheckedFactory;
import io.cromford.serving.definition.DecisionDefinition;
import io.cromford.serving.definition.FlywheelDefinition;
import java.nio.file.Files;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `cromford check`: says everything that is wrong with a factory's files.
@Command(
    name = "check",
    description = "Checks factory.yaml and features.sql, and names every problem at once.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: ./cromford check examples/card-fraud"})
final class CheckCommand implements Callable<Integer> {
  @Mixin private FactoryOptions options;

  @Override
  public Integer call() {
    CheckedFactory factory = options.check();
    System.out.printf(
        Locale.ROOT,
        "%s holds: %d sources, %d features over %d windows.%n",
        factory.definition().about().name(),
        factory.definition().data().sources().size(),
        factory.plan().features().size(),
        factory.plan().windows().size());
    if (!factory.definition().serve().alarms().isDelivered()) {
      System.out.println(
          "nobody is told of alarms: they are in the ledger, the log and the reports; `alarms` names who is to be told.");
    }
    print(factory.definition().decision());
    if (Files.isDirectory(options.state().resolve("ledger"))) {
      print(PoliciesView.AtStart.of(options.state(), factory.definition()));
    }
    print(factory.definition().flywheel());
    print(GatePower.of(options.state()), factory.definition().flywheel().gate());
    return 0;
  }

  /// What letting some through costs.
  private static void print(DecisionDefinition decision) {
    DecisionDefinition.Explore explore = decision.explore();
    if (explore != null) {
      System.out.printf(
          Locale.ROOT,
          "it explores: of the %,d alerts a day about %.1f are let through instead, and each fraud among them costs %s; the report says what it came to.%n",
          decision.alertsPerDay(),
          (double) decision.alertsPerDay() / explore.oneIn(),
          switch (decision.costs().missed()) {
            case DecisionDefinition.Missed.Column(String name) -> "its `" + name + "`";
            case DecisionDefinition.Missed.Fixed(double cost) ->
                cost + " " + decision.costs().currency();
          });
    }
  }

  /// What persons approved over the factory file, and what its changes put in the place of that.
  private static void print(PoliciesView.AtStart approved) {
    if (!approved.kept().isEmpty()) {
      System.out.println(PolicyCommand.against(approved.kept()));
    }
    if (!approved.lapsed().isEmpty()) {
      System.out.printf(
          "factory.yaml was changed since policies were approved, and the latest change wins: from the next start on %s.%n",
          approved.lapsed());
    }
  }

  /// Within what the factory promotes by itself.
  private static void print(FlywheelDefinition flywheel) {
    if (flywheel.promote() != FlywheelDefinition.Promote.AUTO) {
      return;
    }
    Envelope envelope = flywheel.envelope();
    System.out.println(
        envelope == null
            ? "no envelope was approved: whatever passes the gate takes over by itself; `flywheel.envelope` would bound that."
            : "by itself the factory promotes within this envelope: " + envelope.describe() + ".");
  }

  /// What the gate could see so far, and where that is less than the file asks for.
  private static void print(GatePower power, PromotionGate.Rule rule) {
    if (power.judgements() == 0) {
      System.out.println(
          "how small a loss on a segment the gate sees is known once a challenger was judged.");
      return;
    }
    if (power.mostPositives() < rule.minPositives()) {
      System.out.printf(
          Locale.ROOT,
          "no challenger can pass: the gate judged by %,d positives at most, and `min-positives` is %,d.%nMaybe lower it, or lengthen `training.validate.test`.%n",
          power.mostPositives(),
          rule.minPositives());
    }
    for (GatePower.OnSegment segment : power.segments()) {
      System.out.printf(
          Locale.ROOT,
          "on `%s`, with %,d positives, the gate sees a loss of %.3f or more%s.%n",
          segment.segment(),
          segment.positives(),
          segment.detectable(),
          segment.detectable() <= rule.segmentLoss()
              ? ""
              : ": too few for `segment-loss-at-most: %s`, so only a loss beyond doubt counts"
                  .formatted(rule.segmentLoss()));
    }
  }
}
