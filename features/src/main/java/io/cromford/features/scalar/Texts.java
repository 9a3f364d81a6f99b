package io.cromford.features.scalar;

import java.util.function.IntUnaryOperator;

/// Functions on texts, by code point and without a locale.
final class Texts {
  /// Unicode's simple mappings know a small letter for the capital, but no capital for the small
  /// one.
  private static final int SHARP_S = 0xDF;

  private static final int CAPITAL_SHARP_S = 0x1E9E;

  private Texts() {}

  /// Every code point in its simple capital form: the length never changes.
  static String upper(String text) {
    return mapped(text, c -> c == SHARP_S ? CAPITAL_SHARP_S : Character.toUpperCase(c));
  }

  /// Every code point in its simple small form.
  static String lower(String text) {
    return mapped(text, Character::toLowerCase);
  }

  /// Code points from a position, counted from 1, on.
  ///
  /// @param start at least 1
  /// @param length at least 0
  static String substring(String text, long start, long length) {
    int skipped = (int) Math.min(start - 1, text.length());
    int points = text.codePointCount(0, text.length());
    if (skipped >= points) {
      return "";
    }
    int from = text.offsetByCodePoints(0, skipped);
    int taken = (int) Math.min(length, points - skipped);
    return text.substring(from, text.offsetByCodePoints(from, taken));
  }

  private static String mapped(String text, IntUnaryOperator mapping) {
    StringBuilder mapped = new StringBuilder(text.length());
    text.codePoints().map(mapping).forEach(mapped::appendCodePoint);
    return mapped.toString();
  }
}
