package io.cromford.serving.definition;

import java.util.Comparator;

/// Where something is in a text.
///
/// @param line from 1
/// @param column from 1
record Place(int line, int column) implements Comparable<Place> {
  static final Place START = new Place(1, 1);

  private static final Comparator<Place> ORDER =
      Comparator.comparingInt(Place::line).thenComparingInt(Place::column);

  Place right(int characters) {
    return new Place(line, column + characters);
  }

  @Override
  public int compareTo(Place other) {
    return ORDER.compare(this, other);
  }
}
