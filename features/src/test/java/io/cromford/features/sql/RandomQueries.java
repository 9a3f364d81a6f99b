package io.cromford.features.sql;

import java.util.SplittableRandom;
import java.util.function.Supplier;

/// Random well-typed expressions of the dialect, as text.
///
/// Nothing is generated whose value differs by an ulp between libraries (LN, EXP, POWER, AVG,
/// STDDEV): their differences would grow in what is computed from them. Doubles stay finite.
final class RandomQueries {
  private static final String[] WINDOWS = {"w1", "w2", "w3"};

  /// The windows that the aggregates refer to.
  static final String WINDOW_CLAUSE =
      """
      WINDOW w1 AS (PARTITION BY customer_id ORDER BY ts RANGE BETWEEN INTERVAL '9' DAY PRECEDING AND CURRENT ROW EXCLUDE TIES),
             w2 AS (PARTITION BY terminal_id, online ORDER BY ts RANGE BETWEEN INTERVAL '30' DAY PRECEDING AND INTERVAL '7' DAY PRECEDING),
             w3 AS (ORDER BY ts RANGE BETWEEN INTERVAL '86400.5' SECOND PRECEDING AND INTERVAL '1' MILLISECOND PRECEDING)
      """;

  private final SplittableRandom random;
  private final boolean aggregates;
  private final boolean outcomes;

  private RandomQueries(SplittableRandom random, boolean aggregates, boolean outcomes) {
    this.random = random;
    this.aggregates = aggregates;
    this.outcomes = outcomes;
  }

  /// Expressions over the columns of the row, and over aggregates.
  static RandomQueries of(SplittableRandom random) {
    return new RandomQueries(random, true, false);
  }

  /// An expression that can be an output.
  String output() {
    int depth = random.nextInt(6);
    return pick(
        () -> bigint(depth),
        () -> decimal(depth),
        () -> decimal(depth),
        () -> approximate(depth),
        () -> approximate(depth),
        () -> truth(depth));
  }

  @SafeVarargs
  private String pick(Supplier<String>... choices) {
    return choices[random.nextInt(choices.length)].get();
  }

  private String one(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private String number(int depth) {
    return pick(() -> bigint(depth), () -> decimal(depth), () -> approximate(depth));
  }

  private String exact(int depth) {
    return pick(() -> bigint(depth), () -> decimal(depth));
  }

  private String bigint(int depth) {
    if (depth <= 0) {
      return pick(
          () -> one("tx_id", "customer_id", "terminal_id"),
          () -> String.valueOf(random.nextInt(-20, 100)));
    }
    int d = depth - 1;
    return pick(
        () -> "(%s %s %s)".formatted(bigint(d), one("+", "-"), bigint(d)),
        () -> "(%s * %s)".formatted(bigint(d - 2), bigint(d - 2)),
        () -> "-(%s)".formatted(bigint(d)),
        () -> "ABS(%s)".formatted(bigint(d)),
        () ->
            "EXTRACT(%s FROM %s)"
                .formatted(one("YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "ISODOW", "DOY"), time(d)),
        () -> "LENGTH(%s)".formatted(text(d)),
        () -> "CAST(%s(%s) AS BIGINT)".formatted(one("FLOOR", "ROUND"), decimal(d)),
        () -> "CAST(FLOOR(%s) AS BIGINT)".formatted(bounded(d)),
        () -> "CAST(%s AS BIGINT)".formatted(truth(d)),
        () -> choice(depth, () -> bigint(d)),
        () -> combined(() -> bigint(d)),
        () -> aggregate(depth, this::bigintAggregate, () -> bigint(d)));
  }

  private String decimal(int depth) {
    if (depth <= 0) {
      return pick(
          () -> one("amount", "rate", "amount"),
          () -> "%d.%d".formatted(random.nextInt(100), random.nextInt(1000)));
    }
    int d = depth - 1;
    return pick(
        () -> "(%s %s %s)".formatted(decimal(d), one("+", "-"), exact(d)),
        () -> "(%s * %s)".formatted(decimal(d - 2), exact(d - 2)),
        () -> "-(%s)".formatted(decimal(d)),
        () -> "ABS(%s)".formatted(decimal(d)),
        () -> "ROUND(%s, %d)".formatted(decimal(d), random.nextInt(3)),
        () -> "FLOOR(%s)".formatted(decimal(d)),
        () -> "CAST(%s AS DECIMAL(18,6))".formatted(bounded(d)),
        () -> "CAST(%s AS DECIMAL(12,3))".formatted(bigint(0)),
        () -> choice(depth, () -> decimal(d)),
        () -> combined(() -> decimal(d)),
        () -> aggregate(depth, this::decimalAggregate, () -> decimal(d)));
  }

  private String approximate(int depth) {
    if (depth <= 0) {
      return pick(
          () -> "score",
          () -> "%de-2".formatted(random.nextInt(-500, 500)),
          () -> "CAST(amount AS DOUBLE)");
    }
    int d = depth - 1;
    return pick(
        () -> "(%s %s %s)".formatted(approximate(d), one("+", "-", "*"), number(d)),
        () -> "(%s / NULLIF(%s, 0))".formatted(approximate(d), number(d)),
        () -> "(%s / NULLIF(%s, 0))".formatted(number(d), approximate(d)),
        () -> "CAST(%s AS DOUBLE)".formatted(exact(d)),
        () -> "CAST(%s AS DOUBLE)".formatted(truth(d)),
        () -> "SQRT(ABS(%s))".formatted(approximate(d)),
        () -> "ROUND(%s, %d)".formatted(approximate(d), random.nextInt(4)),
        () -> "ROUND(%s)".formatted(approximate(d)),
        () -> "FLOOR(%s)".formatted(approximate(d)),
        () -> "EXTRACT(EPOCH FROM %s)".formatted(time(d)),
        () -> choice(depth, () -> approximate(d)),
        () -> combined(() -> approximate(d)),
        () -> "%s(%s, %s)".formatted(one("LEAST", "GREATEST"), approximate(d), number(d)),
        () -> aggregate(depth, this::approximateAggregate, () -> approximate(d)));
  }

  /// A double that is small enough to become a bigint or a decimal.
  private String bounded(int depth) {
    return "LEAST(GREATEST(%s, -1e6), 1e6)".formatted(approximate(depth));
  }

  private String truth(int depth) {
    if (depth <= 0) {
      return outcomes ? one("online", "fraud", "TRUE", "FALSE") : one("online", "TRUE", "FALSE");
    }
    int d = depth - 1;
    return pick(
        () -> "(%s %s %s)".formatted(number(d), comparison(), number(d)),
        () -> "(%s %s %s)".formatted(time(d), comparison(), time(d)),
        () -> "(%s %s %s)".formatted(text(d), one("=", "<>"), text(d)),
        () -> "(%s %s %s)".formatted(truth(d), one("=", "<>"), truth(d)),
        () -> "(%s %s %s)".formatted(truth(d), one("AND", "OR"), truth(d)),
        () -> "(%s AND %s OR %s)".formatted(truth(d), truth(d), truth(d)),
        () -> "(NOT %s)".formatted(truth(d)),
        () ->
            "(%s %sIN (%s, %s, %s))"
                .formatted(number(d), one("", "NOT "), number(d), number(d), number(0)),
        () -> "(%s %sIN ('a', 'BC', '', 'x', 'y', 'z', 'é'))".formatted(text(d), one("", "NOT ")),
        () -> "(%s IN (1, 2, 3, 4, 5, 7, 11, 13))".formatted(bigint(d)),
        () ->
            "(%s %sBETWEEN %s AND %s)".formatted(number(d), one("", "NOT "), number(d), number(d)),
        () ->
            "(%s IS %sNULL)"
                .formatted(pick(() -> number(d), () -> text(d), () -> truth(d)), one("", "NOT ")),
        () -> choice(depth, () -> truth(d)),
        () -> "COALESCE(%s, %s)".formatted(truth(d), truth(d)));
  }

  private String comparison() {
    return one("=", "<>", "<", "<=", ">", ">=");
  }

  private String text(int depth) {
    if (depth <= 0) {
      return one("country", "country", "'a'", "'BC'", "''", "'it''s'");
    }
    int d = depth - 1;
    return pick(
        () -> "%s(%s)".formatted(one("UPPER", "LOWER"), text(d)),
        () -> "SUBSTRING(%s, %d, %d)".formatted(text(d), random.nextInt(1, 4), random.nextInt(4)),
        () -> "SUBSTRING(%s FROM %d)".formatted(text(d), random.nextInt(1, 4)),
        () -> choice(depth, () -> text(d)),
        () -> combined(() -> text(d)),
        () -> "country");
  }

  private String time(int depth) {
    return depth <= 0
        ? one("ts", "TIMESTAMP '2020-01-03 12:00:00.5'")
        : pick(
            () -> "ts",
            () -> choice(depth, () -> time(depth - 1)),
            () -> aggregate(depth, this::timeAggregate, () -> time(depth - 1)));
  }

  private String choice(int depth, Supplier<String> value) {
    int d = depth - 1;
    return pick(
        () -> "CASE WHEN %s THEN %s ELSE %s END".formatted(truth(d), value.get(), value.get()),
        () ->
            "CASE WHEN %s THEN %s WHEN %s THEN %s END"
                .formatted(truth(d), value.get(), truth(d), value.get()),
        () -> "CASE WHEN %s THEN NULL ELSE %s END".formatted(truth(d), value.get()),
        () ->
            "CASE %s WHEN %s THEN %s WHEN %s THEN %s ELSE %s END"
                .formatted(exact(d), exact(0), value.get(), exact(0), value.get(), value.get()));
  }

  private String combined(Supplier<String> value) {
    return pick(
        () -> "COALESCE(%s, %s)".formatted(value.get(), value.get()),
        () -> "COALESCE(NULL, %s, %s)".formatted(value.get(), value.get()),
        () -> "NULLIF(%s, %s)".formatted(value.get(), value.get()));
  }

  private String aggregate(int depth, Supplier<String> aggregate, Supplier<String> otherwise) {
    return aggregates && depth > 0 ? aggregate.get() : otherwise.get();
  }

  private RandomQueries arguments(String window) {
    return new RandomQueries(random, false, window.equals("w2"));
  }

  private String bigintAggregate() {
    String window = one(WINDOWS);
    RandomQueries in = arguments(window);
    String filter = filter(in);
    return pick(
        () -> "COUNT(*)%s OVER %s".formatted(filter, window),
        () -> "COUNT(%s)%s OVER %s".formatted(in.number(1), filter, window),
        () ->
            "COUNT(DISTINCT %s)%s OVER %s"
                .formatted(pick(() -> in.exact(1), () -> in.text(1)), filter, window),
        () -> "SUM(%s)%s OVER %s".formatted(in.bigint(1), filter, window),
        () -> "%s(%s)%s OVER %s".formatted(one("MIN", "MAX"), in.bigint(1), filter, window));
  }

  private String decimalAggregate() {
    String window = one(WINDOWS);
    RandomQueries in = arguments(window);
    String argument = window.equals("w2") ? one("amount", "loss", in.decimal(2)) : in.decimal(2);
    return "%s(%s)%s OVER %s".formatted(one("SUM", "MIN", "MAX"), argument, filter(in), window);
  }

  private String approximateAggregate() {
    String window = one(WINDOWS);
    RandomQueries in = arguments(window);
    return "%s(%s)%s OVER %s".formatted(one("MIN", "MAX"), in.approximate(1), filter(in), window);
  }

  private String timeAggregate() {
    return pick(() -> "MAX(ts) OVER w3", () -> "MIN(ts) OVER w1");
  }

  private String filter(RandomQueries in) {
    return random.nextInt(3) == 0 ? " FILTER (WHERE %s)".formatted(in.truth(2)) : "";
  }
}
