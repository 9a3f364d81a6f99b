package io.cromford.serving.definition;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An amount of a currency: `5 EUR`.
record Money(BigDecimal amount, String currency) {
  static final String PATTERN = "\\d+(\\.\\d+)? [A-Z]{3}";

  private static final Pattern FORM = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,9})?) ([A-Z]{3})");

  static Optional<Money> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    return matcher.matches()
        ? Optional.of(new Money(new BigDecimal(matcher.group(1)), matcher.group(2)))
        : Optional.empty();
  }
}
