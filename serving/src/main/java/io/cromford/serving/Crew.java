package io.cromford.serving;

import java.util.ArrayList;
import java.util.List;

/// The models that score live, or may have to, numbered from 0 in the order in which they began: a
/// decision's record names its models by these numbers. A fold over control records.
final class Crew {
  private final List<String> versions = new ArrayList<>();

  /// Takes a control record.
  void take(Control control) {
    if (control instanceof Control.Trained trained && trained.isLastResort()) {
      add(trained.model());
    } else if (control instanceof Control.Shadowed shadowed) {
      add(shadowed.model());
    } else if (control instanceof Control.Promoted promoted) {
      add(promoted.model());
    }
  }

  private void add(String version) {
    if (!versions.contains(version)) {
      versions.add(version);
    }
  }

  /// The number of a version.
  ///
  /// @throws IllegalArgumentException if it never scored live
  int number(String version) {
    int number = versions.indexOf(version);
    if (number < 0) {
      throw new IllegalArgumentException("model " + version + " never scored live");
    }
    return number;
  }

  /// The version of a number.
  String version(int number) {
    return versions.get(number);
  }
}
