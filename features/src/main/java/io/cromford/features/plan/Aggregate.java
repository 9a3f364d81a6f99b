package io.cromford.features.plan;

import io.cromford.core.ColumnType;
import org.jspecify.annotations.Nullable;

/// An aggregate function over a window.
///
/// @param function what is computed
/// @param argument what it is computed of, an expression over columns alone; null for COUNT(*)
/// @param filter rows count only where this is true; null if there is no filter
/// @param window index into the plan's windows
/// @param type the result's type; null when the frame has no (non-null) row, but for counts, which
///   are 0
public record Aggregate(
    Function function,
    @Nullable Expression argument,
    @Nullable Expression filter,
    int window,
    ColumnType type) {
  /// The aggregate functions.
  public enum Function {
    /// Rows, or rows whose argument is not null: a bigint.
    COUNT,
    /// Exact sum of bigints or decimals: a bigint, or a decimal(18, scale of the argument).
    SUM,
    /// Exact sum divided by the count, rounded once: a double. The argument is a bigint or a
    /// decimal (a CAST(… AS DOUBLE) around it is taken off by the compiler).
    AVG,
    /// Smallest value, of the argument's type.
    MIN,
    /// Largest value, of the argument's type.
    MAX,
    /// The sample's standard deviation of bigints or decimals: a double; null below two values.
    STDDEV,
    /// Number of distinct values that are not null: a bigint.
    COUNT_DISTINCT,
    /// The argument's value at the row with the latest time (of equal times, the one that arrived
    /// last), null included.
    LAST
  }
}
