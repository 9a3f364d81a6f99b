package io.cromford.features.sql;

import io.cromford.core.Column;
import io.cromford.core.ColumnType;
import io.cromford.core.Schema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a feature query can name: the observation source and the outcome that is joined to it.
///
/// @param source the observation source's name
/// @param observation its columns
/// @param id its id column
/// @param eventTime its event-time column, a timestamp
/// @param outcome what becomes of an observation; null if the factory has no outcome source
public record Catalog(
    String source, Schema observation, String id, String eventTime, @Nullable Outcome outcome) {
  /// The outcome source.
  ///
  /// @param columns its columns but for the observation's id
  /// @param label the column that the model predicts
  /// @param maturity how long after the event the label counts as known
  public record Outcome(List<Column> columns, String label, Duration maturity) {
    /// Copies the columns and checks that the label is one of them.
    public Outcome {
      columns = List.copyOf(columns);
      if (columns.stream().noneMatch(c -> c.name().equals(label))) {
        throw new IllegalArgumentException("the label `%s` is no column".formatted(label));
      }
      if (maturity.isNegative()) {
        throw new IllegalArgumentException("a maturity of %s is negative".formatted(maturity));
      }
    }
  }

  /// Checks that the id and the event time are columns, and that no name is used twice.
  public Catalog {
    observation.indexOf(id);
    ColumnType time = observation.column(observation.indexOf(eventTime)).type();
    if (!time.equals(ColumnType.TIMESTAMP)) {
      throw new IllegalArgumentException("the event time `%s` is a %s".formatted(eventTime, time));
    }
    input(observation, outcome);
  }

  /// The columns an expression can read: first the observation's, then the outcome's.
  public Schema input() {
    return input(observation, outcome);
  }

  /// Milliseconds from an event until its outcome counts as known; 0 if there is no outcome.
  public long maturityMillis() {
    return outcome == null ? 0 : outcome.maturity().toMillis();
  }

  private static Schema input(Schema observation, @Nullable Outcome outcome) {
    List<Column> columns = new ArrayList<>(observation.columns());
    if (outcome != null) {
      columns.addAll(outcome.columns());
    }
    return new Schema(columns);
  }
}
