package io.cromford.app;

import io.cromford.flywheel.Rollout;
import io.cromford.model.ModelVersion;
import io.cromford.model.Registry;
import io.cromford.model.TrainingRecord;
import io.cromford.serving.Dossier;
import io.cromford.serving.FactoryControl;
import io.cromford.serving.ModelHistory;
import io.cromford.serving.Promotion;
import io.cromford.serving.Wish;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `cromford models`: the model versions in a factory's registry.
@Command(
    name = "models",
    description = "Lists and shows model versions, promotes and rolls back.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: ./cromford models list examples/card-fraud"})
final class ModelsCommand {
  @Command(
      name = "list",
      description = "Lists the versions, who serves since when and why, and what is proposed.",
      mixinStandardHelpOptions = true,
      footer = {"", "Example: ./cromford models list examples/card-fraud"})
  int list(@Mixin FactoryPlace place) {
    ModelHistory history = ModelHistory.of(place.state());
    Registry registry = registry(place.state());
    for (String id : registry.list()) {
      ModelVersion version = registry.load(id);
      TrainingRecord training = version.contents().training();
      System.out.printf(
          Locale.ROOT,
          "%s  %-9s  %s until %s  %,d rows, %,d positive%s%n",
          version.shortId(),
          training.learner(),
          Instant.ofEpochMilli(training.interval().fromMillis()),
          Instant.ofEpochMilli(training.interval().toMillis()),
          training.counts().rows(),
          training.counts().positives(),
          role(id, history));
    }
    history.promotions().forEach(ModelsCommand::print);
    history.overrides().forEach(ModelsCommand::print);
    history.brake().ifPresent(brake -> System.out.println("frozen " + brake));
    history
        .proposed()
        .ifPresent(proposal ->
            System.out.printf(
                "proposed %s  %.12s by %s, judged as %.12s: %s%n%sTo let it serve: cromford models promote %s --reason …%n",
                proposal.at(),
                proposal.model(),
                proposal.by(),
                proposal.judged(),
                proposal.reason(),
                proposal.outside().isEmpty()
                    ? ""
                    : "outside the envelope: %s%n".formatted(String.join("; ", proposal.outside())),
                place.folder()));
    return 0;
  }

  /// Its alias, and where it stands.
  private static String role(String id, ModelHistory history) {
    Optional<String> place = history.rollout().flatMap(rollout -> place(id, rollout));
    if (place.isPresent()) {
      return "  " + place.get();
    }
    if (history.champion().filter(champion -> champion.model().equals(id)).isPresent()) {
      return "  champion";
    }
    if (history.proposed().filter(proposal -> proposal.model().equals(id)).isPresent()) {
      return "  proposed";
    }
    return history.challenger().filter(id::equals).isPresent() ? "  challenger" : "";
  }

  private static Optional<String> place(String id, Rollout rollout) {
    Optional<Rollout.Candidate> candidate =
        rollout.candidate().filter(underway -> underway.version().equals(id));
    if (candidate.isPresent()) {
      return candidate.map(underway ->
          "challenger, as a %s until %s"
              .formatted(
                  underway.stage().name().toLowerCase(Locale.ROOT),
                  Instant.ofEpochMilli(underway.untilMillis())));
    }
    boolean isChampion =
        rollout.champion().filter(champion -> champion.version().equals(id)).isPresent();
    if (!isChampion && rollout.lastResort().equals(id)) {
      return Optional.of("last resort");
    }
    return rollout
        .former()
        .filter(former -> former.version().equals(id))
        .map(former -> "former, warm until " + Instant.ofEpochMilli(former.untilMillis()));
  }

  private static void print(Promotion promotion) {
    System.out.printf(
        "promoted %s  %.12s by %s: %s%n",
        promotion.at(), promotion.model(), promotion.by(), promotion.reason());
  }

  private static void print(ModelHistory.Overruled override) {
    System.out.printf(
        "override %s  %.12s by %s: %s; set aside: %s%n",
        override.at(),
        override.model(),
        override.by(),
        override.reason(),
        String.join("; ", override.aside()));
  }

  @Command(
      name = "propose",
      description = {
        "Asks another person to make a version the champion: `models promote` by your own name is",
        "refused from then on."
      },
      mixinStandardHelpOptions = true,
      footer = {
        "",
        "Example: ./cromford models propose examples/card-fraud 3f2a --reason \"it is calmer\""
      })
  int propose(
      @Mixin FactoryPlace place,
      @Parameters(
              index = "1",
              paramLabel = "VERSION",
              description = "the id, or enough of its start")
          String version,
      @Mixin Reason reason) {
    Terminal terminal = Terminal.standard();
    String model =
        place.tell(
            terminal,
            factory -> factory.buildFeatures(terminal),
            control -> control.propose(version, reason.text(), Reason.user()));
    System.out.printf("%.12s is proposed; another person promotes it%n", model);
    return 0;
  }

  @Command(
      name = "promote",
      description = {
        "Makes a version the champion: the one that is proposed, or the one that is named.",
        "What a person proposed, another one promotes. What did not pass the factory's checks is an",
        "override, and on record. A process that runs the factory is told to; the alert threshold is",
        "set anew."
      },
      mixinStandardHelpOptions = true,
      footer = {
        "",
        "Example: ./cromford models promote examples/card-fraud --reason \"its alerts look right\""
      })
  int promote(
      @Mixin FactoryPlace place,
      @Parameters(
              index = "1",
              arity = "0..1",
              defaultValue = "",
              paramLabel = "VERSION",
              description = "the id, or enough of its start (default: what is proposed)")
          String version,
      @Mixin Reason reason) {
    return change(place, control -> control.promote(version, reason.text(), Reason.user()));
  }

  @Command(
      name = "rollback",
      description = "Makes the former champion the champion again.",
      mixinStandardHelpOptions = true,
      footer = {
        "",
        "Example: ./cromford models rollback examples/card-fraud --reason \"too many calls\""
      })
  int rollback(@Mixin FactoryPlace place, @Mixin Reason reason) {
    return change(place, control -> control.rollBack(reason.text(), Reason.user()));
  }

  @Command(
      name = "reject",
      description = {
        "Says no to the version that is proposed, or takes the challenger off its way. What is",
        "promoted after that all the same is an override, and on record."
      },
      mixinStandardHelpOptions = true,
      footer = {
        "",
        "Example: ./cromford models reject examples/card-fraud --reason \"it is too bold at night\""
      })
  int reject(
      @Mixin FactoryPlace place,
      @Parameters(
              index = "1",
              arity = "0..1",
              defaultValue = "",
              paramLabel = "VERSION",
              description = "the id, or enough of its start (default: what is proposed)")
          String version,
      @Mixin Reason reason) {
    Terminal terminal = Terminal.standard();
    String model =
        place.tell(
            terminal,
            _ -> {},
            control -> control.reject(version, new Wish(reason.text(), Reason.user())));
    System.out.printf("%.12s is rejected%n", model);
    return 0;
  }

  private static int change(FactoryPlace place, Function<FactoryControl, Promotion> what) {
    Terminal terminal = Terminal.standard();
    print(place.tell(terminal, factory -> factory.buildFeatures(terminal), what));
    return 0;
  }

  @Command(
      name = "show",
      description = "Shows one version: its card, what it was fitted on and how, and its metrics.",
      mixinStandardHelpOptions = true,
      footer = {"", "Example: ./cromford models show examples/card-fraud --model champion"})
  int show(@Mixin FactoryPlace place, @Mixin Named named) {
    ModelVersion version = registry(place.state()).load(named.id(place.state()));
    TrainingRecord training = version.contents().training();
    System.out.println(version.id());
    System.out.println(version.contents().card());
    System.out.println("learner:    " + training.learner() + " " + training.parameters());
    System.out.println("seed:       " + training.seed());
    System.out.println("libraries:  " + training.libraries());
    System.out.println("features:   " + version.contents().schema().describe());
    System.out.println("metrics:    " + version.contents().metricsJson().strip());
    if (!training.judged().isEmpty()) {
      System.out.println(
          "judged as:  " + training.judged() + ", the same recipe without the newest days");
    }
    System.out.println("folder:     " + version.folder());
    return 0;
  }

  @Command(
      name = "dossier",
      description =
          "Prints all that is on record of one version, as Markdown for model-risk people.",
      mixinStandardHelpOptions = true,
      footer = {"", "Example: ./cromford models dossier examples/card-fraud --model champion"})
  int dossier(@Mixin FactoryOptions options, @Mixin Named named) {
    Path state = options.state();
    System.out.print(Dossier.of(options.check().definition().about(), state, named.id(state)));
    return 0;
  }

  private static Registry registry(Path state) {
    return Registry.open(state.resolve("models"));
  }

  /// A version that is named.
  static final class Named {
    @Option(
        names = "--model",
        required = true,
        paramLabel = "VERSION",
        description = "the id, enough of its start, champion or challenger")
    private String name = "";

    /// Its whole id; only for an alias is the ledger read.
    String id(Path state) {
      Optional<String> aliased =
          switch (name) {
            case "champion" -> ModelHistory.of(state).champion().map(Promotion::model);
            case "challenger" -> ModelHistory.of(state).challenger();
            default -> Optional.empty();
          };
      return aliased.orElseGet(() -> registry(state).require(name));
    }
  }
}
