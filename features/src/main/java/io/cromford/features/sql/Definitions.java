package io.cromford.features.sql;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Names that a query defines, outputs or windows, and which definition refers to which.
///
/// Neither may refer to another; a reference is kept so that a cycle is named as one.
final class Definitions {
  private record Use(String user, String used, Span at) {}

  private final Map<String, Span> names = new LinkedHashMap<>();
  private final Map<Span, Use> uses = new LinkedHashMap<>();
  private final Map<String, Set<String>> graph = new HashMap<>();
  private String current = "";

  /// Defines a name.
  ///
  /// @return whether it is new
  boolean define(String name, Span at) {
    return names.putIfAbsent(key(name), at) == null;
  }

  /// Says whose definition is being checked.
  void within(String name) {
    current = key(name);
  }

  /// Whether a name is defined by the query; the reference is noted.
  boolean refers(Syntax.Name name) {
    return refers(name.name(), name.span());
  }

  boolean refers(String name, Span at) {
    if (!names.containsKey(key(name))) {
      return false;
    }
    uses.put(at, new Use(current, key(name), at));
    graph.computeIfAbsent(current, _ -> new TreeSet<>()).add(key(name));
    return true;
  }

  /// Reports the references that were noted.
  ///
  /// @param what a format for the one that is used, as the message names it
  void report(Problems problems, String what, String advice) {
    for (Use use : uses.values()) {
      List<String> cycle = cycle(use);
      String message =
          cycle.size() == 1
              ? "a cyclic definition: `%s` is defined by itself".formatted(use.used())
              : cycle.isEmpty()
                  ? what.formatted(use.used())
                  : "a cyclic definition: `%s` are defined by each other"
                      .formatted(String.join("` and `", cycle));
      problems.add(
          use.at(), message, cycle.isEmpty() ? advice : "define one of them by columns alone.");
    }
  }

  /// The definitions on a way from the one that is used back to its user; empty if there is none.
  private List<String> cycle(Use use) {
    if (use.user().equals(use.used())) {
      return List.of(use.used());
    }
    Map<String, String> from = new HashMap<>();
    Deque<String> open = new ArrayDeque<>(List.of(use.used()));
    Set<String> seen = new HashSet<>(open);
    while (!open.isEmpty()) {
      String name = open.remove();
      if (name.equals(use.user())) {
        return path(from, use);
      }
      for (String next : graph.getOrDefault(name, Set.of())) {
        if (seen.add(next)) {
          from.put(next, name);
          open.add(next);
        }
      }
    }
    return List.of();
  }

  private static List<String> path(Map<String, String> from, Use use) {
    Deque<String> path = new ArrayDeque<>();
    String name = use.user();
    while (name != null) {
      path.addFirst(name);
      name = from.get(name);
    }
    path.removeLast();
    path.addFirst(use.user());
    return List.copyOf(path);
  }

  static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
