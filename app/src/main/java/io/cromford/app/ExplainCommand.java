package io.cromford.app;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.serving.Decision;
import io.cromford.serving.DecisionAudit;
import io.cromford.serving.DecisionView.Field;
import io.cromford.serving.Lineage;
import io.cromford.serving.Promotion;
import io.cromford.serving.ScratchFolder;
import io.cromford.serving.definition.CheckedFactory;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `cromford explain`: a decision and all that went into it, made again from the ledger.
@Command(
    name = "explain",
    description = {
      "Explains a decision of any age, and proves it: the ledger is folded up to it, and the decision is made again and compared.",
      "",
      "Works beside a running factory and without one. It folds from the newest snapshot before the decision on, and says beforehand how much that is; what lies behind the decision is looked through for its outcomes."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: ./cromford explain examples/card-fraud 1500000"})
final class ExplainCommand implements Callable<Integer> {
  @Mixin private FactoryPlace place;

  @Parameters(index = "1", paramLabel = "ID", description = "the observation's id")
  private String id = "";

  @Option(
      names = "--ledger-alone",
      description = "from the ledger's beginning on, without what was kept of its folds")
  private boolean ledgerAlone;

  @Override
  public Integer call() {
    CheckedFactory checked = place.checkWithoutFiles();
    Terminal terminal = Terminal.standard();
    try (ScratchFolder scratch = ScratchFolder.create()) {
      DecisionAudit.Rebuilt rebuilt =
          ledgerAlone
              ? DecisionAudit.ofLedgerAlone(checked, place.state(), scratch.path(), id, terminal)
              : DecisionAudit.of(checked, place.state(), scratch.path(), id, terminal);
      print(rebuilt);
      if (!rebuilt.agrees()) {
        throw differs(rebuilt);
      }
    }
    return 0;
  }

  private static void print(DecisionAudit.Rebuilt rebuilt) {
    Decision decision = rebuilt.view().decision();
    Promotion served = rebuilt.served();
    line("event", text(rebuilt.view().event()));
    line("arrived", rebuilt.view().arrivedAt());
    line("from", place(rebuilt.view().lineage()));
    line(
        "decided",
        "%s: score %.4f, threshold %.4f"
            .formatted(decision.action().text(), decision.score(), decision.threshold()));
    line(
        "model",
        "%.12s, serving since %s: %s".formatted(served.model(), served.at(), served.reason()));
    if (!decision.reasons().isEmpty()) {
      line("reasons", reasons(decision.reasons()));
    }
    for (DecisionAudit.Outcome outcome : rebuilt.outcomes()) {
      line(
          "outcome",
          "%s %s: %s".formatted(outcome.arrivedAt(), outcome.source(), text(outcome.fields())));
    }
    if (rebuilt.outcomes().isEmpty()) {
      line("outcome", "none so far");
    }
    line("features", "");
    for (Field feature : rebuilt.view().features()) {
      System.out.printf(Locale.ROOT, "  %-32s %s%n", feature.name(), feature.json());
    }
    line("rebuilt", "");
    for (DecisionAudit.Comparison one : rebuilt.comparisons()) {
      System.out.printf(
          Locale.ROOT,
          "  %-32s %s%n",
          one.what(),
          one.agrees()
              ? "the same: " + value(one.now())
              : value(one.now()) + ", but answered was " + value(one.then()));
    }
  }

  private static String place(Lineage lineage) {
    String where =
        lineage.file().isEmpty()
            ? "over HTTP"
            : String.format(Locale.ROOT, "%s, row %d", lineage.file(), lineage.row());
    return "%s, %s; at position %d of the ledger"
        .formatted(lineage.source(), where, lineage.position());
  }

  private static String value(String text) {
    return text.isEmpty() ? "none" : text;
  }

  private static void line(String what, String text) {
    System.out.printf(Locale.ROOT, "%-12s %s%n", what, text);
  }

  private static String text(List<Field> fields) {
    return fields.stream()
        .map(field -> field.name() + " " + field.json())
        .collect(Collectors.joining(", "));
  }

  private static String reasons(List<Decision.Reason> reasons) {
    return reasons.stream()
        .map(reason ->
            String.format(Locale.ROOT, "%s %+.2f", reason.feature(), reason.contribution()))
        .collect(Collectors.joining(", "));
  }

  private CromfordException differs(DecisionAudit.Rebuilt rebuilt) {
    String what =
        rebuilt.comparisons().stream()
            .filter(one -> !one.agrees())
            .map(DecisionAudit.Comparison::what)
            .collect(Collectors.joining(", "));
    return new CromfordException(
        ErrorCode.LEDGER_CORRUPT,
        "the decision on `%s` cannot be rebuilt as it was answered: %s.\nMaybe somebody edited it: `cromford ledger verify` tells whether the ledger is what it was."
            .formatted(id, what));
  }
}
