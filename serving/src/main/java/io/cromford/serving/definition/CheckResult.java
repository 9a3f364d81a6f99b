package io.cromford.serving.definition;

import io.cromford.core.CromfordException;
import io.cromford.core.Problem;
import java.util.List;

/// What came of checking a factory's folder.
public sealed interface CheckResult {
  /// Everything holds together.
  record Passed(CheckedFactory factory) implements CheckResult {}

  /// Something does not hold.
  ///
  /// @param problems all of them, the factory file's before the SQL's; at least one
  record Failed(List<Problem> problems) implements CheckResult {
    /// Copies the problems.
    public Failed {
      problems = List.copyOf(problems);
    }
  }

  /// The checked factory.
  ///
  /// @throws CromfordException with all problems if something does not hold
  default CheckedFactory orThrow() {
    return switch (this) {
      case Passed(CheckedFactory factory) -> factory;
      case Failed(List<Problem> problems) -> throw CromfordException.of(problems);
    };
  }
}
