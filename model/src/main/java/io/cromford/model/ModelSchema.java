package io.cromford.model;

import java.util.List;

/// What a model's rows are made of.
///
/// @param view the hash that names the feature view the rows come from
/// @param features the names of the features, in the order of a row, at least 1
public record ModelSchema(String view, List<String> features) {
  /// Copies the names.
  public ModelSchema {
    features = List.copyOf(features);
    if (features.isEmpty()) {
      throw new IllegalArgumentException("a model has at least one feature");
    }
  }

  static ModelSchema read(byte[] json, String place) {
    JsonObject object = JsonObject.parse(json, place);
    return new ModelSchema(object.text("view"), object.texts("features"));
  }

  byte[] toJson() {
    return new JsonText().with("view", view).with("features", features).bytes();
  }
}
