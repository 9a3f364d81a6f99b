package io.cromford.intake;

/// What came of reading a rule's text: the [Rule], or what is wrong with it.
public sealed interface RuleReading permits Rule, RuleReading.Misread {
  /// The text is no rule.
  ///
  /// @param column where in the text, from 1
  /// @param message what is wrong
  /// @param advice what to write instead, without the leading "Maybe"; may be empty
  record Misread(int column, String message, String advice) implements RuleReading {}
}
