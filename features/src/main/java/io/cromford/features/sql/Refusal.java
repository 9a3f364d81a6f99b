package io.cromford.features.sql;

/// Leaves the rule that the parser is in; caught where it can go on.
final class Refusal extends RuntimeException {
  private final transient Span at;
  private final String advice;

  Refusal(Span at, String message, String advice) {
    super(message, null, false, false);
    this.at = at;
    this.advice = advice;
  }

  Span at() {
    return at;
  }

  String message() {
    return String.valueOf(getMessage());
  }

  String advice() {
    return advice;
  }
}
