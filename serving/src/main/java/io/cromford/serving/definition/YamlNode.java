package io.cromford.serving.definition;

import java.util.List;

/// A YAML document as a tree with places: texts, not yet values.
sealed interface YamlNode {
  Place place();

  /// A text.
  ///
  /// @param text as meant, without quotes
  /// @param plain whether it was written without quotes
  record Scalar(String text, boolean plain, Place place) implements YamlNode {
    /// Whether nothing was written, or `null` or `~`.
    boolean isNull() {
      return plain && (text.isEmpty() || text.equals("null") || text.equals("~"));
    }
  }

  /// Keys and values, in order; a key may be there twice.
  record Mapping(List<Entry> entries, Place place) implements YamlNode {}

  /// Values in order.
  record Sequence(List<YamlNode> items, Place place) implements YamlNode {}

  /// A key and its value.
  record Entry(Scalar key, YamlNode value) {}

  /// What it is, for messages.
  default String form() {
    return switch (this) {
      case Scalar scalar -> scalar.isNull() ? "empty" : "`" + scalar.text() + "`";
      case Mapping _ -> "a section";
      case Sequence _ -> "a list";
    };
  }
}
