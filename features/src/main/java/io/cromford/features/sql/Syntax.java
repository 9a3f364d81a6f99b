package io.cromford.features.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An expression as it was written.
sealed interface Syntax {
  /// Where it stands.
  Span span();

  /// A column, perhaps with the source's name before it.
  record Name(@Nullable String qualifier, String name, Span span) implements Syntax {}

  /// A number, with its sign.
  record Numeral(String text, Span span) implements Syntax {}

  /// A text.
  record Text(String value, Span span) implements Syntax {}

  /// TIMESTAMP '…'.
  record Instant(String value, Span span) implements Syntax {}

  /// TRUE or FALSE.
  record Truth(boolean value, Span span) implements Syntax {}

  /// NULL.
  record Null(Span span) implements Syntax {}

  /// -x.
  record Minus(Syntax operand, Span span) implements Syntax {}

  /// NOT x.
  record Not(Syntax operand, Span span) implements Syntax {}

  /// `+ - * /` and the comparisons.
  record Binary(String operator, Syntax left, Syntax right, Span span) implements Syntax {}

  /// AND or OR of two or more.
  record Junction(String operator, List<Syntax> operands, Span span) implements Syntax {}

  /// x IN (…).
  record In(Syntax operand, List<Syntax> values, Span span) implements Syntax {}

  /// x BETWEEN low AND high.
  record Between(Syntax operand, Syntax low, Syntax high, Span span) implements Syntax {}

  /// x IS NULL.
  record IsNull(Syntax operand, Span span) implements Syntax {}

  /// CASE; with an operand, each condition is compared with it.
  record Choice(
      @Nullable Syntax operand, List<Branch> branches, @Nullable Syntax otherwise, Span span)
      implements Syntax {}

  /// WHEN … THEN ….
  record Branch(Syntax condition, Syntax result) {}

  /// CAST(x AS type).
  record CastTo(Syntax operand, TypeName type, Span span) implements Syntax {}

  /// A type's name and the numbers in its parentheses.
  record TypeName(String name, List<String> parameters, Span span) {}

  /// EXTRACT(field FROM x).
  record Extract(String field, Syntax operand, Span span) implements Syntax {}

  /// A function or an aggregate.
  ///
  /// @param name in capitals
  /// @param star whether it is called with `*`
  /// @param distinct whether its argument has DISTINCT before it
  record Function(
      String name,
      List<Syntax> arguments,
      boolean star,
      boolean distinct,
      @Nullable Syntax filter,
      @Nullable Over over,
      Span span)
      implements Syntax {}

  /// What follows OVER.
  sealed interface Over {}

  /// A window of the WINDOW clause.
  record Reference(String name, Span span) implements Over {}

  /// A window written out.
  ///
  /// @param base the window it would extend
  record Definition(
      @Nullable Reference base,
      List<Syntax> partition,
      List<Order> order,
      @Nullable Frame frame,
      Span span)
      implements Over {}

  /// A term of ORDER BY.
  record Order(Syntax term, String direction, Span span) {}

  /// RANGE BETWEEN start PRECEDING AND end.
  ///
  /// @param end null for CURRENT ROW
  /// @param exclusion what follows EXCLUDE, in capitals; empty if nothing does
  record Frame(Interval start, @Nullable Interval end, String exclusion, Span span) {}

  /// INTERVAL 'text' unit.
  record Interval(String text, String unit, Span span) {}

  /// An output of the query.
  record Item(Syntax expression, @Nullable Token alias) {}

  /// A window of the WINDOW clause.
  ///
  /// @param definition null if it could not be parsed
  record Named(String name, @Nullable Definition definition, Span span) {}

  /// A whole query.
  ///
  /// @param source the token after FROM
  /// @param alias the source's other name
  record Query(List<Item> items, Token source, @Nullable Token alias, List<Named> windows) {}
}
