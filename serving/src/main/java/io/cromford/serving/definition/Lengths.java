package io.cromford.serving.definition;

import java.time.Duration;
import java.util.Optional;

/// Lengths of time as the factory file writes them, for others that take them.
public final class Lengths {
  private Lengths() {}

  /// `7d`, `36h`, `5m`, `90s`, `250ms`, `8w`; empty if the text is none.
  public static Optional<Duration> parse(String text) {
    return Quantities.duration(text);
  }
}
