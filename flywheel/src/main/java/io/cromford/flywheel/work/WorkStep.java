package io.cromford.flywheel.work;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What a person does about an alert.
public enum WorkStep {
  /// They look after it from here on.
  CLAIM,
  /// They look after it no more.
  RELEASE,
  /// They are done with it; says what came of it.
  CLOSE,
  /// It is to be worked on again.
  REOPEN,
  /// They write something down.
  NOTE,
  /// They were shown its score.
  SEEN;

  /// The name in records and paths: `claim`.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The step of a name; empty if there is none.
  public static Optional<WorkStep> of(String text) {
    return Arrays.stream(values()).filter(step -> step.text().equals(text)).findFirst();
  }
}
