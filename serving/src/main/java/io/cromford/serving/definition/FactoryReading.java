package io.cromford.serving.definition;

import io.cromford.core.CromfordException;
import io.cromford.core.Problem;
import java.util.List;

/// What came of reading a factory file.
public sealed interface FactoryReading {
  /// The file holds.
  record Valid(FactoryDefinition definition) implements FactoryReading {}

  /// The file does not hold.
  ///
  /// @param problems all of them, in the order of their places; at least one
  record Invalid(List<Problem> problems) implements FactoryReading {
    /// Copies the problems.
    public Invalid {
      problems = List.copyOf(problems);
    }
  }

  /// The definition.
  ///
  /// @throws CromfordException with all problems if the file does not hold
  default FactoryDefinition orThrow() {
    return switch (this) {
      case Valid(FactoryDefinition definition) -> definition;
      case Invalid(List<Problem> problems) -> throw CromfordException.of(problems);
    };
  }
}
