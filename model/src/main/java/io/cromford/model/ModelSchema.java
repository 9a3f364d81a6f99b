package io.cromford.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What a model's rows are made of.
///
/// @param view the hash that names the feature view the rows come from
/// @param features the features, in the order of a row, at least 1
public record ModelSchema(String view, List<Feature> features) {
  /// A feature as the query gives it; a model reads its value as a 32-bit float, NaN for NULL.
  ///
  /// @param name its name
  /// @param type its SQL type, such as `decimal(10,2)`
  public record Feature(String name, String type) {}

  /// Copies the features.
  public ModelSchema {
    features = List.copyOf(features);
    if (features.isEmpty()) {
      throw new IllegalArgumentException("a model has at least one feature");
    }
  }

  /// The features with their types, on one line.
  public String describe() {
    return features.stream()
        .map(feature -> feature.name() + " " + feature.type())
        .collect(Collectors.joining(", "));
  }

  static ModelSchema read(byte[] json, String place) {
    JsonObject object = JsonObject.parse(json, place);
    return new ModelSchema(
        object.text("view"),
        object.object("features").texts().entrySet().stream()
            .map(feature -> new Feature(feature.getKey(), feature.getValue()))
            .toList());
  }

  byte[] toJson() {
    Map<String, String> types = new LinkedHashMap<>();
    features.forEach(feature -> types.put(feature.name(), feature.type()));
    return new JsonText().with("view", view).with("features", types).bytes();
  }
}
