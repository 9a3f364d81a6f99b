package io.cromford.serving;

import java.time.Instant;
import java.util.Optional;

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

  /// How a model came to answer: by a promotion or as a canary; empty for any other record.
  static Optional<Promotion> how(Control control) {
    return switch (control) {
      case Control.Promoted promoted -> Optional.of(of(promoted));
      case Control.Canaried(String model, long at, long _, double share, String reason) ->
          Optional.of(
              new Promotion(
                  model,
                  model,
                  Instant.ofEpochMilli(at),
                  "a canary for a share of %s: %s".formatted(share, reason),
                  Steps.FACTORY));
      default -> Optional.empty();
    };
  }
}
