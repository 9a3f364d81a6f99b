package io.cromford.serving.definition;

import io.cromford.core.Problem;
import io.cromford.core.Suggestions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// Everything that is wrong with one file. Not for threads.
final class Problems {
  private final String file;
  private final List<Problem> found = new ArrayList<>();

  Problems(String file) {
    this.file = file;
  }

  /// @param advice without the leading "Maybe"; may be empty
  void add(Place place, String message, String advice) {
    found.add(new Problem(file, place.line(), place.column(), message, advice));
  }

  /// A problem in the words of an exception: its message, and the advice on a new line.
  void add(Place place, IllegalArgumentException failure) {
    String[] parts = String.valueOf(failure.getMessage()).split("\nMaybe ", 2);
    add(place, sentence(parts[0]), parts.length == 2 ? parts[1] : "");
  }

  /// A name that is none of those known.
  void addUnknown(Place place, String message, String name, Collection<String> known) {
    String all = String.join(", ", known);
    add(
        place,
        message,
        Suggestions.nearest(name, known)
            .map(near -> "you meant `%s`; there are %s.".formatted(near, all))
            .orElse(known.isEmpty() ? "" : "one of %s.".formatted(all)));
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /// All problems in the order of their places.
  List<Problem> inOrder() {
    return found.stream()
        .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
        .distinct()
        .toList();
  }

  private static String sentence(String text) {
    String trimmed = text.strip();
    return trimmed.endsWith(".") ? trimmed : trimmed + ".";
  }
}
