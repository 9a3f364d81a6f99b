package io.cromford.intake;

import io.cromford.core.Row;
import io.cromford.core.Schema;

/// A declared rule that rows have to keep: `amount-not-negative: amount >= 0`.
///
/// As in a CHECK of SQL a row breaks it only if it is false, not if it is NULL.
///
/// @param name the name that quarantine shows
/// @param text the condition as it was written
/// @param condition what it means
public record Rule(String name, String text, Condition condition) implements RuleReading {
  /// Checks that the name is not one of [BrokenRule]'s.
  public Rule {
    if (BrokenRule.isTaken(name)) {
      throw new IllegalArgumentException(
          "the rule name `%s` is built in.\nMaybe name what the rule is about.".formatted(name));
    }
  }

  /// Reads a rule. The grammar, keywords in any case:
  ///
  /// ```
  /// condition  = and { OR and }
  /// and        = unary { AND unary }
  /// unary      = NOT unary | "(" condition ")" | predicate
  /// predicate  = column ( op (literal | column) | [NOT] IN "(" literal { "," literal } ")"
  ///            | [NOT] BETWEEN literal AND literal | IS [NOT] NULL )
  /// op         = "=" | "<>" | "!=" | "<" | "<=" | ">" | ">="
  /// literal    = number | 'text' | TRUE | FALSE
  /// ```
  ///
  /// @return the rule, or where and why the text is none
  public static RuleReading parse(String name, String text, Schema schema) {
    return new RuleParser(name, text, schema).parse();
  }

  /// Whether a row keeps the rule.
  public boolean holds(Row row) {
    return condition.test(row) != Condition.Truth.FALSE;
  }
}
