package io.cromford.serving;

import io.cromford.core.Column;
import io.cromford.core.ColumnType;
import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.core.Row;
import io.cromford.core.Schema;
import io.cromford.core.Suggestions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Holds observations and decisions against what is looked for.
final class SearchFilter implements LedgerScan.Filter {
  private final List<Wanted> wanted = new ArrayList<>();
  private final DecisionSearch search;

  /// A column's value that is wanted.
  ///
  /// @param text of a varchar; null for a bigint
  private record Wanted(int column, long slot, @Nullable String text) {
    boolean isIn(Row row) {
      if (row.isNull(column)) {
        return false;
      }
      return text == null ? row.slot(column) == slot : text.equals(row.text(column));
    }
  }

  /// @throws CromfordException USAGE if there is no such column, or none that can be looked for
  SearchFilter(DecisionSearch search, Schema schema) {
    this.search = search;
    search.columns().forEach((name, value) -> wanted.add(wanted(schema, name, value)));
  }

  private static Wanted wanted(Schema schema, String name, String value) {
    int column = schema.find(name).orElseThrow(() -> unknown(schema, name));
    ColumnType type = schema.column(column).type();
    return switch (type.kind()) {
      case VARCHAR -> new Wanted(column, 0, value);
      case BIGINT -> new Wanted(column, number(name, value), null);
      case DOUBLE, DECIMAL, BOOLEAN, TIMESTAMP ->
          throw new CromfordException(
              ErrorCode.USAGE,
              "`%s` is a %s; only columns of the types bigint and varchar are looked for.\nMaybe ask by `cromford sql`."
                  .formatted(name, type));
    };
  }

  private static long number(String name, String value) {
    try {
      return Long.parseLong(value.strip());
    } catch (NumberFormatException e) {
      throw new CromfordException(
          ErrorCode.USAGE,
          "`%s` is a bigint, and what is looked for is no whole number.\nMaybe leave out what is no digit."
              .formatted(name),
          e);
    }
  }

  private static CromfordException unknown(Schema schema, String name) {
    List<String> names = schema.columns().stream().map(Column::name).toList();
    String shown = name.length() > 64 ? name.substring(0, 64) + "…" : name;
    String advice =
        Suggestions.nearest(shown, names)
            .map("you meant `%s`."::formatted)
            .orElse("one of " + String.join(", ", names) + ".");
    return new CromfordException(
        ErrorCode.USAGE, "there is no column `%s`.\nMaybe %s".formatted(shown, advice));
  }

  @Override
  public boolean wants(Row row) {
    for (Wanted one : wanted) {
      if (!one.isIn(row)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean wants(@Nullable DecisionRecord decision) {
    if (decision == null) {
      return false;
    }
    DecisionRecord.Answer answer = decision.answer();
    DecisionSearch.Scores scores = search.scores();
    boolean isAsked = search.actions().isEmpty() || search.actions().contains(answer.action());
    return isAsked
        && (scores.equals(DecisionSearch.Scores.ALL)
            || (answer.score() >= scores.least() && answer.score() <= scores.most()));
  }
}
