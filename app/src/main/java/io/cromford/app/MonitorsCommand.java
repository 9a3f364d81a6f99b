package io.cromford.app;

import io.cromford.serving.MonitorsView;
import io.cromford.serving.MonitorsView.Estimate;
import io.cromford.serving.MonitorsView.Line;
import io.cromford.training.report.Figures;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `cromford monitors`: what is as usual, and what is not.
@Command(
    name = "monitors",
    description = {
      "Lists the monitors: what each read on the last day that is over, and what is usual.",
      "A monitor is ok or in alarm; it is learning until it knows two weeks, and a feature is filling",
      "until its windows reach back to their start. It is read from the ledger."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: ./cromford monitors examples/card-fraud --alarms"})
final class MonitorsCommand implements Callable<Integer> {
  @Mixin private FactoryPlace place;

  @Option(names = "--alarms", description = "only those that are in alarm")
  private boolean alarms;

  @Override
  public Integer call() {
    MonitorsView view = MonitorsView.read(place.checkWithoutFiles(), place.state());
    if (view.monitors().isEmpty()) {
      System.out.println("No day has been watched yet.");
      return 0;
    }
    System.out.printf(
        "%-18s %-32s %12s  %-26s %s%n", "monitor", "subject", view.day(), "usual", "state");
    view.monitors().stream()
        .filter(line -> !alarms || line.state().equals("alarm"))
        .forEach(MonitorsCommand::print);
    System.out.printf(
        Locale.ROOT,
        "(%d monitors, %d in alarm)%n",
        view.monitors().size(),
        view.monitors().stream().filter(line -> line.state().equals("alarm")).count());
    if (!alarms) {
      view.estimates().forEach(MonitorsCommand::print);
    }
    return 0;
  }

  private static void print(Line line) {
    System.out.printf(
        "%-18s %-32s %12s  %-26s %s%n",
        line.monitor(),
        line.subject(),
        Figures.brief(line.value()),
        usual(line),
        line.since() == null ? line.state() : line.state() + " since " + line.since());
  }

  private static String usual(Line line) {
    MonitorsView.Usual usual = line.usual();
    return usual == null
        ? Figures.ABSENT
        : "%s (%s to %s)"
            .formatted(
                Figures.brief(usual.value()),
                Figures.brief(usual.low()),
                Figures.brief(usual.high()));
  }

  private static void print(Estimate estimate) {
    System.out.printf(
        "week %d by its scores alone: average precision %s, alerts right %s%n",
        estimate.week(),
        number(estimate.estimated().averagePrecision()),
        number(estimate.estimated().alertPrecision()));
  }

  private static String number(@Nullable Double value) {
    return value == null ? Figures.ABSENT : Figures.fixed(value, 3);
  }
}
