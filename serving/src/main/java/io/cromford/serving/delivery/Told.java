package io.cromford.serving.delivery;

import io.cromford.flywheel.AlarmState;

/// What a target was told of an alarm last. Key and first time name the alarm.
///
/// @param key the alarm's
/// @param firstMillis the factory time at which it was raised first
/// @param over whether the target knows that it ended
/// @param atMillis when it was told, by the wall's clock
/// @param times how often it was told while the alarm was open
record Told(String key, long firstMillis, boolean over, long atMillis, int times) {
  static Told of(Due due, long wallMillis) {
    AlarmState alarm = due.alarm();
    return new Told(
        alarm.key(),
        alarm.firstMillis(),
        !alarm.isOpen(),
        wallMillis,
        due.times() + (alarm.isOpen() ? 1 : 0));
  }

  boolean isOf(AlarmState alarm) {
    return key.equals(alarm.key()) && firstMillis == alarm.firstMillis();
  }
}
