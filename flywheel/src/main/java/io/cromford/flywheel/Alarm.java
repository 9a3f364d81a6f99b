package io.cromford.flywheel;

import java.util.Locale;
import java.util.regex.Pattern;

/// Something that a person should look at.
///
/// @param atMillis the factory time of it
/// @param key what it is about, the same each time: a kind, or a kind and its subject, such as
///   `missed-frauds` or `breach/3f2a9c`
/// @param severity how soon somebody should look
/// @param message what was seen, in words, with advice on a new line that starts with "Maybe"; no
///   personal data, since it leaves the machine
public record Alarm(long atMillis, String key, Severity severity, String message) {
  private static final Pattern KEY =
      Pattern.compile("[a-z][a-z0-9-]{0,39}(/[A-Za-z0-9._-]{1,80})?");

  /// How soon somebody should look.
  public enum Severity {
    /// Within days.
    WARNING,
    /// Today.
    CRITICAL;

    /// As it is written: `warning` or `critical`.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Checks the key.
  public Alarm {
    if (!isKey(key)) {
      throw new IllegalArgumentException("`" + key + "` is no key of an alarm");
    }
  }

  /// Whether a text can be the key of an alarm.
  public static boolean isKey(String text) {
    return KEY.matcher(text).matches();
  }

  /// The kind: the key without its subject.
  public String kind() {
    int slash = key.indexOf('/');
    return slash < 0 ? key : key.substring(0, slash);
  }
}
