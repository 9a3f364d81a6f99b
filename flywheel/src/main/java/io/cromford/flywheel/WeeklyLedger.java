package io.cromford.flywheel;

import io.cromford.training.Metric;
import io.cromford.training.PairedBootstrap.Pair;
import io.cromford.training.Scored;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Week by week from go-live: what was decided, what was true, what it saved.
///
/// A fold over decisions and outcomes. A week is open until all its days are mature; [#close] then
/// sums it up and drops its rows but for the scores that the closing comparison needs (32 bytes a
/// decision), and of those only the last [#MOST_WEEKS_COMPARED] weeks' are kept. What has no
/// outcome when a week is closed counts as negative; an outcome that comes later still changes
/// nothing and is counted. One owning thread.
public final class WeeklyLedger {
  /// A week.
  public static final Duration WEEK = Duration.ofDays(7);

  /// The weeks whose scores are kept for the closing comparison.
  public static final int MOST_WEEKS_COMPARED = 52;

  private final long goLiveMillis;
  private final DecisionPolicy policy;
  private final TreeMap<Integer, WeekRows> open = new TreeMap<>();
  private final List<WeekSummary> closed = new ArrayList<>();
  private final Deque<Pair> compared = new ArrayDeque<>();
  private long lateOutcomes;

  /// A ledger before the first decision.
  public WeeklyLedger(long goLiveMillis, DecisionPolicy policy) {
    this.goLiveMillis = goLiveMillis;
    this.policy = policy;
  }

  /// Takes up a decision.
  ///
  /// @param champion the version that served
  /// @throws IllegalArgumentException if it lies before go-live or before the last one
  public void decided(LiveDecision decision, String champion) {
    if (decision.atMillis() < goLiveMillis) {
      throw new IllegalArgumentException(
          "decision " + decision.ordinal() + " lies before go-live: " + decision.atMillis());
    }
    int week = weekOf(decision.atMillis());
    if (week <= closed.size()) {
      throw new IllegalArgumentException(
          "decision " + decision.ordinal() + " belongs to week " + week + ", which is closed");
    }
    open.computeIfAbsent(week, _ -> new WeekRows()).add(decision, champion);
  }

  /// Takes up an outcome. One of a payment before go-live is of no account here.
  ///
  /// @param ordinal the payment's number in the ledger
  /// @param atMillis when the payment was decided on
  public void outcome(long ordinal, long atMillis, boolean positive) {
    if (atMillis >= goLiveMillis) {
      WeekRows rows = open.get(weekOf(atMillis));
      if (rows == null || !rows.outcome(ordinal, positive)) {
        lateOutcomes++;
      }
    }
  }

  /// Closes the next week if its time has come.
  ///
  /// @param matureUntilMillis before which all payments are mature
  /// @return its summary; absent if it is not mature yet
  public Optional<WeekSummary> close(long matureUntilMillis) {
    int week = closed.size() + 1;
    return untilMillis(week) <= matureUntilMillis
        ? Optional.of(close(week, true))
        : Optional.empty();
  }

  /// Closes what is open at the end, full or not, mature or not; these weeks are listed but not
  /// counted.
  ///
  /// @return their summaries
  public List<WeekSummary> closeRest() {
    List<WeekSummary> rest = new ArrayList<>();
    while (!open.isEmpty()) {
      rest.add(close(closed.size() + 1, false));
    }
    return rest;
  }

  /// The weeks closed so far, in order.
  public List<WeekSummary> weeks() {
    return List.copyOf(closed);
  }

  /// The scores of the counted weeks, the serving ones first, for the closing comparison.
  public List<Pair> compared() {
    return List.copyOf(compared);
  }

  /// The outcomes that came for weeks already closed.
  public long lateOutcomes() {
    return lateOutcomes;
  }

  /// When a week ends.
  ///
  /// @param week from 1
  public long untilMillis(int week) {
    return goLiveMillis + week * WEEK.toMillis();
  }

  private int weekOf(long millis) {
    return Math.toIntExact(Math.floorDiv(millis - goLiveMillis, WEEK.toMillis())) + 1;
  }

  private WeekSummary close(int week, boolean counted) {
    WeekRows rows = Optional.ofNullable(open.remove(week)).orElseGet(WeekRows::new);
    Pair scored = rows.scored();
    WeekSummary summary =
        new WeekSummary(
            week,
            untilMillis(week - 1),
            untilMillis(week),
            counted,
            rows.champions(),
            counts(rows, scored.first()),
            ranking(scored),
            moneySaved(rows, scored.first()));
    closed.add(summary);
    if (counted) {
      keep(scored);
    }
    return summary;
  }

  private void keep(Pair scored) {
    compared.addLast(scored);
    if (compared.size() > MOST_WEEKS_COMPARED) {
      compared.removeFirst();
    }
  }

  private WeekSummary.Ranking ranking(Pair scored) {
    Metric averagePrecision = new Metric.AveragePrecision();
    return new WeekSummary.Ranking(
        averagePrecision.of(scored.first()),
        averagePrecision.of(scored.second()),
        new Metric.CardPrecision(policy.alertsPerDay()).of(scored.first()));
  }

  private static WeekSummary.Counts counts(WeekRows rows, Scored scored) {
    Set<CardAndDay> frauds = new HashSet<>();
    for (int row = 0; row < scored.size(); row++) {
      if (scored.positive(row)) {
        frauds.add(CardAndDay.of(scored, row));
      }
    }
    int alerts = 0;
    int right = 0;
    for (int row = 0; row < scored.size(); row++) {
      if (rows.alert(row)) {
        alerts++;
        right += frauds.contains(CardAndDay.of(scored, row)) ? 1 : 0;
      }
    }
    return new WeekSummary.Counts(
        scored.size(), rows.knownOutcomes(), scored.positives(), alerts, right);
  }

  /// The frauds that were flagged less the investigations that were made.
  private double moneySaved(WeekRows rows, Scored scored) {
    double saved = 0;
    for (int row = 0; row < scored.size(); row++) {
      if (rows.flagged(row) && scored.positive(row)) {
        saved += policy.costs().ofMissing(scored.amount(row));
      }
      if (rows.alert(row)) {
        saved -= policy.costs().investigation();
      }
    }
    return saved;
  }

  private record CardAndDay(long card, long day) {
    static CardAndDay of(Scored rows, int row) {
      return new CardAndDay(rows.entity(row), rows.day(row));
    }
  }
}
