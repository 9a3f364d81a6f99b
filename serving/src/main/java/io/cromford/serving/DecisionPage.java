package io.cromford.serving;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Decisions that were found, the newest first.
///
/// @param lines what was found
/// @param next the cursor to go on from; empty where nothing older can be found
/// @param searchedTo back to which moment was looked; empty if nothing was looked at
public record DecisionPage(
    List<DecisionLine> lines, OptionalInt next, Optional<Instant> searchedTo) {
  /// Nothing was found.
  public static final DecisionPage NONE =
      new DecisionPage(List.of(), OptionalInt.empty(), Optional.empty());

  /// Copies the lines.
  public DecisionPage {
    lines = List.copyOf(lines);
  }
}
