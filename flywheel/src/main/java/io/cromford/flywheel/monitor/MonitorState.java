package io.cromford.flywheel.monitor;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How one monitor stood on the last day that is over.
///
/// @param kind what is looked at
/// @param subject of what: a feature, a source, a segment, or `all`
/// @param status whether it is as usual
/// @param value what it read, in the unit of the kind
/// @param seen what is usual; null while too little is known
/// @param sinceMillis when its alarm was raised, by the factory's clock; -1 if there is none
public record MonitorState(
    MonitorKind kind,
    String subject,
    Status status,
    double value,
    Finding.@Nullable Seen seen,
    long sinceMillis) {
  /// Whether a monitor is as usual.
  public enum Status {
    /// It is.
    OK,
    /// Too few days are known to say.
    LEARNING,
    /// The windows that it reads do not reach back to their start yet, so that its values still
    /// move by themselves: it is not judged.
    FILLING,
    /// It is not, and a person should look.
    ALARM;

    /// As it is shown.
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// The monitor's key, as `missing-share/amount`.
  public String key() {
    return kind.key(subject);
  }
}
