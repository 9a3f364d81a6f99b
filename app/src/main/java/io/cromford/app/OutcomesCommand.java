package io.cromford.app;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `cromford outcomes`: what a person knows of the outcomes that the factory cannot see.
@Command(
    name = "outcomes",
    description = "Says of outcomes what their number does not show.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example: ./cromford outcomes complete my-factory --until 2018-07-01"
          + " --reason \"few frauds\""
    })
final class OutcomesCommand {
  @Command(
      name = "complete",
      description = {
        "Gives your word that all outcomes of earlier days have arrived, although they are fewer",
        "than usual. The days are learnt from again, from the next boundary on."
      },
      mixinStandardHelpOptions = true,
      footer = {
        "",
        "Example: ./cromford outcomes complete my-factory --until 2018-07-01"
            + " --reason \"few frauds\""
      })
  int complete(
      @Mixin FactoryPlace place,
      @Option(
              names = "--until",
              required = true,
              paramLabel = "DAY",
              description = "the first day that you do not speak of, as 2018-07-01 (UTC)")
          LocalDate until,
      @Mixin Reason reason) {
    Instant before = until.atStartOfDay(ZoneOffset.UTC).toInstant();
    place.tell(control -> control.declareComplete(before, reason.text(), Reason.user()));
    System.out.printf("days before %s count as complete%n", until);
    return 0;
  }
}
