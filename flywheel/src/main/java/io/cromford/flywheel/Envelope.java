package io.cromford.flywheel;

import io.cromford.training.report.Figures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Within what the factory may promote by itself, as somebody approved it; outside a person
/// decides.
///
/// A function of the challenger and the time, without clock or chance.
///
/// @param learners the kinds of model; empty for any
/// @param features the name of a feature view, the SHA-256 of its query, or enough of its start;
///   [#CURRENT] for that of the model that serves; empty for any
/// @param parameters from where to where a parameter may lie, by its name; a learner that has no
///   such parameter is not held to it
/// @param segmentLoss the most average precision that it may have lost on a named segment; null for
///   any loss that the gate lets pass
/// @param expires from when on it does not hold; null for never
/// @param approvedBy who approved it; empty if the factory file does not say
public record Envelope(
    List<String> learners,
    String features,
    SortedMap<String, Range> parameters,
    @Nullable Double segmentLoss,
    @Nullable Instant expires,
    String approvedBy) {
  /// The features of the model that serves.
  public static final String CURRENT = "current";

  /// Copies the collections.
  public Envelope {
    learners = List.copyOf(learners);
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
  }

  /// Where a parameter may lie.
  ///
  /// @param from the least
  /// @param to the most, ≥ from
  public record Range(double from, double to) {
    /// Checks the order.
    public Range {
      if (!(from <= to)) {
        throw new IllegalArgumentException("a range from " + from + " to " + to);
      }
    }

    boolean holds(double value) {
      return value >= from && value <= to;
    }
  }

  /// Who would take over.
  ///
  /// @param learner its learner
  /// @param parameters the learner's, as text
  /// @param view the feature view that it was fitted on
  /// @param champions that of the model that serves
  /// @param segments what it gained on each named segment; empty where that is not defined
  public record Challenger(
      String learner,
      Map<String, String> parameters,
      String view,
      String champions,
      Map<String, Optional<Double>> segments) {
    /// Copies the maps.
    public Challenger {
      parameters = Map.copyOf(parameters);
      segments = Collections.unmodifiableSortedMap(new TreeMap<>(segments));
    }
  }

  /// Why a challenger lies outside, in words; empty if it lies inside.
  public List<String> outside(Challenger challenger, long atMillis) {
    List<String> reasons = new ArrayList<>();
    if (isExpired(atMillis)) {
      reasons.add("it expired on " + expires);
    }
    if (!learners.isEmpty() && !learners.contains(challenger.learner)) {
      reasons.add("`%s` is none of its learners".formatted(challenger.learner));
    }
    otherFeatures(challenger).ifPresent(reasons::add);
    parameters.forEach((name, range) ->
        beyond(name, range, challenger.parameters.get(name)).ifPresent(reasons::add));
    challenger.segments.forEach((segment, gain) -> loss(segment, gain).ifPresent(reasons::add));
    return reasons;
  }

  /// Whether its time is over.
  public boolean isExpired(long atMillis) {
    return expires != null && atMillis >= expires.toEpochMilli();
  }

  private Optional<String> otherFeatures(Challenger challenger) {
    boolean isApproved =
        features.isEmpty()
            || (features.equals(CURRENT)
                ? challenger.view.equals(challenger.champions)
                : challenger.view.startsWith(features));
    return isApproved
        ? Optional.empty()
        : Optional.of("the features %.12s are not those approved".formatted(challenger.view));
  }

  private static Optional<String> beyond(String name, Range range, @Nullable String text) {
    if (text == null || range.holds(number(text))) {
      return Optional.empty();
    }
    return Optional.of("`%s` is %s, not from %s to %s".formatted(name, text, range.from, range.to));
  }

  /// What is no number lies in no range.
  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException _) {
      return Double.NaN;
    }
  }

  private Optional<String> loss(String segment, Optional<Double> gain) {
    if (segmentLoss == null || gain.filter(value -> value >= -segmentLoss).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        gain.map(value ->
                "on `%s` the gain is %s, where a loss of %s is the most approved"
                    .formatted(segment, Figures.signed(value, 4), segmentLoss))
            .orElse("on `%s` there was nothing to judge by".formatted(segment)));
  }

  /// What it says, on one line.
  public String describe() {
    List<String> parts = new ArrayList<>();
    if (!learners.isEmpty()) {
      parts.add("learners " + String.join(", ", learners));
    }
    if (!features.isEmpty()) {
      parts.add("features " + (features.equals(CURRENT) ? "as they serve" : features));
    }
    parameters.forEach(
        (name, range) -> parts.add("%s from %s to %s".formatted(name, range.from, range.to)));
    if (segmentLoss != null) {
      parts.add("a loss of at most %s on a segment".formatted(segmentLoss));
    }
    parts.add(expires == null ? "without end" : "until " + expires);
    parts.add("approved by " + (approvedBy.isEmpty() ? "nobody named" : approvedBy));
    return String.join("; ", parts);
  }
}
