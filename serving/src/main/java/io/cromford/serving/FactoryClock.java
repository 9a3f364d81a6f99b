package io.cromford.serving;

import java.time.InstantSource;

/// The factory's one clock. While files are replayed it stands at the arrival of the last record;
/// after that it runs on from there at wall speed. It never goes backwards.
final class FactoryClock {
  private final InstantSource wall;
  private boolean replaying = true;
  private long offset;
  private long latest;

  /// A clock that waits for files to be replayed.
  ///
  /// @param latest the arrival of the last record in the ledger
  FactoryClock(InstantSource wall, long latest) {
    this.wall = wall;
    this.latest = latest;
    this.offset = latest == 0 ? 0 : latest - wall.millis();
  }

  boolean isReplaying() {
    return replaying;
  }

  long now() {
    if (!replaying) {
      latest = Math.max(latest, wall.millis() + offset);
    }
    return latest;
  }

  /// A replayed record arrived.
  void arrived(long millis) {
    latest = Math.max(latest, millis);
  }

  /// There is no replay: from now on the clock is that of the wall.
  void runByTheWall() {
    replaying = false;
    offset = 0;
  }

  /// The replay is over: from now on the clock runs by itself.
  void run() {
    if (replaying) {
      replaying = false;
      offset = latest == 0 ? 0 : latest - wall.millis();
    }
  }
}
