package io.cromford.flywheel;

import io.cromford.core.LongTupleIndex;
import io.cromford.core.SnapshotReader;
import io.cromford.core.SnapshotWriter;
import io.cromford.training.Scored;

/// Which entities had an alert today, whichever model raised it. Days are those of the factory's
/// clock in UTC and do not go backwards. One owning thread.
public final class DayAlerts {
  private final long[] key = new long[1];
  private LongTupleIndex alerted = new LongTupleIndex(1);
  private long day = Long.MIN_VALUE;

  /// Writes the day and who had an alert.
  public void save(SnapshotWriter out) {
    out.section("day's alerts");
    out.number(day);
    alerted.save(out);
  }

  /// Takes on what was saved.
  public void restore(SnapshotReader in) {
    in.section("day's alerts");
    day = in.number();
    alerted = new LongTupleIndex(1);
    alerted.restore(in);
  }

  /// Goes to the day of a moment.
  ///
  /// @param atMillis the factory's clock
  public void advance(long atMillis) {
    long toDay = Math.floorDiv(atMillis, Scored.DAY_MILLIS);
    if (toDay > day) {
      day = toDay;
      alerted = new LongTupleIndex(1);
    }
  }

  /// Whether the entity had an alert today.
  public boolean had(long entity) {
    key[0] = entity;
    return alerted.find(key, 0) >= 0;
  }

  /// The entity has an alert.
  public void add(long entity) {
    key[0] = entity;
    alerted.add(key, 0);
  }
}
