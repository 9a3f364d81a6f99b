package io.cromford.serving;

/// Which records in quarantine a person wants to be held against their contracts again.
///
/// @param source whose; empty for all sources
/// @param rule which rule they broke; empty for all
/// @param reason why, in words, at most [WorkOrder#LONGEST_NOTE] characters
/// @param by the name of who wants it, at most [WorkOrder#LONGEST_NAME] characters
public record ReplayOrder(String source, String rule, String reason, String by) {
  /// Checks what it says by itself.
  ///
  /// @throws io.cromford.core.CromfordException USAGE if something is missing or too much
  public ReplayOrder {
    reason = reason.strip();
    by = by.strip();
    RepairOrder.requireWho(reason, by);
  }

  /// All of them.
  public static ReplayOrder all(String reason, String by) {
    return new ReplayOrder("", "", reason, by);
  }

  /// Whether not all are meant.
  boolean isPart() {
    return !source.isEmpty() || !rule.isEmpty();
  }
}
