package io.cromford.serving.delivery;

import io.cromford.flywheel.AlarmState;

/// What a target has to be told.
///
/// @param alarm where the alarm stands
/// @param times how often the target was told of it before, while it was open
record Due(AlarmState alarm, int times) {
  /// The word for where it stands.
  String status() {
    return alarm.isOpen() ? "firing" : "resolved";
  }
}
