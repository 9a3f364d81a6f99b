package io.cromford.intake;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;

/// The rules that every source has, beside those that its definition declares.
public enum BrokenRule {
  /// A value is missing in a column that needs one.
  NOT_NULL,
  /// A value is not what the column's type says: text in a number, a date of another form.
  TYPE,
  /// A number is too large for its type.
  RANGE,
  /// A number has more decimals, a time more digits, than its type, and no rounding is declared.
  SCALE,
  /// The bytes are not UTF-8.
  ENCODING,
  /// The line is not a JSON object.
  JSON,
  /// A field that the schema does not know.
  UNKNOWN_FIELD,
  /// A field that appears twice.
  FIELD_TWICE,
  /// A CSV row with more or fewer fields than the header.
  RAGGED_ROW,
  /// A CSV field with text after its closing quote.
  QUOTE,
  /// A row over the limit.
  ROW_TOO_LONG,
  /// An event before 1970.
  BEFORE_1970,
  /// An event further ahead of the clock than the source allows.
  MAX_AHEAD,
  /// An event further behind the clock than the source allows.
  MAX_LATE,
  /// An outcome of an observation that nobody knows.
  UNKNOWN_ID,
  /// An outcome that is older than its observation.
  BEFORE_ITS_EVENT;

  /// The name as quarantine shows it: `not-null`.
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// Whether a record that broke a rule of this name can be held against its contract again: it was
  /// kept as it was read. What could not be taken apart into fields cannot.
  public static boolean isMendable(String name) {
    return Stream.of(ENCODING, JSON, FIELD_TWICE, RAGGED_ROW, QUOTE, ROW_TOO_LONG)
        .noneMatch(rule -> rule.text().equals(name));
  }

  /// Whether a name is taken, so that no declared rule may have it.
  public static boolean isTaken(String name) {
    return Arrays.stream(values()).anyMatch(rule -> rule.text().equals(name));
  }
}
