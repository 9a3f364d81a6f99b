package io.cromford.training;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Reads named numbers and remembers which were asked for.
final class ParameterReader {
  private final Map<String, Object> values;
  private final Set<String> unread;

  ParameterReader(Map<String, ?> values) {
    this.values = new TreeMap<>(values);
    this.unread = new TreeSet<>(values.keySet());
  }

  double number(String name, double otherwise) {
    Object value = read(name, otherwise);
    try {
      return value instanceof Number number
          ? number.doubleValue()
          : Double.parseDouble(value.toString());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "the parameter `" + name + "` is " + value + ", not a number", e);
    }
  }

  int integer(String name, int otherwise) {
    return Math.toIntExact(whole(name, otherwise));
  }

  long whole(String name, long otherwise) {
    Object value = read(name, otherwise);
    try {
      return Long.parseLong(value.toString());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "the parameter `" + name + "` is " + value + ", not a whole number", e);
    }
  }

  String text(String name, String otherwise) {
    return read(name, otherwise).toString();
  }

  void requireAllRead() {
    if (!unread.isEmpty()) {
      throw new IllegalArgumentException("no such parameter: " + String.join(", ", unread));
    }
  }

  private Object read(String name, Object otherwise) {
    unread.remove(name);
    return values.getOrDefault(name, otherwise);
  }
}
