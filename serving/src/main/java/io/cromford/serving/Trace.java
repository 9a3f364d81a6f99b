package io.cromford.serving;

import io.cromford.core.CromfordException;
import org.jspecify.annotations.Nullable;

/// A failure as it may be logged: classes and places. Messages may hold what a client sent, so only
/// our own are shown, which never do.
final class Trace {
  private static final int FRAMES = 20;

  private Trace() {}

  /// The failure and its causes, a line for each and for each of the first frames.
  static String of(Throwable failure) {
    StringBuilder text = new StringBuilder();
    int causes = 0;
    for (@Nullable Throwable at = failure; at != null && causes < 5; at = at.getCause(), causes++) {
      text.append(causes == 0 ? "" : "\ncaused by ").append(at.getClass().getName());
      if (at instanceof CromfordException expected) {
        text.append(' ').append(expected.code()).append(": ").append(expected.getMessage());
      }
      StackTraceElement[] frames = at.getStackTrace();
      for (int i = 0; i < Math.min(FRAMES, frames.length); i++) {
        text.append("\n\tat ").append(frames[i]);
      }
    }
    return text.toString();
  }
}
