package io.cromford.features.sql;

import io.cromford.features.plan.FeaturePlan;
import io.cromford.features.sql.Compilation.Compiled;
import io.cromford.features.sql.Compilation.Refused;
import io.cromford.features.sql.Syntax.Query;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Compiles a text of the feature dialect; docs/sql.md has its grammar and what it refuses.
///
/// The result depends on nothing but the arguments. Any text is safe: it is compiled or refused, in
/// bounded time and stack.
public final class FeatureCompiler {
  private FeatureCompiler() {}

  /// Compiles a feature query.
  ///
  /// @param sql the text
  /// @param fileName the file's name as the person knows it, for the problems
  /// @param catalog what the text can name
  public static Compilation compile(String sql, String fileName, Catalog catalog) {
    Problems problems = new Problems(fileName, sql);
    FeaturePlan plan = plan(sql, catalog, problems);
    return plan != null && problems.none() ? new Compiled(plan) : new Refused(problems.list());
  }

  private static @Nullable FeaturePlan plan(String sql, Catalog catalog, Problems problems) {
    if (sql.length() > Limits.TEXT) {
      problems.add(
          new Span(1, 1, 0, 0),
          "a query of %d characters is over the limit of %d".formatted(sql.length(), Limits.TEXT),
          "split it over two feature views.");
      return null;
    }
    List<Token> tokens = Lexer.tokens(sql, problems);
    Query query = new Parser(tokens, problems).query();
    return query == null ? null : new QueryChecker(catalog, problems).check(query, sql);
  }
}
