package io.cromford.app;

import io.cromford.ledger.Ledger;
import io.cromford.serving.FactoryHistory;
import io.cromford.serving.FactoryHistory.Entry;
import io.cromford.serving.FactoryHistory.Service;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `cromford history`: who served when, and why each change was made.
@Command(
    name = "history",
    description = {
      "Says who served from when to when, and everything that the factory did to itself or persons"
          + " did to it, with the reasons.",
      "It is read from the ledger; the head that it ends with can be held against the ledger later,"
          + " by `ledger verify --head`."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: ./cromford history examples/card-fraud"})
final class HistoryCommand implements Callable<Integer> {
  @Mixin private FactoryPlace place;

  @Override
  public Integer call() {
    FactoryHistory history = FactoryHistory.of(place.state());
    if (history.services().isEmpty()) {
      System.out.println("No model has served yet.");
    }
    history.services().forEach(HistoryCommand::print);
    System.out.println();
    history.entries().forEach(HistoryCommand::print);
    System.out.printf("%nledger head %s%n", LedgerCommand.text(Ledger.headOf(place.ledger())));
    return 0;
  }

  private static void print(Service service) {
    System.out.printf(
        "served   %s  %-22s  %.12s  by %s: %s%n",
        service.promotion().at(),
        service.until().equals(Instant.MAX) ? "until now" : "until " + service.until(),
        service.promotion().model(),
        service.promotion().by(),
        oneLine(service.promotion().reason()));
  }

  private static void print(Entry entry) {
    System.out.printf(
        "%-8s %s  %-12.12s  %s%n", entry.what(), entry.at(), entry.model(), oneLine(entry.text()));
  }

  private static String oneLine(String text) {
    return text.replace('\n', ' ');
  }
}
