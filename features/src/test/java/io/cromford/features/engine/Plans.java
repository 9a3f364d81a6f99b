package io.cromford.features.engine;

import io.cromford.core.Column;
import io.cromford.core.ColumnType;
import io.cromford.core.Schema;
import io.cromford.features.plan.Aggregate;
import io.cromford.features.plan.Aggregate.Function;
import io.cromford.features.plan.Expression;
import io.cromford.features.plan.Expression.AggregateValue;
import io.cromford.features.plan.Expression.Call;
import io.cromford.features.plan.Expression.Case;
import io.cromford.features.plan.Expression.ColumnValue;
import io.cromford.features.plan.Expression.Literal;
import io.cromford.features.plan.Expression.Operator;
import io.cromford.features.plan.FeaturePlan;
import io.cromford.features.plan.Output;
import io.cromford.features.plan.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Plans drawn at random over one schema of every type.
final class Plans {
  static final ColumnType MONEY = ColumnType.decimal(10, 2);
  static final ColumnType LARGE = ColumnType.decimal(18, 3);
  static final int ID = 0;
  static final int TS = 1;
  static final int CARD = 2;
  static final int SHOP = 3;
  static final int AMOUNT = 4;
  static final int QUANTITY = 5;
  static final int RATIO = 6;
  static final int TAG = 7;
  static final int ONLINE = 8;
  static final int VOLUME = 9;
  static final int FRAUD = 10;
  static final int LOSS = 11;
  static final int NOTE = 12;

  static final Schema INPUT =
      Schema.of(
          new Column("id", ColumnType.BIGINT, false),
          new Column("ts", ColumnType.TIMESTAMP, false),
          new Column("card", ColumnType.BIGINT, true),
          new Column("shop", ColumnType.VARCHAR, true),
          new Column("amount", MONEY, false),
          new Column("quantity", ColumnType.BIGINT, true),
          new Column("ratio", ColumnType.DOUBLE, true),
          new Column("tag", ColumnType.VARCHAR, true),
          new Column("online", ColumnType.BOOLEAN, false),
          new Column("volume", LARGE, true),
          new Column("fraud", ColumnType.BOOLEAN, true),
          new Column("loss", MONEY, true),
          new Column("note", ColumnType.VARCHAR, true));

  static final Schema OBSERVATION = new Schema(INPUT.columns().subList(0, FRAUD));
  static final Schema OUTCOME = new Schema(INPUT.columns().subList(FRAUD, INPUT.size()));

  private Plans() {}

  static Expression column(int index) {
    return new ColumnValue(index, INPUT.column(index).type());
  }

  static Expression number(long value) {
    return new Literal(ColumnType.BIGINT, value, null, false);
  }

  /// A plan of these windows and aggregates; its features are the aggregates as numbers.
  static FeaturePlan plan(List<Window> windows, List<Aggregate> aggregates, List<Output> more) {
    List<Output> outputs = new ArrayList<>();
    outputs.add(new Output("id", column(ID)));
    IntStream.range(0, aggregates.size())
        .mapToObj(i -> new Output("a" + i, asNumber(i, aggregates.get(i).type())))
        .forEach(outputs::add);
    outputs.addAll(more);
    return new FeaturePlan(INPUT, FRAUD, TS, windows, aggregates, outputs, "SELECT");
  }

  static FeaturePlan random(SplittableRandom random, long longestMillis) {
    List<Window> windows = new ArrayList<>();
    int count = random.nextInt(1, 5);
    for (int i = 0; i < count; i++) {
      windows.add(window(random, longestMillis));
    }
    List<Aggregate> aggregates = new ArrayList<>();
    int size = random.nextInt(1, 9);
    for (int i = 0; i < size; i++) {
      aggregates.add(aggregate(random, random.nextInt(count)));
    }
    List<Output> more = new ArrayList<>();
    more.add(new Output("amount", column(AMOUNT)));
    more.add(new Output("quantity", column(QUANTITY)));
    more.add(new Output("share", share(random, aggregates)));
    if (random.nextBoolean()) {
      Expression times =
          new Call(
              Operator.ADD,
              List.of(
                  new Call(
                      Operator.COALESCE,
                      List.of(asNumber(0, aggregates.get(0).type()), asNumber(0)),
                      ColumnType.DOUBLE),
                  new Expression.Cast(column(AMOUNT), ColumnType.DOUBLE)),
              ColumnType.DOUBLE);
      if (aggregates.get(0).type().equals(ColumnType.DOUBLE)) {
        more.add(new Output("mixed", times));
      }
    }
    return plan(windows, aggregates, more);
  }

  /// One aggregate divided by another, in the ways that people write it.
  private static Expression share(SplittableRandom random, List<Aggregate> aggregates) {
    Expression over = asDouble(random.nextInt(aggregates.size()), aggregates);
    Expression under = asDouble(random.nextInt(aggregates.size()), aggregates);
    Expression divisor =
        random.nextBoolean()
            ? under
            : new Call(Operator.NULLIF, List.of(under, asNumber(0)), ColumnType.DOUBLE);
    Expression share = new Call(Operator.DIVIDE, List.of(over, divisor), ColumnType.DOUBLE);
    return random.nextBoolean()
        ? share
        : new Call(Operator.COALESCE, List.of(share, asNumber(0.5)), ColumnType.DOUBLE);
  }

  private static Expression asDouble(int index, List<Aggregate> aggregates) {
    Expression number = asNumber(index, aggregates.get(index).type());
    return number.type().equals(ColumnType.DOUBLE)
        ? number
        : new Expression.Cast(number, ColumnType.DOUBLE);
  }

  private static Expression asNumber(double value) {
    return new Literal(ColumnType.DOUBLE, Double.doubleToRawLongBits(value), null, false);
  }

  private static Window window(SplittableRandom random, long longest) {
    List<List<Integer>> partitions =
        List.of(List.of(CARD), List.of(SHOP), List.of(CARD, SHOP), List.of(), List.of(ONLINE));
    List<Integer> partition = partitions.get(random.nextInt(partitions.size()));
    long start = random.nextBoolean() ? longest / 2 : random.nextLong(1, longest);
    if (random.nextInt(3) > 0) {
      return new Window(partition, start, 0, true);
    }
    long end = random.nextInt(4) == 0 ? start : random.nextLong(0, start + 1);
    return new Window(partition, start, random.nextInt(5) == 0 ? 0 : end, false);
  }

  private static Aggregate aggregate(SplittableRandom random, int window) {
    Function[] functions = Function.values();
    Function function = functions[random.nextInt(functions.length)];
    Expression filter = filter(random);
    return switch (function) {
      case COUNT -> {
        Expression argument = random.nextBoolean() ? null : any(random);
        yield new Aggregate(function, argument, filter, window, ColumnType.BIGINT);
      }
      case SUM -> {
        Expression argument = exact(random);
        ColumnType type = argument.type();
        boolean decimal = type.kind() == ColumnType.Kind.DECIMAL;
        yield new Aggregate(
            function,
            argument,
            filter,
            window,
            decimal ? ColumnType.decimal(18, type.scale()) : type);
      }
      case AVG, STDDEV -> new Aggregate(function, exact(random), filter, window, ColumnType.DOUBLE);
      case COUNT_DISTINCT ->
          new Aggregate(function, any(random), filter, window, ColumnType.BIGINT);
      case MIN, MAX, LAST -> {
        Expression argument = any(random);
        yield new Aggregate(function, argument, filter, window, argument.type());
      }
    };
  }

  private static @Nullable Expression filter(SplittableRandom random) {
    return switch (random.nextInt(6)) {
      case 0 -> column(FRAUD);
      case 1 -> column(ONLINE);
      case 2 ->
          new Call(Operator.GREATER, List.of(column(QUANTITY), number(3)), ColumnType.BOOLEAN);
      case 3 -> new Call(Operator.AND, List.of(column(FRAUD), column(ONLINE)), ColumnType.BOOLEAN);
      default -> null;
    };
  }

  private static Expression exact(SplittableRandom random) {
    List<Expression> all =
        List.of(
            column(AMOUNT),
            column(QUANTITY),
            column(VOLUME),
            column(LOSS),
            new Case(List.of(column(FRAUD)), List.of(number(1)), number(0), ColumnType.BIGINT),
            new Case(
                List.of(column(FRAUD)),
                List.of(column(AMOUNT)),
                new Literal(MONEY, 0, null, false),
                MONEY));
    return all.get(random.nextInt(all.size()));
  }

  private static Expression any(SplittableRandom random) {
    List<Expression> all =
        List.of(
            column(AMOUNT),
            column(QUANTITY),
            column(RATIO),
            column(TAG),
            column(ONLINE),
            column(FRAUD),
            column(LOSS),
            column(NOTE),
            column(TS),
            new Case(
                List.of(column(FRAUD)),
                List.of(column(TAG)),
                new Literal(ColumnType.VARCHAR, 0, "x", false),
                ColumnType.VARCHAR));
    return all.get(random.nextInt(all.size()));
  }

  /// An aggregate as a number: texts by their length, times in seconds.
  private static Expression asNumber(int index, ColumnType type) {
    Expression value = new AggregateValue(index, type);
    return switch (type.kind()) {
      case VARCHAR -> new Call(Operator.LENGTH, List.of(value), ColumnType.BIGINT);
      case TIMESTAMP -> new Call(Operator.EXTRACT_EPOCH, List.of(value), ColumnType.DOUBLE);
      case BIGINT, DOUBLE, DECIMAL, BOOLEAN -> value;
    };
  }
}
