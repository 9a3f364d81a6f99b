package io.cromford.flywheel;

import io.cromford.flywheel.WeekFigures.Compared;
import io.cromford.training.CardSums;
import io.cromford.training.Costs;
import io.cromford.training.Scored;
import java.util.List;
import java.util.Optional;

/// What the factory saved from a moment on, beside what its first model would have, each with the
/// 95 % interval of a bootstrap by card: of decisions in closed weeks, whose outcomes are mature.
///
/// @param fromMillis from which on decisions count
/// @param untilMillis the end of the last week that counts
/// @param decisions how many they are, at least 1
/// @param saved money against doing nothing, in units of the currency
public record SavedSince(long fromMillis, long untilMillis, int decisions, Compared saved) {
  private static final long STEPS = 40_000_000;
  private static final int LEAST_REPLICATES = 100;
  private static final int MOST_REPLICATES = 1000;

  private static final int LEARNING = 0;
  private static final int FROZEN = 1;
  private static final int COLUMNS = 2;

  /// Sums up what was decided from a moment on, as far as it is mature.
  ///
  /// @param weeks in order; what is not closed does not count
  /// @param untilMillis before which a decision counts; `Long.MAX_VALUE` for all
  /// @param seed of the resampling
  /// @return absent if no decision counts
  public static Optional<SavedSince> of(
      List<WeekSample> weeks, long fromMillis, long untilMillis, long seed) {
    List<WeekSample> counted =
        weeks.stream()
            .filter(week -> week.isClosed() && week.size() > 0)
            .filter(week -> week.untilMillis() > fromMillis && week.fromMillis() < untilMillis)
            .toList();
    long from = fromMillis;
    int decisions = counted.stream().mapToInt(week -> decisions(week, from, untilMillis)).sum();
    if (decisions == 0) {
      return Optional.empty();
    }
    long last = Math.min(untilMillis, counted.getLast().untilMillis());
    return Optional.of(
        new SavedSince(from, last, decisions, saved(counted, from, untilMillis, seed)));
  }

  private static int decisions(WeekSample week, long from, long until) {
    Scored rows = week.scored().first();
    int decisions = 0;
    for (int row = 0; row < rows.size(); row++) {
      decisions += isWithin(rows, row, from, until) ? 1 : 0;
    }
    return decisions;
  }

  private static boolean isWithin(Scored rows, int row, long from, long until) {
    long at = rows.eventMillis(row);
    return at >= from && at < until;
  }

  private static Compared saved(List<WeekSample> weeks, long from, long until, long seed) {
    List<CardSums.Part> parts =
        weeks.stream()
            .map(week -> new CardSums.Part(week.scored().first(), money(week, from, until)))
            .toList();
    CardSums sums = CardSums.of(parts, COLUMNS);
    int replicates =
        Math.clamp(STEPS / Math.max(1, sums.cards()), LEAST_REPLICATES, MOST_REPLICATES);
    return WeekFigures.compared(
        sums.estimates(
            List.of(
                totals -> totals[LEARNING],
                totals -> totals[FROZEN],
                totals -> totals[LEARNING] - totals[FROZEN]),
            seed,
            replicates));
  }

  private static CardSums.Columns money(WeekSample week, long from, long until) {
    Scored rows = week.scored().first();
    WeekMarks marks = week.marks();
    Costs costs = week.reckoning().costs();
    return (row, into) -> {
      if (isWithin(rows, row, from, until)) {
        double missing = rows.positive(row) ? costs.ofMissing(rows.amount(row)) : 0;
        into[LEARNING] =
            (marks.stopped(row) ? missing : 0) - (marks.alert(row) ? costs.investigation() : 0);
        into[FROZEN] =
            (marks.frozenStopped(row) ? missing : 0)
                - (marks.frozenAlert(row) ? costs.investigation() : 0);
      }
    };
  }
}
