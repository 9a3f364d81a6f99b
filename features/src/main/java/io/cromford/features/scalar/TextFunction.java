package io.cromford.features.scalar;

import org.jspecify.annotations.Nullable;

/// A node that yields a text, null for NULL; what it leaves in [Cells#wasNull] means nothing.
@FunctionalInterface
interface TextFunction {
  @Nullable String at(Cells cells);
}
