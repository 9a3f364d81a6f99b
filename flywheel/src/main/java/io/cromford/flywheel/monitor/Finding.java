package io.cromford.flywheel.monitor;

/// What a day's figures begin or end.
public sealed interface Finding {
  /// The monitor's key, as `missing-share/amount`.
  String key();

  /// What was seen, in words.
  String message();

  /// A monitor is not as it was: a person should look.
  ///
  /// @param seen what it read and what is usual
  record Drifted(String key, Seen seen, String message) implements Finding {}

  /// A monitor that was in alarm is so no more.
  ///
  /// @param isUsualNow whether the days in alarm are what is usual from here on; false if it is
  ///   back where it was
  record Settled(String key, boolean isUsualNow, String message) implements Finding {}

  /// What a monitor read and what is usual, in the unit of its kind.
  ///
  /// @param value the day's
  /// @param usual the centre
  /// @param low below which it would be an alarm; 0 where less is none
  /// @param high above which it would be an alarm
  record Seen(double value, double usual, double low, double high) {
    boolean isUsual() {
      return value >= low && value <= high;
    }
  }
}
