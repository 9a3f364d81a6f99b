package io.cromford.intake;

import io.cromford.core.Row;

/// What came of holding a record against its contract.
public sealed interface ContractResult {
  /// The record keeps it.
  ///
  /// @param row the row that the caller gave to be filled
  record Accepted(Row row) implements ContractResult {}

  /// The record breaks it.
  ///
  /// @param rule the declared rule's name, or one of [BrokenRule]'s
  /// @param column the column it is about; empty if it is about the whole record
  /// @param value what stood there, at most [#MAX_VALUE] characters; personal data, never to be
  ///   logged
  /// @param message what is wrong, without the value, and advice on a new line
  record Refused(String rule, String column, String value, String message)
      implements ContractResult {
    /// The most characters of a value that are shown; what is longer ends in `…`.
    public static final int MAX_VALUE = 60;

    /// The message with the value, for whoever may see the record.
    public String withValue() {
      int end = message.indexOf('\n');
      String first = end < 0 ? message : message.substring(0, end);
      String shown = value.isEmpty() ? first : first + " (found `" + value + "`)";
      return end < 0 ? shown : shown + message.substring(end);
    }

    /// Rule and column, without the value.
    @Override
    public String toString() {
      return "Refused[" + rule + (column.isEmpty() ? "" : ", " + column) + "]";
    }
  }
}
