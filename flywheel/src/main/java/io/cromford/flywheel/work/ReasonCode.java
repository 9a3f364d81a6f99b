package io.cromford.flywheel.work;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What came of the work on an alert. It is no outcome: that a payment was a fraud is said by a
/// source of outcomes.
public enum ReasonCode {
  /// The customer says that it was not they.
  FRAUD_CONFIRMED,
  /// The customer says that it was they.
  GENUINE_CONFIRMED,
  /// Nobody could be reached, and something was done all the same.
  UNREACHABLE,
  /// Another alert is about the same.
  DUPLICATE,
  /// It was not worth the work.
  NOT_PURSUED,
  /// What a note says.
  OTHER;

  /// The name in records and answers: `fraud-confirmed`.
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The code of a name; empty if there is none.
  public static Optional<ReasonCode> of(String text) {
    return Arrays.stream(values()).filter(code -> code.text().equals(text)).findFirst();
  }
}
