package io.cromford.serving;

import java.time.Instant;
import java.util.Optional;

/// A search through all that was decided, as it is under way. It says nothing of what is looked
/// for.
///
/// @param id names it; nobody guesses it
/// @param job as of [JobStatus#id] while it runs
/// @param state how far it is
/// @param rowsDone observations looked at so far
/// @param rows observations to look at at most
/// @param page what was found, at most [#MOST_FOUND]; empty until it is done
/// @param expiresAt when what was found is forgotten, by the wall's clock; empty until it is done
public record SearchJob(
    String id,
    long job,
    State state,
    long rowsDone,
    long rows,
    Optional<DecisionPage> page,
    Optional<Instant> expiresAt) {
  /// The most decisions that one finds.
  public static final int MOST_FOUND = 1000;

  /// How far a search is.
  public enum State {
    /// It runs, or waits for another one.
    RUNNING,
    /// It is done.
    DONE,
    /// Somebody ended it.
    CANCELLED,
    /// It could not be done.
    FAILED
  }
}
