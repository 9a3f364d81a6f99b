package io.cromford.flywheel;

import io.cromford.training.PairedBootstrap.Pair;
import io.cromford.training.Scored;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// One week's decisions as they stood at a moment: immutable, so that whatever takes long is worked
/// out on another thread than the one that decides.
///
/// Taking a sample of a closed week copies one byte a decision, of an open one 34.
public final class WeekSample {
  private final WeekReckoning.Week week;
  private final WeekReckoning reckoning;
  private final WeekMarks marks;
  private final Pair scored;
  private final int late;

  WeekSample(
      WeekReckoning.Week week, WeekReckoning reckoning, WeekMarks marks, Pair scored, int late) {
    this.week = week;
    this.reckoning = reckoning;
    this.marks = marks;
    this.scored = scored;
    this.late = late;
  }

  /// A decision that turned out wrong.
  ///
  /// @param ordinal the observation's number in the ledger
  /// @param score as served
  /// @param amount what is lost if it is positive and missed, in units of the currency
  /// @param atMillis when it was decided on
  public record Wrong(long ordinal, double score, double amount, long atMillis) {}

  /// Alerts that were not right.
  ///
  /// @param alerts how many
  /// @param entities whom they were about
  /// @param again of these who were disturbed more than once
  public record Disturbed(int alerts, int entities, int again) {}

  /// Which week, from 1.
  public int number() {
    return week.number();
  }

  /// When it began.
  public long fromMillis() {
    return week.fromMillis();
  }

  /// When it ended, or ends.
  public long untilMillis() {
    return week.untilMillis();
  }

  /// Whether all its outcomes have had time to arrive.
  public boolean isClosed() {
    return week.counted();
  }

  /// The outcomes that came after it was closed.
  public int lateOutcomes() {
    return late;
  }

  /// The number of decisions.
  public int size() {
    return marks.size();
  }

  /// What is known of it, if it is open.
  ///
  /// @param matureUntilMillis before which all payments are mature
  public OpenWeek standing(long matureUntilMillis) {
    return reckoning.standing(week, marks, scored.first(), matureUntilMillis);
  }

  /// What it came to, with intervals.
  ///
  /// @param seed of the resampling
  /// @param replicates at least 1
  public WeekFigures figures(long seed, int replicates) {
    return WeekFigures.of(this, seed, replicates);
  }

  /// Within what its numbers lie by what is known of it.
  ///
  /// @param seed of the resampling
  /// @param replicates at least 1
  public WeekRanges ranges(long seed, int replicates) {
    return WeekFigures.ranges(this, seed, replicates);
  }

  /// The positives that were not stopped, the dearest first; what was let through at random is not
  /// among them.
  public List<Wrong> missed(int atMost) {
    return wrong(IntStream.range(0, marks.size()).filter(this::isMissed), atMost);
  }

  /// How many positives were not stopped, and what they cost.
  public Missed missed() {
    int count = 0;
    double cost = 0;
    for (int row = 0; row < marks.size(); row++) {
      if (isMissed(row)) {
        count++;
        cost += reckoning.costs().ofMissing(scored.first().amount(row));
      }
    }
    return new Missed(count, cost);
  }

  /// Positives that were not stopped.
  ///
  /// @param cost in units of the currency
  public record Missed(int count, double cost) {}

  private boolean isMissed(int row) {
    return scored.first().positive(row) && !marks.stopped(row) && !marks.explored(row);
  }

  /// The alerts on cards without a positive that day, the dearest first; of an open week those of
  /// which that is known.
  public List<Wrong> falseAlerts(int atMost) {
    Set<CardAndDay> frauds = WeekReckoning.frauds(scored.first());
    return wrong(IntStream.range(0, marks.size()).filter(row -> isFalse(row, frauds)), atMost);
  }

  /// Whom false alerts disturbed.
  public Disturbed disturbed() {
    Set<CardAndDay> frauds = WeekReckoning.frauds(scored.first());
    Map<Long, Integer> alerts = new HashMap<>();
    int count = 0;
    for (int row = 0; row < marks.size(); row++) {
      if (isFalse(row, frauds)) {
        count++;
        alerts.merge(scored.first().entity(row), 1, Integer::sum);
      }
    }
    int again = (int) alerts.values().stream().filter(times -> times > 1).count();
    return new Disturbed(count, alerts.size(), again);
  }

  private boolean isFalse(int row, Set<CardAndDay> frauds) {
    return marks.alert(row)
        && (isClosed() || marks.truth(row).isKnown())
        && !frauds.contains(CardAndDay.of(scored.first(), row));
  }

  private List<Wrong> wrong(IntStream rows, int atMost) {
    Scored first = scored.first();
    return rows.mapToObj(row ->
            new Wrong(
                marks.ordinal(row), first.score(row), first.amount(row), first.eventMillis(row)))
        .sorted(Comparator.comparingDouble(Wrong::amount).reversed())
        .limit(atMost)
        .toList();
  }

  WeekMarks marks() {
    return marks;
  }

  WeekReckoning reckoning() {
    return reckoning;
  }

  /// The scores that served and the first model's, each row once.
  Pair scored() {
    return scored;
  }

  /// The same, each row as often as it counts.
  Pair weighed() {
    return WeekReckoning.weighed(scored, marks);
  }
}
