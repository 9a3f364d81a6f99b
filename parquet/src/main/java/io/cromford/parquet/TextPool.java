package io.cromford.parquet;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The distinct texts of a column in a row group, numbered in the order of their first appearance.
final class TextPool {
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<byte[]> texts = new ArrayList<>();
  private long bytes;

  /// The number of a text.
  int number(String text) {
    Integer known = numbers.putIfAbsent(text, texts.size());
    if (known != null) {
      return known;
    }
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    texts.add(encoded);
    bytes += encoded.length;
    return texts.size() - 1;
  }

  /// A text's UTF-8.
  byte[] text(int number) {
    return texts.get(number);
  }

  /// How many there are.
  int size() {
    return texts.size();
  }

  /// Bytes of all.
  long bytes() {
    return bytes;
  }

  /// Forgets all.
  void clear() {
    numbers.clear();
    texts.clear();
    bytes = 0;
  }
}
