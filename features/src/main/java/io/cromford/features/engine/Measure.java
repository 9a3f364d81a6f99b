package io.cromford.features.engine;

import io.cromford.features.plan.Expression;
import org.jspecify.annotations.Nullable;

/// Something that is computed once for a row, when it or its outcome arrives, so that cursors only
/// add.
sealed interface Measure {
  /// Whether the row counts: 1 where the filter is true and the argument is not NULL.
  ///
  /// @param filter null if there is none
  /// @param argument null if it does not matter or cannot be NULL
  record Present(@Nullable Expression filter, @Nullable Expression argument) implements Measure {}

  /// The argument's value where the filter is true and it is not NULL, else 0.
  ///
  /// A text is its code in the dictionary. Where values are compared, a double is stored so that
  /// its bits order as it does.
  ///
  /// @param filter null if there is none
  /// @param compared whether the value is for MIN, MAX or COUNT DISTINCT
  record Amount(@Nullable Expression filter, Expression argument, boolean compared)
      implements Measure {}
}
