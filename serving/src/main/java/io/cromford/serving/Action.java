package io.cromford.serving;

import java.util.Locale;

/// What was decided on an observation.
public enum Action {
  /// Nothing: the score is below the threshold.
  PASS(0),
  /// A person should look: the score reached the threshold, for the first time today for its
  /// entity.
  ALERT(1),
  /// The score reached the threshold, but its entity already has today's alert.
  ALERTED_BEFORE(2),
  /// The entity has a known positive, so it was blocked whatever its score.
  BLOCK(3),
  /// The score reached the threshold, and it was let through at random, to learn what becomes of
  /// such: treat it as a pass.
  EXPLORED(4);

  private final byte code;

  Action(int code) {
    this.code = (byte) code;
  }

  /// The code in a record; never changes.
  byte code() {
    return code;
  }

  /// The name in answers and tables: `alerted-before`.
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Action of(byte code) {
    for (Action action : values()) {
      if (action.code == code) {
        return action;
      }
    }
    throw new IllegalArgumentException("no action has the code " + code);
  }
}
