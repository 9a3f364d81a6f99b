package io.cromford.flywheel;

import java.time.Duration;
import java.util.Optional;

/// An alarm from when it was raised until it ended, however often it was raised meanwhile.
///
/// @param last what was said last
/// @param firstMillis the factory time at which it was raised first
/// @param count how often it was raised, ≥ 1
/// @param acknowledged who said last that they look after it; absent if nobody did
/// @param ended how it ended; absent while it is open
public record AlarmState(
    Alarm last, long firstMillis, long count, Optional<Word> acknowledged, Optional<Word> ended) {
  /// What somebody said.
  ///
  /// @param atMillis the factory time of it
  /// @param by `factory`, or the name of who said it
  /// @param reason why, in words
  public record Word(long atMillis, String by, String reason) {
    /// What the factory says by itself.
    static final String FACTORY = "factory";
  }

  static AlarmState of(Alarm alarm) {
    return new AlarmState(alarm, alarm.atMillis(), 1, Optional.empty(), Optional.empty());
  }

  /// Its key.
  public String key() {
    return last.key();
  }

  /// Whether it has not ended.
  public boolean isOpen() {
    return ended.isEmpty();
  }

  /// Whether somebody looks after it: an acknowledgement holds for what is raised until so long
  /// after it; what goes on longer is said anew.
  public boolean isLookedAfter(Duration holds) {
    return acknowledged
        .filter(word -> last.atMillis() <= word.atMillis() + holds.toMillis())
        .isPresent();
  }

  AlarmState raisedAgain(Alarm alarm) {
    Alarm newer = alarm.atMillis() >= last.atMillis() ? alarm : last;
    return new AlarmState(newer, firstMillis, count + 1, acknowledged, Optional.empty());
  }

  AlarmState acknowledged(Word word) {
    return new AlarmState(last, firstMillis, count, Optional.of(word), ended);
  }

  AlarmState ended(Word word) {
    return new AlarmState(last, firstMillis, count, acknowledged, Optional.of(word));
  }
}
