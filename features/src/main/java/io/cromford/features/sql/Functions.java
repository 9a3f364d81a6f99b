package io.cromford.features.sql;

import io.cromford.core.Suggestions;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The functions of the dialect, and what stands for those of others.
final class Functions {
  /// The aggregates.
  static final Set<String> AGGREGATES =
      Set.of("COUNT", "SUM", "AVG", "MIN", "MAX", "STDDEV", "LAST_VALUE");

  /// The scalar functions.
  static final Set<String> SCALARS =
      Set.of(
          "COALESCE",
          "NULLIF",
          "LEAST",
          "GREATEST",
          "ABS",
          "LN",
          "EXP",
          "SQRT",
          "POWER",
          "ROUND",
          "FLOOR",
          "UPPER",
          "LOWER",
          "LENGTH",
          "SUBSTRING");

  private static final Map<String, String> INSTEAD =
      Map.ofEntries(
          Map.entry("CEIL", "write -FLOOR(-x)."),
          Map.entry("CEILING", "write -FLOOR(-x)."),
          Map.entry("LOG", "write LN(x); LOG has another base in each engine."),
          Map.entry("LOG10", "write LN(x) / LN(1e1)."),
          Map.entry("LOG2", "write LN(x) / LN(2e0)."),
          Map.entry("POW", "write POWER(x, y)."),
          Map.entry("MOD", "write x - y * FLOOR(CAST(x AS DOUBLE) / y)."),
          Map.entry("SUBSTR", "write SUBSTRING(x, start, length)."),
          Map.entry("LEFT", "write SUBSTRING(x, 1, length)."),
          Map.entry("IFNULL", "write COALESCE(x, y)."),
          Map.entry("NVL", "write COALESCE(x, y)."),
          Map.entry("IF", "write CASE WHEN x THEN y ELSE z END."),
          Map.entry("IIF", "write CASE WHEN x THEN y ELSE z END."),
          Map.entry("DATE_PART", "write EXTRACT(HOUR FROM ts)."),
          Map.entry("DATEDIFF", "subtract EXTRACT(EPOCH FROM ts)."),
          Map.entry("DATE_DIFF", "subtract EXTRACT(EPOCH FROM ts)."),
          Map.entry("TIMESTAMPDIFF", "subtract EXTRACT(EPOCH FROM ts)."),
          Map.entry("EPOCH", "write EXTRACT(EPOCH FROM ts)."),
          Map.entry("HOUR", "write EXTRACT(HOUR FROM ts)."),
          Map.entry("NOW", "use the row's event time: the same row gives the same features."),
          Map.entry(
              "CURRENT_TIMESTAMP",
              "use the row's event time: the same row gives the same features."),
          Map.entry("RANDOM", "leave chance out: the same row gives the same features."),
          Map.entry("MEAN", "write AVG(CAST(x AS DOUBLE))."),
          Map.entry("STDDEV_SAMP", "write STDDEV, which is the sample's."),
          Map.entry("STDDEV_POP", "write STDDEV, which is the sample's."),
          Map.entry("VARIANCE", "write POWER(STDDEV(…) OVER w, 2)."),
          Map.entry("VAR_SAMP", "write POWER(STDDEV(…) OVER w, 2)."),
          Map.entry(
              "LAG",
              "write LAST_VALUE(x) over a frame that ends INTERVAL '1' MILLISECOND PRECEDING."),
          Map.entry("LEAD", "leave it out: it reads the future."),
          Map.entry("ROW_NUMBER", "write COUNT(*) OVER a frame."),
          Map.entry("RANK", "write COUNT(*) FILTER (WHERE …) OVER a frame."),
          Map.entry("FIRST_VALUE", "take LAST_VALUE, MIN or MAX."),
          Map.entry("MEDIAN", "take AVG, MIN or MAX."),
          Map.entry("APPROX_COUNT_DISTINCT", "write COUNT(DISTINCT x)."),
          Map.entry("COUNT_IF", "write COUNT(*) FILTER (WHERE x)."),
          Map.entry("LAST", "write LAST_VALUE(x)."),
          Map.entry("ARG_MAX", "write LAST_VALUE(x)."));

  private Functions() {}

  /// What to write instead of a function that is unknown.
  static String advice(String name) {
    String instead = INSTEAD.get(name);
    if (instead != null) {
      return instead;
    }
    Set<String> known = new TreeSet<>(SCALARS);
    known.addAll(AGGREGATES);
    known.add("EXTRACT");
    known.add("CAST");
    return Suggestions.nearest(name, known)
        .map("you meant %s; docs/sql.md has the list."::formatted)
        .orElse("take one of %s.".formatted(String.join(", ", known)));
  }
}
