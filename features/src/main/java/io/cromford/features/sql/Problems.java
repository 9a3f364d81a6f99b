package io.cromford.features.sql;

import io.cromford.core.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Collects what is wrong with one text.
final class Problems {
  private final String file;
  private final String text;
  private final Set<Problem> found = new LinkedHashSet<>();

  Problems(String file, String text) {
    this.file = file;
    this.text = text;
  }

  void add(Span at, String message, String advice) {
    if (found.size() < Limits.PROBLEMS) {
      found.add(new Problem(file, at.line(), at.column(), message, advice));
    }
  }

  boolean none() {
    return found.isEmpty();
  }

  /// The problems in the order of the text.
  List<Problem> list() {
    List<Problem> sorted = new ArrayList<>(found);
    sorted.sort(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
    return sorted;
  }

  /// A part of the text on one line, cut if it is long, to be quoted in advice.
  String quote(Span span) {
    String part = text.substring(span.start(), span.end()).replaceAll("\\s+", " ");
    return part.length() > 60 ? part.substring(0, 57) + "…" : part;
  }
}
