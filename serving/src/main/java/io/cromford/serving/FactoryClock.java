package io.cromford.serving;

import java.time.InstantSource;

/// The factory's one clock. While files are replayed it stands at the arrival of the last record;
/// after that it runs on from there at wall speed. It never goes backwards.
final class FactoryClock {
  private final InstantSource wall;
  private volatile boolean replaying = true;
  private volatile long offset;
  private long latest;

  /// A clock that waits for files to be replayed.
  ///
  /// @param latest the arrival of the last record in the ledger
  FactoryClock(InstantSource wall, long latest) {
    this.wall = wall;
    this.latest = latest;
    this.offset = latest == 0 ? 0 : latest - wall.millis();
  }

  /// Any thread may ask.
  boolean isReplaying() {
    return replaying;
  }

  long now() {
    if (!replaying) {
      latest = Math.max(latest, wall.millis() + offset);
    }
    return latest;
  }

  /// What it shows to any thread, also while nothing comes in.
  ///
  /// @param known a moment that it has shown
  long shown(long known) {
    return replaying ? known : Math.max(known, wall.millis() + offset);
  }

  /// A replayed record arrived.
  void arrived(long millis) {
    latest = Math.max(latest, millis);
  }

  /// There is no replay: from now on the clock is that of the wall.
  void runByTheWall() {
    offset = 0;
    replaying = false;
  }

  /// The replay is over: from now on the clock runs by itself.
  void run() {
    if (replaying) {
      offset = latest == 0 ? 0 : latest - wall.millis();
      replaying = false;
    }
  }
}
