package io.cromford.model;

import java.nio.file.Path;

/// A model in the registry, verified against its name.
///
/// @param id the SHA-256 of its content, 64 lower-case hexadecimal digits
/// @param folder where it lies
/// @param contents what it consists of
public record ModelVersion(String id, Path folder, ModelContents contents) {
  /// The number of digits of [#shortId].
  public static final int SHORT = 12;

  /// The start of the id, enough for a person to tell versions apart.
  public String shortId() {
    return id.substring(0, SHORT);
  }

  /// The model.
  public Model model() {
    return contents.model();
  }
}
