package io.cromford.app;

/// What was found out about a machine.
///
/// @param what the thing looked at, in a word or two
/// @param found what there is
/// @param advice what to do about it, without the leading "Maybe"; empty if all is well
record Finding(String what, String found, String advice) {
  /// All is well.
  static Finding well(String what, String found) {
    return new Finding(what, found, "");
  }

  boolean isWell() {
    return advice.isEmpty();
  }

  @Override
  public String toString() {
    String line = "%-6s %-14s %s".formatted(isWell() ? "has" : "lacks", what, found);
    return isWell() ? line : "%s%n%22sMaybe %s".formatted(line, "", advice);
  }
}
