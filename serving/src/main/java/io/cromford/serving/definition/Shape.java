package io.cromford.serving.definition;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a part of a factory file has to look like.
sealed interface Shape {
  /// A word or number.
  record Word(ScalarType type) implements Shape {}

  /// Keys that are known beforehand.
  record Section(List<Key> keys) implements Shape {
    public Section {
      keys = List.copyOf(keys);
    }

    static Section of(Key... keys) {
      return new Section(List.of(keys));
    }

    Optional<Key> find(String name) {
      return keys.stream().filter(key -> key.name().equals(name)).findFirst();
    }

    List<String> names() {
      return keys.stream().map(Key::name).toList();
    }
  }

  /// Names that whoever writes the file chooses, each with a value of one shape.
  ///
  /// @param names what a name is
  record Named(ScalarType names, Shape values) implements Shape {}

  /// Values in order, at least one.
  record Sequence(Shape items) implements Shape {}

  /// A short form and a long one, told apart by whether a word, a section or a list is there.
  record ByForm(@Nullable Word word, @Nullable Shape section, @Nullable Sequence list)
      implements Shape {}

  /// A key of a section.
  ///
  /// @param name as it is written
  /// @param need whether it has to be there
  /// @param description one or two sentences for whoever writes it
  /// @param shape what its value looks like
  record Key(String name, Need need, String description, Shape shape) {}

  /// Whether a key has to be there.
  enum Need {
    /// The file does not hold without it.
    REQUIRED,
    /// There is a default.
    OPTIONAL
  }

  /// What is expected, for messages.
  default String noun() {
    return switch (this) {
      case Word(ScalarType type) -> type.noun();
      case Section _, Named _ -> "a section";
      case Sequence _ -> "a list";
      case ByForm(var word, var section, var list) ->
          String.join(
              " or ",
              Stream.of(word, section, list)
                  .filter(shape -> shape != null)
                  .map(Shape::noun)
                  .toList());
    };
  }
}
