package io.cromford.serving.delivery;

import io.cromford.flywheel.AlarmState;
import io.cromford.serving.AlarmList;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a target is to be told, given what it was told: a function without clock or chance.
///
/// @param repeatAfter how long until it is told again of an alarm that stays open
/// @param heedsAcknowledgement whether that ends once somebody looks after the alarm
record DeliveryRule(Duration repeatAfter, boolean heedsAcknowledgement) {
  /// What it is to be told now.
  ///
  /// @param factoryMillis the factory's clock
  /// @param wallMillis the wall's
  List<Due> due(AlarmList alarms, DeliveryState state, long factoryMillis, long wallMillis) {
    List<Due> due = new ArrayList<>();
    alarms
        .all()
        .forEach(alarm -> {
          Optional<Told> told = state.of(alarm);
          boolean isDue =
              alarm.isOpen()
                  ? isOpenDue(alarm, told, wallMillis) && !alarms.isSilenced(alarm, factoryMillis)
                  : isEndDue(alarm, told, state.sinceMillis())
                      && (told.isPresent() || !alarms.isSilenced(alarm, factoryMillis));
          if (isDue) {
            due.add(new Due(alarm, told.map(Told::times).orElse(0)));
          }
        });
    return due;
  }

  private boolean isOpenDue(AlarmState alarm, Optional<Told> told, long wallMillis) {
    if (told.isEmpty() || told.get().over()) {
      return true;
    }
    return wallMillis - told.get().atMillis() >= repeatAfter.toMillis()
        && !(heedsAcknowledgement && alarm.isLookedAfter(repeatAfter));
  }

  /// Whoever heard of an alarm hears of its end, and so does who had no chance to hear of it.
  private static boolean isEndDue(AlarmState alarm, Optional<Told> told, long since) {
    return told.map(one -> !one.over())
        .orElseGet(() -> alarm.ended().filter(word -> word.atMillis() > since).isPresent());
  }
}
