package io.cromford.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// All that a model version consists of; nothing in it tells when or where it was made.
///
/// @param model the model
/// @param featuresSql the query its features come from
/// @param schema what its rows are made of
/// @param training how it came about
/// @param metricsJson its metrics on held-out data: a JSON object
/// @param card what a person must know, in Markdown
/// @param evaluationJson what was drawn of it on held-out data: a JSON object; empty where nothing
///   was, as of a refit
public record ModelContents(
    Model model,
    String featuresSql,
    ModelSchema schema,
    TrainingRecord training,
    String metricsJson,
    String card,
    String evaluationJson) {
  private static final String SQL = "features.sql";
  private static final String SCHEMA = "schema.json";
  private static final String TRAINING = "training.json";
  private static final String METRICS = "metrics.json";
  private static final String CARD = "card.md";
  private static final String EVALUATION = "evaluation.json";

  /// Checks that the schema fits the model and that the metrics are a JSON object.
  public ModelContents {
    if (schema.features().size() != model.features()) {
      throw new IllegalArgumentException(
          "a model of %d features with a schema of %d"
              .formatted(model.features(), schema.features().size()));
    }
    JsonObject.parse(metricsJson.getBytes(UTF_8), METRICS);
    if (!evaluationJson.isEmpty()) {
      JsonObject.parse(evaluationJson.getBytes(UTF_8), EVALUATION);
    }
  }

  /// Of which nothing was drawn.
  public ModelContents(
      Model model,
      String featuresSql,
      ModelSchema schema,
      TrainingRecord training,
      String metricsJson,
      String card) {
    this(model, featuresSql, schema, training, metricsJson, card, "");
  }

  /// The files, by name.
  SortedMap<String, byte[]> files() {
    SortedMap<String, byte[]> files = new TreeMap<>();
    files.put(Models.fileName(model), Models.toBytes(model));
    files.put(SQL, featuresSql.getBytes(UTF_8));
    files.put(SCHEMA, schema.toJson());
    files.put(TRAINING, training.toJson());
    files.put(METRICS, metricsJson.getBytes(UTF_8));
    files.put(CARD, card.getBytes(UTF_8));
    if (!evaluationJson.isEmpty()) {
      files.put(EVALUATION, evaluationJson.getBytes(UTF_8));
    }
    return files;
  }

  /// Reads the files back.
  ///
  /// @param place what messages call the folder
  static ModelContents of(SortedMap<String, byte[]> files, String place) {
    String modelFile =
        files.keySet().stream().filter(Models::isModelFile).findFirst().orElse("model");
    return new ModelContents(
        Models.parse(modelFile, file(files, modelFile, place), place + "/" + modelFile),
        text(files, SQL, place),
        ModelSchema.read(file(files, SCHEMA, place), place + "/" + SCHEMA),
        TrainingRecord.read(file(files, TRAINING, place), place + "/" + TRAINING),
        text(files, METRICS, place),
        text(files, CARD, place),
        files.containsKey(EVALUATION) ? text(files, EVALUATION, place) : "");
  }

  private static String text(SortedMap<String, byte[]> files, String name, String place) {
    return new String(file(files, name, place), UTF_8);
  }

  private static byte[] file(SortedMap<String, byte[]> files, String name, String place) {
    byte @Nullable [] bytes = files.get(name);
    if (bytes == null) {
      throw new CromfordException(
          ErrorCode.INPUT_UNREADABLE, "%s: the model version has no %s.".formatted(place, name));
    }
    return bytes;
  }
}
