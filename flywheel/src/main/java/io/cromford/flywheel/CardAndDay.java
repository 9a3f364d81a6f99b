package io.cromford.flywheel;

import io.cromford.training.Scored;

/// A card on a day: what an alert is about.
record CardAndDay(long card, long day) {
  static CardAndDay of(Scored rows, int row) {
    return new CardAndDay(rows.entity(row), rows.day(row));
  }
}
