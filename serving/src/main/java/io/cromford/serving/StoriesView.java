package io.cromford.serving;

import io.cromford.flywheel.SavedSince;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What happened to a factory that was out of the usual, and what came of it.
///
/// @param atMillis the factory's clock
/// @param currency of the money
/// @param isLive whether a model serves
/// @param stories the latest first; empty if nothing was out of the usual
public record StoriesView(long atMillis, String currency, boolean isLive, List<Told> stories) {
  /// No model serves.
  public static final StoriesView NONE = new StoriesView(0, "", false, List.of());

  /// Copies the list.
  public StoriesView {
    stories = List.copyOf(stories);
  }

  /// A story, and what its answer was worth.
  ///
  /// @param week in which more was missed, or the alarm was raised; 0 for one before go-live
  /// @param saved from when somebody took over until they were taken back, as far as it is mature;
  ///   null where nobody did, or nothing of it is mature
  /// @param maturesMillis when the first of it is mature, if nothing is; 0 if nobody took over
  /// @param text all of it in a few sentences
  public record Told(
      Story story, int week, @Nullable SavedSince saved, long maturesMillis, String text) {}
}
