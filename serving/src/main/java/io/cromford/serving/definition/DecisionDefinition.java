package io.cromford.serving.definition;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.cromford.training.Costs;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What is done with a score.
///
/// @param entity the column of the observation that alerts are about: at most one a day for each
/// @param alertsPerDay how many alerts a day people can look at
/// @param reasons how many features explain an alert
/// @param knownPositives what is done about an entity that has a known positive
/// @param explore how much that would be stopped is let through at random; null for nothing
/// @param costs what a decision costs
public record DecisionDefinition(
    String entity,
    int alertsPerDay,
    int reasons,
    KnownPositives knownPositives,
    @Nullable Explore explore,
    CostsDefinition costs) {
  /// A share of what would be stopped is let through at random, so that it is known what becomes of
  /// such.
  ///
  /// @param oneIn of how many one is, at least 2
  public record Explore(int oneIn) {}

  /// What is done about an entity with a known positive.
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "action")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = KnownPositives.None.class, name = "none"),
    @JsonSubTypes.Type(value = KnownPositives.Block.class, name = "block")
  })
  public sealed interface KnownPositives {
    /// Nothing: its observations are scored as all others.
    record None() implements KnownPositives {}

    /// Its observations are blocked without an alert.
    ///
    /// @param duration for how long after the positive became known
    record Block(Duration duration) implements KnownPositives {}
  }

  /// What decisions cost, all in one currency.
  ///
  /// @param currency three letters
  /// @param investigation what looking at an alert costs
  /// @param missed what a positive without an alert costs
  public record CostsDefinition(String currency, double investigation, Missed missed) {
    /// What training and the weekly account reckon with; a row's amount is the value of the missed
    /// column.
    public Costs costs() {
      Costs.Missed each =
          switch (missed) {
            case Missed.Column _ -> new Costs.Missed.Amount();
            case Missed.Fixed(double cost) -> new Costs.Missed.Fixed(cost);
          };
      return new Costs(investigation, each, currency);
    }
  }

  /// What a positive without an alert costs.
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "costs")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Missed.Column.class, name = "column"),
    @JsonSubTypes.Type(value = Missed.Fixed.class, name = "fixed")
  })
  public sealed interface Missed {
    /// The value of a numeric column of the observation.
    record Column(String name) implements Missed {}

    /// The same for each.
    record Fixed(double cost) implements Missed {}
  }
}
