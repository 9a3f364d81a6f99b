package io.cromford.serving.definition;

import io.cromford.intake.Rule;
import io.cromford.intake.SourceDefinition;
import io.cromford.training.Segment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where records come from and which column is the truth.
///
/// @param sources in the order of the file; exactly one observation, at least one outcome
/// @param label the truth to be learnt
/// @param segmentRules conditions on an observation: parts that are looked at by themselves, at
///   most [Segment#MOST]
/// @param generate what makes the data where none was given; null if data was given, or nothing
///   makes it
public record DataDefinition(
    List<SourceDefinition> sources,
    LabelDefinition label,
    List<Rule> segmentRules,
    @Nullable GenerateDefinition generate) {
  /// Copies the lists.
  public DataDefinition {
    sources = List.copyOf(sources);
    segmentRules = List.copyOf(segmentRules);
  }

  /// The source of the events that are decided on.
  public SourceDefinition observations() {
    return sources.stream().filter(SourceDefinition::isObservation).findFirst().orElseThrow();
  }

  /// The parts of the observations that are looked at by themselves, numbered from 0.
  public List<Segment> segments() {
    List<Segment> segments = new ArrayList<>();
    for (Rule rule : segmentRules) {
      segments.add(new Segment(segments.size(), rule.name(), rule.text()));
    }
    return segments;
  }

  /// The source of the label.
  public SourceDefinition outcomes() {
    return source(label.source());
  }

  /// A source by its name.
  ///
  /// @throws IllegalArgumentException if there is none
  public SourceDefinition source(String name) {
    return sources.stream()
        .filter(source -> source.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no source `" + name + "`"));
  }
}
