package io.cromford.serving;

import io.cromford.model.ModelContents;
import io.cromford.model.ModelVersion;
import io.cromford.model.Registry;
import io.cromford.model.TrainingRecord;
import io.cromford.serving.definition.About;
import io.cromford.serving.definition.FlywheelDefinition;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Everything that model-risk people ask of one version, on one page of Markdown: who answers for
/// it, what it is for, what it was made of, how it was judged, how it came to serve, who overrode
/// what, and the policies that decided beside it. Made of the registry, the ledger and the factory
/// file alone.
public final class Dossier {
  private static final int SHORT = 12;
  private static final List<String> PERSONS =
      List.of("promoted", "proposed", "rejected", "override", "frozen", "resumed", "complete");
  private static final List<String> POLICIES =
      List.of("policies", "policy-proposed", "policy-rejected");
  private static final List<String> WAY =
      List.of(
          "shadow",
          "canary",
          "proposed",
          "promoted",
          "watched",
          "worse",
          "breach",
          "withdrawn",
          "rejected");

  private final About about;
  private final Registry registry;
  private final ModelVersion version;
  private final FactoryHistory history;
  private final String envelope;

  private Dossier(
      About about,
      Registry registry,
      ModelVersion version,
      FactoryHistory history,
      String envelope) {
    this.about = about;
    this.registry = registry;
    this.version = version;
    this.history = history;
    this.envelope = envelope;
  }

  /// Makes the dossier of a version, beside a running factory or without one.
  ///
  /// @param id the version's whole id
  /// @return Markdown
  public static String of(About about, Path stateFolder, String id) {
    Registry registry = Registry.open(stateFolder.resolve("models"));
    return new Dossier(
            about,
            registry,
            registry.load(id),
            FactoryHistory.of(stateFolder),
            envelope(stateFolder))
        .text();
  }

  /// Within what the factory promotes by itself, as the ledger has it.
  private static String envelope(Path stateFolder) {
    String[] said = {"nothing is on record"};
    Control.forEach(
        stateFolder,
        (_, control) -> {
          if (control instanceof Control.Configured configured) {
            said[0] = envelope(configured.policies().flywheel());
          }
        });
    return said[0];
  }

  /// By what rule models come to serve, in words.
  static String envelope(FlywheelDefinition flywheel) {
    return switch (flywheel.promote()) {
      case PROPOSE -> "a person lets each model serve";
      case NEVER -> "no challenger is fitted";
      case AUTO ->
          flywheel.envelope() == null
              ? "the factory lets serve what passes the gate; no envelope was approved"
              : "the factory lets serve what passes the gate within this envelope: "
                  + flywheel.envelope().describe();
    };
  }

  private String text() {
    ModelContents contents = version.contents();
    return """
    # Model dossier: %s, version %s

    %s
    ## Use and responsibility
    %s
    ## What it was made of
    %s
    ## How it was judged
    %s
    ## Its way to serve, and back
    %s
    ## What persons decided
    %s
    ## Policies beside it
    %s
    ## Features
    %s

    View %s, by this query:

    ```sql
    %s
    ```
    """
        .formatted(
            about.name(),
            version.shortId(),
            "SHA-256 " + version.id() + ".\n",
            use(),
            making(contents.training()),
            judgement(contents),
            entries(WAY),
            persons(),
            policies(),
            contents.schema().describe(),
            contents.schema().view(),
            contents.featuresSql().strip());
  }

  private String use() {
    return bullets(
        "Owner: " + orUnsaid(about.owner()),
        "Purpose: " + orUnsaid(about.purpose()),
        "Limits: " + (about.limits().isEmpty() ? "none named" : String.join(" ", about.limits())),
        "Risk tier: " + orUnsaid(about.governance().tier()),
        "Next review: " + orUnsaid(about.governance().nextReview()),
        "Independent validations: "
            + (about.governance().validations().isEmpty()
                ? "none named"
                : String.join("; ", about.governance().validations())));
  }

  private static String orUnsaid(String text) {
    return text.isEmpty() ? "the factory file does not say" : text;
  }

  private static String making(TrainingRecord training) {
    return bullets(
        String.format(
            Locale.ROOT,
            "%,d observations, %,d of them positive, that happened from %s until %s",
            training.counts().rows(),
            training.counts().positives(),
            Instant.ofEpochMilli(training.interval().fromMillis()),
            Instant.ofEpochMilli(training.interval().toMillis())),
        "Learner: " + training.learner() + " " + training.parameters(),
        "Seed: " + training.seed(),
        "Libraries: " + training.libraries());
  }

  private String judgement(ModelContents contents) {
    String judged = contents.training().judged();
    if (judged.isEmpty()) {
      return card(contents) + entries(List.of("passed", "held"));
    }
    return "It was not judged itself: version %.12s was, the same recipe without the newest days.\n\n"
            .formatted(judged)
        + card(registry.load(judged).contents())
        + entries(judged, List.of("passed", "held"));
  }

  /// Its metrics, and what its card says of the segments.
  private static String card(ModelContents contents) {
    String[] sections = contents.card().split("\n## ", -1);
    String segments = "";
    for (String section : sections) {
      segments =
          section.startsWith("Segments")
              ? section.substring("Segments".length()).strip()
              : segments;
    }
    return "- Metrics: %s%n%s%n".formatted(contents.metricsJson().strip(), segments);
  }

  private String persons() {
    String[] lines =
        persons(history.entries(), version.id()).stream().map(Dossier::line).toArray(String[]::new);
    return lines.length == 0 ? "Nobody overrode anything.\n" : bullets(lines);
  }

  /// A version's way to serve, and back.
  static List<FactoryHistory.Entry> way(List<FactoryHistory.Entry> entries, String id) {
    return entries.stream()
        .filter(entry -> WAY.contains(entry.what()) && isThis(entry, id))
        .toList();
  }

  /// What persons decided about a version, or about all of them.
  static List<FactoryHistory.Entry> persons(List<FactoryHistory.Entry> entries, String id) {
    return entries.stream()
        .filter(entry -> PERSONS.contains(entry.what()))
        .filter(entry -> !entry.text().startsWith("by factory"))
        .filter(entry -> entry.model().isEmpty() || isThis(entry, id))
        .toList();
  }

  /// How the policies changed, and what persons said of that.
  static List<FactoryHistory.Entry> policies(List<FactoryHistory.Entry> entries) {
    return entries.stream().filter(entry -> POLICIES.contains(entry.what())).toList();
  }

  private String policies() {
    String changes =
        policies(history.entries()).stream()
            .map(entry -> "- " + line(entry) + "\n")
            .collect(Collectors.joining());
    return "- Promotion: %s%n".formatted(envelope)
        + (changes.isEmpty() ? "- Unchanged since the factory began.\n" : changes);
  }

  private String entries(List<String> kinds) {
    return entries(version.id(), kinds);
  }

  private String entries(String id, List<String> kinds) {
    String lines =
        history.entries().stream()
            .filter(entry -> kinds.contains(entry.what()) && isThis(entry, id))
            .map(entry -> "- " + line(entry) + "\n")
            .collect(Collectors.joining());
    return lines.isEmpty() ? "Nothing is on record.\n" : lines;
  }

  private static boolean isThis(FactoryHistory.Entry entry, String id) {
    return entry.model().equals(id) || entry.text().contains(id.substring(0, SHORT));
  }

  private static String line(FactoryHistory.Entry entry) {
    return "%s %s%s: %s"
        .formatted(
            entry.at(),
            entry.what(),
            entry.model().isEmpty() ? "" : " %.12s".formatted(entry.model()),
            entry.text().replace('\n', ' '));
  }

  private static String bullets(String... lines) {
    return Arrays.stream(lines).map(line -> "- " + line + "\n").collect(Collectors.joining());
  }
}
