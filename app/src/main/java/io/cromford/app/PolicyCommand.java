package io.cromford.app;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.serving.Factory;
import io.cromford.serving.FactoryControl;
import io.cromford.serving.PoliciesView;
import io.cromford.serving.PolicyChange;
import io.cromford.serving.Wish;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `cromford policy`: how many alerts a day, and what looking at one costs, proposed by one person
/// and approved by another.
@Command(
    name = "policy",
    description = {
      "Lists the policies, and changes them while the factory runs: one person proposes, another",
      "approves. What was approved outlasts a restart, until factory.yaml says something else of it."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: ./cromford policy list examples/card-fraud"})
final class PolicyCommand {
  @Command(
      name = "list",
      description = "Lists what holds and by whose word, what is proposed, and what held before.",
      mixinStandardHelpOptions = true,
      footer = {"", "Example: ./cromford policy list examples/card-fraud"})
  int list(@Mixin FactoryPlace place) {
    PoliciesView view = PoliciesView.of(place.state(), place.checkWithoutFiles().definition());
    for (PoliciesView.Version version : view.versions()) {
      System.out.printf(
          "%.12s  since %s  %d alerts a day%s%n",
          version.version(),
          version.at(),
          version.values().alertsPerDay(),
          version.reason().isEmpty() ? "" : "  " + version.reason());
    }
    String against = view.againstFile();
    if (!against.isEmpty()) {
      System.out.printf("%s%n", against(against));
    }
    view.proposal()
        .ifPresent(proposal ->
            System.out.printf(
                "proposed %s  %.12s by %s: %s; %s%nTo let it hold: cromford policy approve %s --reason …%n",
                proposal.at(),
                proposal.version(),
                proposal.by(),
                proposal.to().words(proposal.from()),
                proposal.reason(),
                place.folder()));
    return 0;
  }

  /// What holds against the factory file, as a line of text.
  static String against(String words) {
    return "approved over factory.yaml: %s; it holds until the file says something else of it, or `cromford policy rollback`."
        .formatted(words);
  }

  @Command(
      name = "propose",
      description = {
        "Asks another person to have another number of alerts a day, or another cost of looking at",
        "one. The console's page Learning shows what other numbers would have come to."
      },
      mixinStandardHelpOptions = true,
      footer = {
        "",
        "Example: ./cromford policy propose examples/card-fraud --alerts-per-day 80 --reason \"leave\""
      })
  int propose(
      @Mixin FactoryPlace place,
      @Option(
              names = "--alerts-per-day",
              paramLabel = "NUMBER",
              description = "how many alerts a day people can look at")
          @Nullable Integer alertsPerDay,
      @Option(
              names = "--investigation",
              paramLabel = "AMOUNT",
              description = "what looking at an alert costs, in the factory's currency")
          @Nullable Double investigation,
      @Mixin Reason reason) {
    if (alertsPerDay == null && investigation == null) {
      throw new CromfordException(
          ErrorCode.USAGE,
          "nothing is proposed.\nMaybe name a number: --alerts-per-day 80, or --investigation 4.");
    }
    PolicyChange change = new PolicyChange(alertsPerDay, investigation);
    String version = change(place, _ -> {}, control -> control.proposePolicy(change, wish(reason)));
    System.out.printf("%.12s is proposed; another person approves it%n", version);
    return 0;
  }

  @Command(
      name = "approve",
      description = {
        "Lets what another person proposed hold, from the next decision on: thresholds are set anew",
        "by the scores of the last days."
      },
      mixinStandardHelpOptions = true,
      footer = {
        "",
        "Example: ./cromford policy approve examples/card-fraud --reason \"two are on leave\""
      })
  int approve(
      @Mixin FactoryPlace place,
      @Parameters(
              index = "1",
              arity = "0..1",
              defaultValue = "",
              paramLabel = "VERSION",
              description = "the version, or enough of its start (default: what is proposed)")
          String version,
      @Mixin Reason reason) {
    print(place, control -> control.approvePolicy(version, wish(reason)));
    return 0;
  }

  @Command(
      name = "withdraw",
      description = "Says no to what is proposed, or takes back what you proposed.",
      mixinStandardHelpOptions = true,
      footer = {
        "",
        "Example: ./cromford policy withdraw examples/card-fraud --reason \"too many would be missed\""
      })
  int withdraw(
      @Mixin FactoryPlace place,
      @Parameters(
              index = "1",
              arity = "0..1",
              defaultValue = "",
              paramLabel = "VERSION",
              description = "the version, or enough of its start (default: what is proposed)")
          String version,
      @Mixin Reason reason) {
    String withdrawn =
        change(place, _ -> {}, control -> control.withdrawPolicy(version, wish(reason)));
    System.out.printf("%.12s will not hold%n", withdrawn);
    return 0;
  }

  @Command(
      name = "rollback",
      description = "Takes the last approval back: what it changed is as it was before.",
      mixinStandardHelpOptions = true,
      footer = {
        "",
        "Example: ./cromford policy rollback examples/card-fraud --reason \"everybody is back\""
      })
  int rollback(@Mixin FactoryPlace place, @Mixin Reason reason) {
    print(place, control -> control.rollBackPolicy(wish(reason)));
    return 0;
  }

  private static void print(FactoryPlace place, Function<FactoryControl, String> what) {
    Consumer<Factory> views = factory -> factory.buildFeatures(Terminal.standard());
    System.out.printf("%.12s holds from the next decision on%n", change(place, views, what));
  }

  private static String change(
      FactoryPlace place, Consumer<Factory> prepare, Function<FactoryControl, String> what) {
    return place.tell(Terminal.standard(), prepare, what);
  }

  private static Wish wish(Reason reason) {
    return new Wish(reason.text(), Reason.user());
  }
}
