package io.cromford.serving;

import io.cromford.flywheel.work.WorkItem;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The alerts of the last days and how the work on them stands.
///
/// @param at the factory's clock
/// @param budget what the day's work comes to
/// @param counts how many stand where
/// @param entries those that were asked for, the most money at risk first; at most [#MOST]
/// @param currency of the money
/// @param verdict how a verdict is told; empty if no source takes one
public record WorkView(
    Instant at,
    Budget budget,
    Map<WorkItem.Status, Integer> counts,
    List<Entry> entries,
    String currency,
    Optional<VerdictForm> verdict) {
  /// The most alerts in an answer.
  public static final int MOST = 500;

  /// No work.
  public static final WorkView NONE =
      new WorkView(
          Instant.EPOCH, new Budget(0, 0, 0, 0), Map.of(), List.of(), "", Optional.empty());

  /// Copies the lists.
  public WorkView {
    counts = counts.isEmpty() ? Map.of() : Map.copyOf(new EnumMap<>(counts));
    entries = List.copyOf(entries);
  }

  /// What the day's work comes to, by the factory's clock in UTC.
  ///
  /// @param alertsPerDay how many people can look at
  /// @param alerted how many came today
  /// @param worked how many people dealt with today, whenever they came
  /// @param lapsed how many were forgotten, in all, before anybody dealt with them
  public record Budget(int alertsPerDay, int alerted, long worked, long lapsed) {
    /// How many more people can look at today.
    public long left() {
      return Math.max(0, alertsPerDay - worked);
    }
  }

  /// An alert as work.
  public record Entry(DecisionLine line, WorkItem item) {}
}
