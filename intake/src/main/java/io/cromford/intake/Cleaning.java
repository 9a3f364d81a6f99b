package io.cromford.intake;

import io.cromford.core.ColumnType;
import io.cromford.core.Schema;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What is mended in a column before it is held against its type, in this order whatever the order
/// of declaration: trim, map, default, unit, round.
public sealed interface Cleaning {
  /// Takes away white space at both ends.
  record Trim() implements Cleaning {}

  /// Rounds what is finer than the type: a decimal to its scale, a bigint to a whole number, a
  /// timestamp to milliseconds; half away from zero.
  record Round() implements Cleaning {}

  /// Replaces whole values, compared as text.
  ///
  /// @param values what is found → what is put in its place
  record MapValues(Map<String, String> values) implements Cleaning {
    /// Copies the values.
    public MapValues {
      values = Map.copyOf(values);
    }
  }

  /// Stands in for a value that is missing, empty or null.
  ///
  /// @param value as a file would write it
  record Default(String value) implements Cleaning {}

  /// Multiplies a number, exactly.
  ///
  /// @param factor not 0; 0.01 turns cents into euros
  record Unit(BigDecimal factor) implements Cleaning {
    /// Checks that the factor is not 0.
    public Unit {
      if (factor.signum() == 0) {
        throw new IllegalArgumentException("a unit's factor of 0 would wipe out the column");
      }
    }
  }

  /// Checks that a column's cleanings suit its type and are of different kinds.
  ///
  /// @throws IllegalArgumentException if they do not
  static void check(Schema schema, String column, List<Cleaning> cleanings) {
    ColumnType.Kind kind = schema.column(schema.indexOf(column)).type().kind();
    Set<Class<?>> seen = new HashSet<>();
    for (Cleaning cleaning : cleanings) {
      if (!seen.add(cleaning.getClass())) {
        throw new IllegalArgumentException(
            "column `%s` is cleaned the same way twice".formatted(column));
      }
      if (!suits(cleaning, kind)) {
        throw new IllegalArgumentException(
            "column `%s` is a %s: %s does not apply to it"
                .formatted(column, kind, cleaning.getClass().getSimpleName()));
      }
    }
  }

  private static boolean suits(Cleaning cleaning, ColumnType.Kind kind) {
    return switch (cleaning) {
      case Trim _, MapValues _, Default _ -> true;
      case Round _ ->
          kind == ColumnType.Kind.DECIMAL
              || kind == ColumnType.Kind.BIGINT
              || kind == ColumnType.Kind.TIMESTAMP;
      case Unit _ ->
          kind == ColumnType.Kind.DECIMAL
              || kind == ColumnType.Kind.BIGINT
              || kind == ColumnType.Kind.DOUBLE;
    };
  }
}
