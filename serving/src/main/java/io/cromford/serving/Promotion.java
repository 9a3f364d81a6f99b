package io.cromford.serving;

import java.time.Instant;

/// A model that became the champion.
///
/// @param model its version
/// @param judged the version that was judged in its place; the same unless it is a refit
/// @param at the factory time of it
/// @param reason why, in words
/// @param by `factory`, or the name of who did it
public record Promotion(String model, String judged, Instant at, String reason, String by) {
  static Promotion of(Control.Promoted record) {
    return new Promotion(
        record.model(),
        record.judged(),
        Instant.ofEpochMilli(record.atMillis()),
        record.reason(),
        record.by());
  }
}
