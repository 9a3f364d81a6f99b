package io.cromford.serving;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.core.Suggestions;
import io.cromford.flywheel.AlarmBook;
import io.cromford.flywheel.AlarmState;
import java.time.Duration;
import java.util.List;

/// What persons say of alarms: checks it, and gives the control records that say it.
final class AlarmDesk {
  /// The longest silence.
  private static final Duration LONGEST = Duration.ofDays(366);

  private AlarmDesk() {}

  /// Somebody looks after an alarm.
  ///
  /// @throws CromfordException NOT_FOUND if it is not open
  static Control acknowledge(AlarmBook.Look book, String key, long now, String reason, String by) {
    Succession.requireReason(reason);
    requireOpen(book, key);
    return new Control.Acknowledged(key, now, reason, by);
  }

  /// Somebody says that an alarm is over.
  ///
  /// @throws CromfordException NOT_FOUND if it is not open
  static Control resolve(AlarmBook.Look book, String key, long now, String reason, String by) {
    Succession.requireReason(reason);
    requireOpen(book, key);
    return new Control.Resolved(key, now, reason, by);
  }

  /// Nobody is to be told of some alarms for a while.
  ///
  /// @throws CromfordException USAGE if the keys are none, or the while is too long
  static Control silence(String keys, long now, Duration length, String reason, String by) {
    Succession.requireReason(reason);
    if (!AlarmBook.Silence.isKeys(keys)) {
      throw new CromfordException(
          ErrorCode.USAGE,
          "`%s` is no key of an alarm, nor the start of keys.\nMaybe write it like `missed-frauds`, or `breach/*` for all that start so."
              .formatted(keys));
    }
    if (length.isNegative() || length.compareTo(LONGEST) > 0) {
      throw new CromfordException(
          ErrorCode.USAGE,
          "a silence of %d days is longer than %d.\nMaybe resolve the alarm instead."
              .formatted(length.toDays(), LONGEST.toDays()));
    }
    return new Control.Silenced(keys, now, now + length.toMillis(), reason, by);
  }

  private static void requireOpen(AlarmBook.Look book, String key) {
    List<String> open = book.open().stream().map(AlarmState::key).toList();
    if (open.contains(key)) {
      return;
    }
    String advice =
        Suggestions.nearest(key, open)
            .map("you meant `%s`; `cromford alarms list` shows all."::formatted)
            .orElse("it ended meanwhile: `cromford alarms list` shows all.");
    throw new CromfordException(
        ErrorCode.NOT_FOUND, "no alarm `%s` is open.\nMaybe %s".formatted(key, advice));
  }
}
