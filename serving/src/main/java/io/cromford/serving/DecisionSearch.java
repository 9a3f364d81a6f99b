package io.cromford.serving;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Which decisions are looked for. What is not said is not asked for.
///
/// @param columns what columns of the observation say, as text; those of the types bigint and
///   varchar can be asked for. `id` and `entity` stand for the columns that are
/// @param actions which actions; empty for all
/// @param scores between which the score lies
/// @param times when it was decided, by the factory's clock
/// @param page which part of the answer
public record DecisionSearch(
    Map<String, String> columns, Set<Action> actions, Scores scores, Times times, Page page) {
  /// The most decisions on a page.
  public static final int MOST = 200;

  /// Copies what was asked for.
  public DecisionSearch {
    columns = Map.copyOf(columns);
    actions = Set.copyOf(actions);
  }

  /// A range of scores, both ends included.
  public record Scores(double least, double most) {
    /// All.
    public static final Scores ALL = new Scores(0, 1);

    /// @throws CromfordException USAGE if it is no range
    public Scores {
      require(
          least <= most, "the range of scores is empty.\nMaybe `least` and `most` are swapped.");
    }
  }

  /// A range of times.
  ///
  /// @param from the first moment; empty for the beginning
  /// @param until the moment behind the last; empty for now
  public record Times(Optional<Instant> from, Optional<Instant> until) {
    /// All.
    public static final Times ALL = new Times(Optional.empty(), Optional.empty());

    /// @throws CromfordException USAGE if it is no range
    public Times {
      boolean isRange = from.isEmpty() || until.isEmpty() || from.get().isBefore(until.get());
      require(isRange, "the range of times is empty.\nMaybe `from` and `until` are swapped.");
    }
  }

  /// A part of the answer.
  ///
  /// @param limit how many decisions, 1 to [#MOST]
  /// @param cursor where to go on: as of [DecisionPage#next]; empty for the newest
  public record Page(int limit, OptionalInt cursor) {
    /// @throws CromfordException USAGE if the limit is none
    public Page {
      require(
          limit >= 1 && limit <= MOST,
          "a page of %d decisions is none.\nMaybe ask for 1 to %d, and for the next page by `cursor`."
              .formatted(limit, MOST));
    }
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new CromfordException(ErrorCode.USAGE, message);
    }
  }
}
