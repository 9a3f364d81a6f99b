package io.cromford.app;

import io.cromford.core.CromfordException;
import io.cromford.core.Progress;
import io.cromford.serving.QuarantineView;
import io.cromford.serving.Quarantined;
import io.cromford.serving.QuarantinedRow;
import io.cromford.serving.RepairOrder;
import io.cromford.serving.Repaired;
import io.cromford.serving.ReplayOrder;
import io.cromford.serving.Result;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `cromford quarantine`: the records that broke their contract.
@Command(
    name = "quarantine",
    description = "Lists, shows, repairs and replays the records that broke their contract.",
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
    QuarantineView view =
        QuarantineView.of(place.state(), QuarantineView.Asked.newest(Math.max(0, limit)));
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
    QuarantinedRow row = QuarantinedRow.of(place.state(), number);
    Quarantined record = row.entry().record();
    System.out.println("source   " + record.source());
    System.out.println("rule     " + record.rule());
    if (!record.column().isEmpty()) {
      System.out.println("column   " + record.column());
    }
    System.out.println("message  " + record.message().replace("\n", "\n         "));
    System.out.println("place    " + place(record));
    System.out.println("arrived  " + row.entry().arrival());
    System.out.println("record   " + record.record());
    row.trail().mends().ifPresent(deed -> print("It mends record " + deed.row(), deed));
    row.trail().left().ifPresent(QuarantineCommand::print);
    return 0;
  }

  private static void print(QuarantinedRow.Left left) {
    left.mended()
        .ifPresentOrElse(
            deed -> {
              print("It was mended", deed);
              System.out.println("         " + deed.record());
            },
            () -> System.out.println("It was replayed since, at %s.".formatted(left.at())));
    System.out.println(
        left.became() == Repaired.Became.QUARANTINED
            ? "That was refused again: it is record %d now.".formatted(left.position())
            : "It is %s now, at position %d of the ledger."
                .formatted(
                    left.became() == Repaired.Became.DUPLICATE
                        ? "a duplicate"
                        : "an " + left.became().text(),
                    left.position()));
  }

  private static void print(String what, QuarantinedRow.Deed deed) {
    String columns = deed.columns().isEmpty() ? "" : " (" + String.join(", ", deed.columns()) + ")";
    System.out.println(
        "%s%s, at %s by %s: %s".formatted(what, columns, deed.at(), deed.by(), deed.reason()));
  }

  @Command(
      name = "repair",
      description = {
        "Mends one record and has it taken in, by the contract, as any other: --set says what a"
            + " column is to say, --clear that it has no value; the others stay.",
        "It is learnt from, not decided on. What is refused again stays in quarantine under a new"
            + " number. The record as it came stays in the ledger."
      },
      mixinStandardHelpOptions = true,
      footer = {
        "",
        "Example: ./cromford quarantine repair my-factory 40216 --set amount=85.65"
            + " --reason \"a comma\""
      })
  int repair(
      @Mixin FactoryPlace place,
      @Parameters(index = "1", paramLabel = "NUMBER", description = "as `list` shows it")
          long number,
      @Option(
              names = "--set",
              paramLabel = "COLUMN=VALUE",
              description = "what a column is to say; may be given several times")
          @Nullable Map<String, String> set,
      @Option(
              names = "--clear",
              paramLabel = "COLUMN",
              description = "a column that is to have no value; may be given several times")
          @Nullable List<String> clear,
      @Mixin Reason reason,
      @Mixin Name name) {
    Map<String, Optional<String>> values = new LinkedHashMap<>();
    if (set != null) {
      set.forEach((column, value) -> values.put(column, Optional.ofNullable(value)));
    }
    if (clear != null) {
      clear.forEach(column -> values.put(column, Optional.empty()));
    }
    RepairOrder order = new RepairOrder(number, values, reason.text(), name.text());
    Repaired repaired = place.tell(Terminal.standard(), _ -> {}, control -> control.repair(order));
    Result.Refused refused = repaired.refused();
    if (refused != null) {
      throw new CromfordException(
          refused.code(),
          "record %d is refused again, by the rule `%s`: %s\nIt is record %d now."
              .formatted(number, refused.rule(), refused.message(), repaired.position()));
    }
    System.out.printf(
        "record %d is taken in: %s, at position %d of the ledger%n",
        number, repaired.became().text(), repaired.position());
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
  int replay(
      @Mixin FactoryPlace place,
      @Option(
              names = "--source",
              paramLabel = "NAME",
              defaultValue = "",
              description = "only this source's records")
          String source,
      @Option(
              names = "--rule",
              paramLabel = "NAME",
              defaultValue = "",
              description = "only what broke this rule")
          String rule,
      @Option(
              names = "--reason",
              paramLabel = "TEXT",
              defaultValue = "the contract was mended",
              description =
                  "why; it stays in the ledger with your name (default: ${DEFAULT-VALUE})")
          String reason,
      @Mixin Name name) {
    Terminal terminal = Terminal.standard();
    Progress.Step step = terminal.start("replay", 0);
    ReplayOrder order = new ReplayOrder(source, rule, reason, name.text());
    step.finish(
        place.tell(terminal, _ -> {}, control -> control.replayQuarantine(order)).toString());
    return 0;
  }

  /// Who does something.
  static final class Name {
    @Option(
        names = "--by",
        paramLabel = "NAME",
        description = "who does it (default: who is logged in)")
    private String text = Reason.user();

    String text() {
      return text;
    }
  }
}
