package io.cromford.serving;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.features.plan.FeaturePlan;
import io.cromford.features.sql.Compilation;
import io.cromford.features.sql.FeatureCompiler;
import io.cromford.model.Model;
import io.cromford.model.ModelCard;
import io.cromford.model.ModelContents;
import io.cromford.model.ModelSchema;
import io.cromford.model.ModelVersion;
import io.cromford.model.Registry;
import io.cromford.model.TrainingRecord;
import io.cromford.serving.definition.About;
import io.cromford.serving.definition.Check;
import io.cromford.serving.definition.CheckedFactory;
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
  private final CheckedFactory factory;
  private final Map<String, Model> loaded = new HashMap<>();

  ModelShelf(Path folder, CheckedFactory factory) {
    this.registry = Registry.open(folder);
    this.factory = factory;
  }

  /// A model by its version.
  synchronized Model model(String version) {
    return loaded.computeIfAbsent(version, this::load);
  }

  private Model load(String version) {
    ModelContents contents = registry.load(version).contents();
    if (!isOfTheseFeatures(contents.featuresSql())) {
      throw new CromfordException(
          ErrorCode.STATE_CONFLICT,
          "model version %.12s was fitted on other features than those of %s: on the view %.12s, and this is %.12s.\nMaybe put the query back, which lies with the model; a changed query needs new models: begin a new state folder with --state."
              .formatted(
                  version,
                  factory.definition().learning().features().getFileName(),
                  contents.schema().view(),
                  sha256(factory.plan().sql())));
    }
    return contents.model();
  }

  /// Whether a query computes what today's does, whatever its comments and layout.
  private boolean isOfTheseFeatures(String sql) {
    FeaturePlan today = factory.plan();
    if (sql.equals(today.sql())) {
      return true;
    }
    Compilation compiled =
        FeatureCompiler.compile(sql, "features.sql", Check.catalog(factory.definition()));
    return compiled instanceof Compilation.Compiled(var plan)
        && withoutText(plan).equals(withoutText(today));
  }

  private static FeaturePlan withoutText(FeaturePlan plan) {
    return new FeaturePlan(
        plan.input(),
        plan.outcomeStart(),
        plan.eventTime(),
        plan.windows(),
        plan.aggregates(),
        plan.outputs(),
        "");
  }

  /// The version that a text is the start of.
  ///
  /// @throws CromfordException NOT_FOUND if there is none, USAGE if there are several
  String find(String prefix) {
    return registry.require(prefix);
  }

  /// What a fit was made of.
  ///
  /// @param known the training rows before any negatives were left out
  /// @param interval their event times
  record Origin(Trainer.Known known, Span interval) {
    TrainingSet rows() {
      return known.rows();
    }
  }

  /// What a fit is worth on rows that it was not fitted on.
  ///
  /// @param metrics by name; empty for a refit
  /// @param folds how many folds they are a mean of; 0 without metrics
  /// @param segments what the card says of parts of the rows
  /// @param judged the version that was judged in its place; empty if it is judged itself
  record Worth(Map<String, Double> metrics, int folds, String segments, String judged) {
    Worth(Map<String, Double> metrics, int folds, String segments) {
      this(metrics, folds, segments, "");
    }

    /// Of a refit, for which another fit was judged.
    static Worth judgedAs(String version) {
      return new Worth(Map.of(), 0, SegmentCard.judgedAs(version), version);
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
                factory.plan().sql(),
                schema(),
                record(fitted, origin, parameters, worth.judged()),
                Control.JSON.writeValueAsString(new TreeMap<>(worth.metrics())),
                card(origin, worth).toMarkdown()));
    synchronized (this) {
      loaded.put(version.id(), fitted.model());
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

  private ModelSchema schema() {
    return new ModelSchema(
        sha256(factory.plan().sql()),
        factory.plan().features().stream()
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
        factory.definition().learning().training().search().seed(),
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
    About about = factory.definition().about();
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
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
