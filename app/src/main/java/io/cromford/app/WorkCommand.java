package io.cromford.app;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.flywheel.work.ReasonCode;
import io.cromford.flywheel.work.WorkItem;
import io.cromford.flywheel.work.WorkStep;
import io.cromford.serving.WorkOrder;
import io.cromford.serving.WorkView;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `cromford work`: the alerts of the last days as work that waits for persons.
@Command(
    name = "work",
    description = {
      "Lists the alerts that wait, by money at risk, and says what you do about them. All of it is",
      "on record; what another person holds is not taken from them. A verdict is another thing: it",
      "is an outcome, told to the source that takes it."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: ./cromford work list examples/card-fraud"})
final class WorkCommand {
  @Command(
      name = "list",
      description = {
        "Lists alerts with their score, the money at risk and who holds them; the most money first.",
        "Without --status those that nobody is done with."
      },
      mixinStandardHelpOptions = true,
      footer = {"", "Example: ./cromford work list examples/card-fraud --status open --limit 20"})
  int list(
      @Mixin FactoryPlace place,
      @Option(
              names = "--status",
              split = ",",
              paramLabel = "STATUS",
              defaultValue = "open,claimed",
              description = "open, claimed, answered or closed; several with commas")
          List<WorkItem.Status> statuses,
      @Option(
              names = "--limit",
              defaultValue = "50",
              paramLabel = "NUMBER",
              description = "the most alerts, 1 to 500 (default: 50)")
          int limit) {
    if (limit < 1 || limit > WorkView.MOST) {
      throw new CromfordException(
          ErrorCode.USAGE,
          "a list of %d alerts is none.\nMaybe 1 to %d.".formatted(limit, WorkView.MOST));
    }
    WorkList work =
        place.ask(
            Terminal.standard(),
            factory -> WorkList.of(factory.work(statuses)),
            remote -> WorkList.of(remote.get("/v1/work?status=" + words(statuses))));
    work.lines().stream().limit(limit).forEach(line -> print(line, work.currency()));
    if (work.lines().isEmpty()) {
      System.out.println("no alert stands like that");
    }
    System.out.println(work.summary());
    return 0;
  }

  private static String words(List<WorkItem.Status> statuses) {
    return String.join(",", statuses.stream().map(WorkItem.Status::text).toList());
  }

  private static void print(WorkList.Line line, String currency) {
    System.out.printf(
        Locale.ROOT,
        "%-20s  %-8s  %,10.2f %s at risk  score %.4f  alerted %s%s%n",
        printable(line.id()),
        line.status(),
        line.atRisk(),
        currency,
        line.score(),
        line.at(),
        line.words().isEmpty() ? "" : "  " + printable(line.words()));
  }

  /// Without what a terminal would take for an order.
  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }

  @Command(
      name = "claim",
      description = "Says that you look after alerts from here on.",
      mixinStandardHelpOptions = true,
      footer = {"", "Example: ./cromford work claim examples/card-fraud 1500012 1500044"})
  int claim(@Mixin Alerts alerts) {
    return tell(WorkStep.CLAIM, alerts, Optional.empty());
  }

  @Command(
      name = "release",
      description = "Says that you look after alerts no more: they wait again.",
      mixinStandardHelpOptions = true,
      footer = {"", "Example: ./cromford work release examples/card-fraud 1500012"})
  int release(@Mixin Alerts alerts) {
    return tell(WorkStep.RELEASE, alerts, Optional.empty());
  }

  @Command(
      name = "close",
      description = {
        "Says that you are done with alerts, and what came of it: fraud-confirmed,",
        "genuine-confirmed, unreachable, duplicate, not-pursued or other."
      },
      mixinStandardHelpOptions = true,
      footer = {
        "",
        "Example: ./cromford work close examples/card-fraud 1500012 --code genuine-confirmed"
      })
  int close(
      @Option(
              names = "--code",
              required = true,
              paramLabel = "CODE",
              description = "what came of the work")
          String code,
      @Mixin Alerts alerts) {
    ReasonCode known =
        ReasonCode.of(code)
            .orElseThrow(() ->
                new CromfordException(
                    ErrorCode.USAGE,
                    "`%s` is no reason code.\nMaybe one of %s."
                        .formatted(code, WorkOrder.codes())));
    return tell(WorkStep.CLOSE, alerts, Optional.of(known));
  }

  @Command(
      name = "reopen",
      description = "Says that closed alerts are to be worked on again; --note says why.",
      mixinStandardHelpOptions = true,
      footer = {
        "",
        "Example: ./cromford work reopen examples/card-fraud 1500012 --note \"the customer called\""
      })
  int reopen(@Mixin Alerts alerts) {
    return tell(WorkStep.REOPEN, alerts, Optional.empty());
  }

  @Command(
      name = "note",
      description = "Writes something down beside alerts; it stays on record.",
      mixinStandardHelpOptions = true,
      footer = {
        "",
        "Example: ./cromford work note examples/card-fraud 1500012 --note \"called twice\""
      })
  int note(@Mixin Alerts alerts) {
    return tell(WorkStep.NOTE, alerts, Optional.empty());
  }

  private static int tell(WorkStep step, Alerts alerts, Optional<ReasonCode> code) {
    WorkOrder order = new WorkOrder(step, alerts.ids, Reason.user(), code, alerts.note);
    alerts.place.tell(control -> control.work(order));
    System.out.printf("%s: %s%n", step.text(), String.join(", ", order.ids()));
    return 0;
  }

  /// Which alerts something is said about, and what a person writes beside it.
  static final class Alerts {
    @Mixin private FactoryPlace place = new FactoryPlace();

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "ID", description = "the alerts' ids")
    private List<String> ids = List.of();

    @Option(
        names = "--note",
        defaultValue = "",
        paramLabel = "TEXT",
        description = "what you write beside it; it stays on record with your name")
    private String note = "";
  }
}
