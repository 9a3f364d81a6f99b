package io.cromford.serving.definition;

import io.cromford.core.ColumnType;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What one word or number of a factory file can be.
///
/// @param noun what it is, with its article: `a duration`
/// @param advice how to write it, without the leading "Maybe"
/// @param form how JSON Schema says it
/// @param parser from the text to the value; empty if the text is none
record ScalarType(
    String noun, String advice, JsonForm form, Function<String, ? extends Optional<?>> parser) {

  /// How JSON Schema says it.
  sealed interface JsonForm {
    /// A text of some pattern.
    record Text(String pattern) implements JsonForm {}

    /// One of some words.
    record Words(List<String> words) implements JsonForm {}

    /// A whole number in a range, both ends included.
    record Whole(long least, long most) implements JsonForm {}

    /// A number in a range, both ends included.
    record Decimal(double least, double most) implements JsonForm {}

    /// `true` or `false`.
    record Bool() implements JsonForm {}
  }

  static final ScalarType TEXT =
      new ScalarType(
          "a text",
          "write it between quotes.",
          new JsonForm.Text("\\S"),
          text -> Optional.of(text.strip()).filter(stripped -> !stripped.isEmpty()));

  static final ScalarType NAME =
      pattern(
          "a name of small letters, digits and dashes",
          "write it like `card-fraud`.",
          "[a-z][a-z0-9-]*");

  static final ScalarType IDENTIFIER =
      pattern(
          "a name of small letters, digits and underscores",
          "write it like `customer_id`, so that SQL reads it without quotes.",
          "[a-z_][a-z0-9_]*");

  static final ScalarType REFERENCE =
      parsed(
          "a column of a source",
          "write it like `payments.tx_id`.",
          "[a-z_][a-z0-9_]*\\.[a-z_][a-z0-9_]*",
          Reference::parse);

  static final ScalarType COLUMN_TYPE =
      parsed(
          "a column's type",
          "one of bigint, double, boolean, timestamp, varchar, decimal(10,2) (at most 18 digits).",
          "bigint|double|boolean|timestamp|varchar|decimal\\(\\s*\\d+\\s*,\\s*\\d+\\s*\\)",
          ColumnType::parse);

  static final ScalarType DURATION =
      parsed(
          "a duration",
          "write it like `7d`; the units are ms, s, m, h, d, w.",
          Quantities.DURATION_PATTERN,
          Quantities::duration);

  static final ScalarType INSTANT =
      parsed(
          "a moment",
          "write it like `2018-05-06T00:00:00`, in UTC, or with its offset: `…+02:00`.",
          Quantities.INSTANT_PATTERN,
          Quantities::instant);

  static final ScalarType DATE =
      parsed(
          "a date",
          "write it like `2019-01-31`.",
          "\\d{4}-\\d{2}-\\d{2}",
          text -> {
            try {
              return Optional.of(LocalDate.parse(text).toString());
            } catch (DateTimeException _) {
              return Optional.empty();
            }
          });

  static final ScalarType URL =
      parsed(
          "a URL of http or https without a user or a fragment",
          "write it like `https://alerts.example/hook`; a secret goes into an environment variable.",
          "https?://.+",
          ScalarType::url);

  static final ScalarType ENVIRONMENT_VARIABLE =
      pattern(
          "the name of an environment variable",
          "write it like `ALARMS_SECRET`; the secret itself has no place in the file.",
          "[A-Z][A-Z0-9_]*");

  static final ScalarType VIEW =
      pattern(
          "the hash of a feature view, or `current`",
          "write `current`, or 8 to 64 digits of what `cromford features list` shows.",
          "current|[0-9a-f]{8,64}");

  static final ScalarType NUMBER = number(-1e12, 1e12, "0.1");

  static final ScalarType ZONE =
      parsed(
          "a time zone",
          "write it like `UTC`, `Europe/Brussels` or `+02:00`.",
          "UTC|[A-Z][A-Za-z_]+(/[A-Za-z0-9_+-]+)+|[+-]\\d{2}:\\d{2}",
          Quantities::zone);

  static final ScalarType MONEY =
      parsed("an amount of money", "write it like `5 EUR`.", Money.PATTERN, Money::parse);

  static final ScalarType MONEY_OR_COLUMN =
      parsed(
          "an amount of money or a column",
          "write it like `40 EUR`, or name a numeric column of the observation.",
          Money.PATTERN + "|[a-z_][a-z0-9_]*",
          text -> Money.parse(text).<Object>map(money -> money).or(() -> Optional.of(text)));

  static final ScalarType CHARACTER =
      parsed(
          "one character, no digit",
          "write it between quotes, like `\";\"`.",
          "[^0-9]",
          text ->
              text.length() == 1 && !text.matches("[0-9]")
                  ? Optional.of(text.charAt(0))
                  : Optional.empty());

  static final ScalarType BOOLEAN =
      new ScalarType(
          "true or false",
          "write `true` or `false`.",
          new JsonForm.Bool(),
          text ->
              switch (text) {
                case "true" -> Optional.of(true);
                case "false" -> Optional.of(false);
                default -> Optional.empty();
              });

  static final ScalarType FACTOR =
      new ScalarType(
          "a number above 0",
          "write it like `0.01`.",
          new JsonForm.Decimal(1e-9, 1e12),
          text -> Quantities.number(text).filter(factor -> inRange(factor, 1e-9, 1e12)));

  /// A whole number in a range, both ends included.
  static ScalarType whole(long least, long most) {
    return new ScalarType(
        "a whole number from %d to %d".formatted(least, most),
        "write it without a unit, like `%d`.".formatted(Math.clamp(10, least, most)),
        new JsonForm.Whole(least, most),
        text ->
            Quantities.number(text)
                .filter(number -> text.matches("-?\\d+"))
                .filter(number -> number.compareTo(BigDecimal.valueOf(least)) >= 0)
                .filter(number -> number.compareTo(BigDecimal.valueOf(most)) <= 0)
                .map(BigDecimal::longValueExact));
  }

  /// A number in a range, both ends included.
  static ScalarType number(double least, double most, String example) {
    return new ScalarType(
        "a number from %s to %s".formatted(plain(least), plain(most)),
        "write it like `%s`.".formatted(example),
        new JsonForm.Decimal(least, most),
        text ->
            Quantities.number(text)
                .filter(number -> inRange(number, least, most))
                .map(BigDecimal::doubleValue));
  }

  /// One of some words.
  static ScalarType choice(String... words) {
    List<String> all = List.of(words);
    String list = all.stream().map(word -> "`" + word + "`").collect(Collectors.joining(", "));
    return new ScalarType(
        all.size() == 1 ? list : "one of " + list,
        "write " + (all.size() == 1 ? list : "one of these") + ".",
        new JsonForm.Words(all),
        text -> Optional.of(text).filter(all::contains));
  }

  private static Optional<URI> url(String text) {
    try {
      URI uri = new URI(text);
      boolean isPlain = uri.getRawUserInfo() == null && uri.getRawFragment() == null;
      return uri.getHost() != null && isPlain ? Optional.of(uri) : Optional.empty();
    } catch (URISyntaxException _) {
      return Optional.empty();
    }
  }

  private static ScalarType pattern(String noun, String advice, String pattern) {
    return parsed(noun, advice, pattern, Optional::of);
  }

  private static ScalarType parsed(
      String noun, String advice, String pattern, Function<String, ? extends Optional<?>> parser) {
    Pattern form = Pattern.compile(pattern);
    return new ScalarType(
        noun,
        advice,
        new JsonForm.Text("^(" + pattern + ")$"),
        text -> form.matcher(text).matches() ? parser.apply(text) : Optional.empty());
  }

  private static boolean inRange(BigDecimal number, double least, double most) {
    return number.compareTo(BigDecimal.valueOf(least)) >= 0
        && number.compareTo(BigDecimal.valueOf(most)) <= 0;
  }

  private static String plain(double number) {
    return new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
  }
}
