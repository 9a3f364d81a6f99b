package io.cromford.serving;

import io.cromford.flywheel.Truth;

/// What is known of all observations at a moment, by ordinal. Any thread may read it while the
/// books go on; what they learn later is not in it.
final class Observations {
  private final int size;
  private final long[] eventMillis;
  private final byte[] words;
  private final int[] segments;
  private final long[] decisionPositions;
  private final Fates fates;

  /// @param eventMillis of each, never changed; may be longer
  /// @param words what outcomes say of each, as of [OutcomeBook#words]; taken over
  /// @param segments of each, never changed; may be longer
  /// @param decisionPositions of each; -1 where nothing was decided; may be longer
  /// @param fates what was done about each; taken over
  Observations(
      int size,
      long[] eventMillis,
      byte[] words,
      int[] segments,
      long[] decisionPositions,
      Fates fates) {
    this.size = size;
    this.eventMillis = eventMillis;
    this.words = words;
    this.segments = segments;
    this.decisionPositions = decisionPositions;
    this.fates = fates;
  }

  int size() {
    return size;
  }

  long eventMillis(int ordinal) {
    return eventMillis[ordinal];
  }

  /// What outcomes say of an observation: the most trusted that has spoken.
  Truth truth(int ordinal) {
    return OutcomeBook.truth(words[ordinal]);
  }

  /// What is known of an observation without the label.
  Truth verdict(int ordinal) {
    return OutcomeBook.verdict(words[ordinal]);
  }

  /// Whether somebody gave a verdict that the label may overrule, or has.
  boolean isAnswered(int ordinal) {
    return OutcomeBook.isAnswered(words[ordinal]);
  }

  int segments(int ordinal) {
    return segments[ordinal];
  }

  /// Where the decision on an observation stands in the ledger; -1 if there is none.
  long decisionPosition(int ordinal) {
    return decisionPositions[ordinal];
  }

  /// What was done about them.
  Fates fates() {
    return fates;
  }
}
