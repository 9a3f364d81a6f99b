package io.cromford.intake;

/// What earlier runs have already taken in, so that nothing is read twice.
///
/// The records of an observation source stand in the ledger in the order of their file, so a count
/// suffices for them. Outcomes that arrive a delay after their observation leave their file in
/// another order; for them the row has to be known.
@FunctionalInterface
public interface TakenRows {
  /// Nothing was taken in before.
  TakenRows NONE = (_, _) -> false;

  /// Whether a row of a source is in the ledger, accepted, quarantined or as a duplicate.
  boolean holds(String source, Origin origin);
}
