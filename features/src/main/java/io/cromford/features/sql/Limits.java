package io.cromford.features.sql;

import java.time.Duration;

/// What a query can have at most, so that a hostile text exhausts neither stack nor memory.
final class Limits {
  /// Characters of the text.
  static final int TEXT = 1_000_000;

  /// Outputs of a query.
  static final int OUTPUTS = 1_000;

  /// Expressions within expressions.
  static final int DEPTH = 100;

  /// Nodes of one expression once it is spelled out (BETWEEN reads its operand twice).
  static final int EXPRESSION_NODES = 10_000;

  /// Nodes of all expressions of a query.
  static final int QUERY_NODES = 200_000;

  /// Problems that are reported.
  static final int PROBLEMS = 100;

  /// Digits after the point of a product or a sum that may be too long for 18 digits.
  static final int SCALE_AT_RISK = 9;

  /// From the start of a frame to the row.
  static final Duration FRAME = Duration.ofDays(3_660);

  private Limits() {}
}
