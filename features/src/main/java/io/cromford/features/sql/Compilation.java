package io.cromford.features.sql;

import io.cromford.core.Problem;
import io.cromford.features.plan.FeaturePlan;
import java.util.List;

/// What became of a text: a plan, or everything that is wrong with it.
public sealed interface Compilation {
  /// The text is a query of the dialect.
  record Compiled(FeaturePlan plan) implements Compilation {}

  /// The text is refused.
  ///
  /// @param problems at least one, in the order of the text
  record Refused(List<Problem> problems) implements Compilation {
    /// Copies the problems.
    public Refused {
      problems = List.copyOf(problems);
    }
  }
}
