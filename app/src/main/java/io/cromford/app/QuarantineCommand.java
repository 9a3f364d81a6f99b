package io.cromford.app;

import io.cromford.core.Progress;
import io.cromford.serving.FactoryControl;
import io.cromford.serving.QuarantineView;
import io.cromford.serving.Quarantined;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `cromford quarantine`: the records that broke their contract.
@Command(
    name = "quarantine",
    description = "Lists, shows and replays the records that broke their contract.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: ./cromford quarantine list examples/card-fraud"})
final class QuarantineCommand {
  @Command(
      name = "list",
      description = "Counts the records by the rule they broke, and lists the newest.",
      mixinStandardHelpOptions = true,
      footer = {"", "Example: ./cromford quarantine list examples/card-fraud --limit 5"})
  int list(
      @Mixin FactoryPlace place,
      @Option(
              names = "--limit",
              paramLabel = "COUNT",
              defaultValue = "20",
              description = "how many single records are listed (default: 20)")
          int limit) {
    QuarantineView view = QuarantineView.of(place.state(), Math.max(0, limit));
    if (view.rules().isEmpty()) {
      System.out.println("The quarantine is empty.");
      return 0;
    }
    System.out.printf("%-14s %-22s %10s  %s%n", "source", "rule", "records", "newest");
    for (QuarantineView.Rule rule : view.rules()) {
      System.out.printf(
          Locale.ROOT,
          "%-14s %-22s %,10d  %s%n",
          rule.source(),
          rule.rule(),
          rule.records(),
          rule.newest());
    }
    if (!view.newest().isEmpty()) {
      listNewest(view);
    }
    return 0;
  }

  private static void listNewest(QuarantineView view) {
    System.out.printf(
        "%n%-12s %-14s %-22s %-14s %s%n", "number", "source", "rule", "column", "place");
    for (QuarantineView.Entry entry : view.newest()) {
      Quarantined record = entry.record();
      System.out.printf(
          Locale.ROOT,
          "%-12d %-14s %-22s %-14s %s%n",
          entry.position(),
          record.source(),
          record.rule(),
          record.column(),
          place(record));
    }
  }

  private static String place(Quarantined record) {
    return record.fileName().isEmpty() ? "over the wire" : record.fileName() + ":" + record.line();
  }

  @Command(
      name = "show",
      description =
          "Shows one record whole: what it was, where it stood, and what is wrong with it.",
      mixinStandardHelpOptions = true,
      footer = {"", "Example: ./cromford quarantine show examples/card-fraud 40216"})
  int show(
      @Mixin FactoryPlace place,
      @Parameters(index = "1", paramLabel = "NUMBER", description = "as `list` shows it")
          long number) {
    QuarantineView.Entry entry = QuarantineView.find(place.state(), number);
    Quarantined record = entry.record();
    System.out.println("source   " + record.source());
    System.out.println("rule     " + record.rule());
    if (!record.column().isEmpty()) {
      System.out.println("column   " + record.column());
    }
    System.out.println("message  " + record.message().replace("\n", "\n         "));
    System.out.println("place    " + place(record));
    System.out.println("arrived  " + entry.arrival());
    System.out.println("record   " + record.record());
    if (entry.replayed()) {
      System.out.println("It was replayed since.");
    }
    return 0;
  }

  @Command(
      name = "replay",
      description = {
        "Holds the records against the contract again, once the factory file was mended: those that"
            + " pass are taken in.",
        "They are learnt from, not decided on, and count from now; before go-live from when they"
            + " arrived. However late they are, they are taken."
      },
      mixinStandardHelpOptions = true,
      footer = {"", "Example: ./cromford quarantine replay examples/card-fraud"})
  int replay(@Mixin FactoryPlace place) {
    Terminal terminal = Terminal.standard();
    Progress.Step step = terminal.start("replay", 0);
    step.finish(place.tell(terminal, _ -> {}, FactoryControl::replayQuarantine).toString());
    return 0;
  }
}
