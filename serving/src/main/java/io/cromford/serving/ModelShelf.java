package io.cromford.serving;

import io.cromford.features.plan.FeaturePlan;
import io.cromford.model.Model;
import io.cromford.model.ModelCard;
import io.cromford.model.ModelContents;
import io.cromford.model.ModelSchema;
import io.cromford.model.ModelVersion;
import io.cromford.model.Registry;
import io.cromford.model.TrainingRecord;
import io.cromford.serving.definition.About;
import io.cromford.serving.definition.FactoryDefinition;
import io.cromford.training.Fitted;
import io.cromford.training.Folds.Span;
import io.cromford.training.Libraries;
import io.cromford.training.TrainingSet;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// The models of a factory: puts fitted ones into the registry, and loads those that serve.
///
/// May be used by several threads.
final class ModelShelf {
  private final Registry registry;
  private final FactoryDefinition definition;
  private final Map<String, Fit> loaded = new HashMap<>();

  ModelShelf(Path folder, FactoryDefinition definition) {
    this.registry = Registry.open(folder);
    this.definition = definition;
  }

  /// A model that can score.
  ///
  /// @param version its id
  /// @param model what scores
  /// @param featuresSql the query that it was fitted on
  record Fit(String version, Model model, String featuresSql) {}

  /// A model by its version.
  Model model(String version) {
    return fit(version).model();
  }

  /// A model and what it was fitted on, by its version.
  synchronized Fit fit(String version) {
    return loaded.computeIfAbsent(version, this::load);
  }

  private Fit load(String version) {
    ModelContents contents = registry.load(version).contents();
    return new Fit(version, contents.model(), contents.featuresSql());
  }

  /// All that a version consists of, read and checked each time.
  ModelContents contents(String version) {
    return registry.load(version).contents();
  }

  /// The version that was judged in the place of another; the same unless that is a refit.
  String judgedAs(String version) {
    String judged = registry.load(version).contents().training().judged();
    return judged.isEmpty() ? version : judged;
  }

  /// The version that a text is the start of.
  ///
  /// @throws CromfordException NOT_FOUND if there is none, USAGE if there are several
  String find(String prefix) {
    return registry.require(prefix);
  }

  /// What a fit was made of.
  ///
  /// @param features the view
  /// @param known the training rows before any negatives were left out
  /// @param interval their event times
  record Origin(FeaturePlan features, Trainer.Known known, Span interval) {
    TrainingSet rows() {
      return known.rows();
    }
  }

  /// What a fit is worth on rows that it was not fitted on.
  ///
  /// @param metrics by name; empty for a refit
  /// @param folds how many folds they are a mean of; 0 without metrics
  /// @param segments what the card says of parts of the rows
  /// @param evaluation what was drawn of it, as JSON; empty if nothing was
  /// @param judged the version that was judged in its place; empty if it is judged itself
  record Worth(
      Map<String, Double> metrics, int folds, String segments, String evaluation, String judged) {
    Worth(Map<String, Double> metrics, int folds, String segments, String evaluation) {
      this(metrics, folds, segments, evaluation, "");
    }

    /// Of a refit, for which another fit was judged.
    static Worth judgedAs(String version) {
      return new Worth(Map.of(), 0, SegmentCard.judgedAs(version), "", version);
    }
  }

  /// Puts a fitted model into the registry.
  ///
  /// @param purpose `champion`, `challenger` or `refit`
  Control.Trained publish(Fitted fitted, Origin origin, String purpose, Worth worth) {
    Map<String, String> parameters = new LinkedHashMap<>();
    fitted.parameters().toMap().forEach((name, value) -> parameters.put(name, value.toString()));
    ModelVersion version =
        registry.publish(
            new ModelContents(
                fitted.model(),
                origin.features().sql(),
                schema(origin.features()),
                record(fitted, origin, parameters, worth.judged()),
                Control.JSON.writeValueAsString(new TreeMap<>(worth.metrics())),
                card(origin, worth).toMarkdown(),
                worth.evaluation()));
    synchronized (this) {
      loaded.put(version.id(), new Fit(version.id(), fitted.model(), origin.features().sql()));
    }
    return new Control.Trained(
        version.id(),
        purpose,
        fitted.parameters().learner(),
        parameters,
        origin.interval().fromMillis(),
        origin.interval().untilMillis(),
        origin.rows().size(),
        origin.rows().positives(),
        worth.metrics(),
        worth.folds());
  }

  private static ModelSchema schema(FeaturePlan features) {
    return new ModelSchema(
        sha256(features.sql()),
        features.features().stream()
            .map(output ->
                new ModelSchema.Feature(output.name(), output.expression().type().toString()))
            .toList());
  }

  private TrainingRecord record(
      Fitted fitted, Origin origin, Map<String, String> parameters, String judged) {
    return TrainingRecord.of(
        new TrainingRecord.Interval(
            origin.known().first(),
            origin.known().last(),
            origin.interval().fromMillis(),
            origin.interval().untilMillis()),
        fitted.parameters().learner(),
        parameters,
        definition.learning().training().search().seed(),
        new TrainingRecord.Counts(origin.rows().size(), origin.rows().positives()),
        versions(),
        judged);
  }

  /// What the result depends on: the libraries, and what runs them.
  private static Map<String, String> versions() {
    Map<String, String> versions = Libraries.versions();
    versions.put("jdk", Runtime.version().toString());
    versions.put("os", System.getProperty("os.name", ""));
    versions.put("arch", System.getProperty("os.arch", ""));
    return versions;
  }

  private ModelCard card(Origin origin, Worth worth) {
    About about = definition.about();
    return new ModelCard(
        about.purpose().isEmpty() ? "The factory file does not say." : about.purpose(),
        String.format(
            Locale.ROOT,
            "%,d observations of %s, %,d of them positive.",
            origin.rows().size(),
            origin.interval(),
            origin.rows().positives()),
        worth.segments(),
        about.limits().isEmpty()
            ? "The factory file names none."
            : "- " + String.join("\n- ", about.limits()),
        about.owner().isEmpty() ? "The factory file does not say." : about.owner());
  }

  /// The SHA-256 of a text, 64 hexadecimal digits.
  static String sha256(String text) {
    return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  /// A SHA-256 of nothing yet.
  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
