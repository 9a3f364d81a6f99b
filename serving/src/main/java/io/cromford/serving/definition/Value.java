package io.cromford.serving.definition;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A part of a factory file after it was held against its shape: what is wrong or missing is
/// absent, so that the rest can still be checked.
sealed interface Value {
  Place place();

  /// A word or number, as the value its [ScalarType] makes of it.
  ///
  /// @param plain whether it was written without quotes
  record Leaf(Object value, boolean plain, Place place) implements Value {}

  /// Values in order.
  record Items(List<Value> items, Place place) implements Value {}

  /// Names or keys with their values, in order.
  record Fields(Map<String, Named> named, Place place) implements Value {
    static final Fields NONE = new Fields(Map.of(), Place.START);

    Set<String> names() {
      return named.keySet();
    }

    boolean has(String name) {
      return named.containsKey(name);
    }

    /// The place of a key, or of the whole where the key is missing.
    Place keyPlace(String name) {
      Named found = named.get(name);
      return found == null ? place : found.keyPlace();
    }

    /// The place of a value, or of the whole where it is missing.
    Place valuePlace(String name) {
      Named found = named.get(name);
      return found == null ? place : found.value().place();
    }

    Optional<Value> value(String name) {
      return Optional.ofNullable(named.get(name)).map(Named::value);
    }

    /// A word or number.
    <T> Optional<T> get(String name, Class<T> type) {
      return value(name)
          .filter(Leaf.class::isInstance)
          .map(value -> type.cast(((Leaf) value).value()));
    }

    /// A section.
    Optional<Fields> fields(String name) {
      return value(name).filter(Fields.class::isInstance).map(Fields.class::cast);
    }

    /// The sections of a list; none where there is no list.
    List<Fields> sections(String name) {
      return value(name)
          .filter(Items.class::isInstance)
          .map(value -> ((Items) value).items())
          .orElse(List.of())
          .stream()
          .filter(Fields.class::isInstance)
          .map(Fields.class::cast)
          .toList();
    }

    /// The words of a list; none where there is no list.
    List<String> words(String name) {
      return leaves(name).stream().map(leaf -> String.valueOf(leaf.value())).toList();
    }

    /// The words of a list, with their places.
    List<Leaf> leaves(String name) {
      return value(name)
          .filter(Items.class::isInstance)
          .map(value -> ((Items) value).items())
          .orElse(List.of())
          .stream()
          .filter(Leaf.class::isInstance)
          .map(Leaf.class::cast)
          .toList();
    }

    /// The words that the names stand for, in order.
    Map<String, String> texts() {
      Map<String, String> texts = new LinkedHashMap<>();
      named.forEach((name, value) -> {
        if (value.value() instanceof Leaf leaf) {
          texts.put(name, String.valueOf(leaf.value()));
        }
      });
      return texts;
    }
  }

  /// A value and where its name is.
  record Named(Place keyPlace, Value value) {}
}
