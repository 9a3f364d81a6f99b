package io.cromford.intake;

import io.cromford.core.ColumnType;
import io.cromford.core.Schema;
import io.cromford.core.Suggestions;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where records come from and what they have to be: one entry under `sources` of a factory file.
///
/// @param name the name, unique in a factory
/// @param schema the columns of a record
/// @param role whether its records are decided on or are the truth about others
/// @param timing when a record happened and when it arrived
/// @param terms the declared cleaning and rules
/// @param reading the files to read; null for a source that only arrives live
public record SourceDefinition(
    String name, Schema schema, Role role, Timing timing, Terms terms, @Nullable Reading reading) {
  /// What a source's records are.
  public sealed interface Role {
    /// The column that identifies: the record itself, or the observation it judges.
    String id();
  }

  /// Events to be decided on.
  ///
  /// @param id the column that identifies an event
  public record Observation(String id) implements Role {}

  /// The truth about observations, often late.
  ///
  /// @param id the column of this source that holds the observation's id
  /// @param of the observation source
  /// @param ofColumn its id column
  public record Outcome(String id, String of, String ofColumn) implements Role {}

  /// When a record happened and when it arrived.
  ///
  /// @param eventTime null if records have no time of their own; an observation has one
  /// @param arrival when a record of a file counts as arrived
  public record Timing(@Nullable EventTime eventTime, Arrival arrival) {}

  /// What is mended in a record and what it is held to.
  ///
  /// @param clean the cleaning per column, at most one of a kind; columns without any are absent
  /// @param rules in the order in which they are checked
  public record Terms(Map<String, List<Cleaning>> clean, List<Rule> rules) {
    /// No cleaning, no rules.
    public static final Terms NONE = new Terms(Map.of(), List.of());

    /// Copies both.
    public Terms {
      clean = Map.copyOf(clean);
      rules = List.copyOf(rules);
    }
  }

  /// Checks that the columns named exist and suit their part.
  ///
  /// @throws IllegalArgumentException if the definition does not hold, with advice
  public SourceDefinition {
    require(schema, role.id(), name);
    checkEventTime(name, schema, role, timing);
    terms.clean().keySet().forEach(column -> require(schema, column, name));
    terms.clean().forEach((column, list) -> Cleaning.check(schema, column, list));
    if (reading != null) {
      Schema columns = schema;
      reading.columns().keySet().forEach(column -> require(columns, column, name));
      reading.timestamps().keySet().forEach(column -> require(columns, column, name));
    }
  }

  /// Whether its records are decided on.
  public boolean isObservation() {
    return role instanceof Observation;
  }

  /// The index of the id column.
  public int idColumn() {
    return schema.indexOf(role.id());
  }

  private static void checkEventTime(String name, Schema schema, Role role, Timing timing) {
    EventTime time = timing.eventTime();
    if (time == null) {
      if (role instanceof Observation || timing.arrival() instanceof Arrival.AtEventTime) {
        throw new IllegalArgumentException(
            "source `%s` has no event time.\nMaybe add `event-time: {column: …}`.".formatted(name));
      }
      return;
    }
    require(schema, time.column(), name);
    ColumnType type = schema.column(schema.indexOf(time.column())).type();
    if (type.kind() != ColumnType.Kind.TIMESTAMP) {
      throw new IllegalArgumentException(
          "the event time `%s` of source `%s` is a %s.\nMaybe declare it a timestamp."
              .formatted(time.column(), name, type));
    }
    if (schema.column(schema.indexOf(time.column())).nullable()) {
      throw new IllegalArgumentException(
          "the event time `%s` of source `%s` is nullable.\nMaybe declare it not null."
              .formatted(time.column(), name));
    }
  }

  private static void require(Schema schema, String column, String source) {
    if (schema.find(column).isPresent()) {
      return;
    }
    List<String> names = schema.columns().stream().map(c -> c.name()).toList();
    String advice =
        Suggestions.nearest(column, names)
            .map(near -> "Maybe you meant `%s`; it has %s.".formatted(near, schema.names()))
            .orElse("Maybe one of %s.".formatted(schema.names()));
    throw new IllegalArgumentException(
        "source `%s` has no column `%s`.\n%s".formatted(source, column, advice));
  }
}
