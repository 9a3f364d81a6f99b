package io.cromford.flywheel;

import io.cromford.training.Costs;
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
/// decision), and of those only the last [#MOST_WEEKS_COMPARED] weeks' are kept, and of at most
/// [#MOST_ROWS_COMPARED] decisions. A payment counts to the week in which it was decided on. What
/// has no outcome when a week is closed counts as negative; an outcome that comes later still
/// changes nothing and is counted. One owning thread.
public final class WeeklyLedger {
  /// A week.
  public static final Duration WEEK = Duration.ofDays(7);

  /// The weeks whose scores are kept for the closing comparison.
  public static final int MOST_WEEKS_COMPARED = 52;

  /// The decisions whose scores are kept for it, so that a year of a large flow fits.
  public static final long MOST_ROWS_COMPARED = 10_000_000;

  private final long goLiveMillis;
  private int alertsPerDay;
  private Costs costs;
  private final TreeMap<Integer, WeekRows> open = new TreeMap<>();
  private final List<WeekSummary> closed = new ArrayList<>();
  private final Deque<Pair> compared = new ArrayDeque<>();
  private long firstOrdinal = Long.MAX_VALUE;
  private long comparedRows;
  private long lateOutcomes;

  /// A ledger before the first decision.
  ///
  /// @param alertsPerDay the k of card precision, at least 1
  /// @param costs of investigating and of missing
  public WeeklyLedger(long goLiveMillis, int alertsPerDay, Costs costs) {
    Require.atLeast("alerts-per-day", 1, alertsPerDay);
    this.goLiveMillis = goLiveMillis;
    this.alertsPerDay = alertsPerDay;
    this.costs = costs;
  }

  /// Reckons with other numbers: in the weeks that are not closed yet too.
  ///
  /// @param newAlertsPerDay the k of card precision, at least 1
  public void reckonWith(int newAlertsPerDay, Costs newCosts) {
    Require.atLeast("alerts-per-day", 1, newAlertsPerDay);
    alertsPerDay = newAlertsPerDay;
    costs = newCosts;
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
    firstOrdinal = Math.min(firstOrdinal, decision.ordinal());
  }

  /// Takes up an outcome. One of a payment that no decision was made on is of no account here.
  ///
  /// @param ordinal the payment's number in the ledger
  public void outcome(long ordinal, boolean positive) {
    if (ordinal < firstOrdinal) {
      return;
    }
    for (WeekRows rows : open.descendingMap().values()) {
      if (rows.firstOrdinal() <= ordinal) {
        lateOutcomes += rows.outcome(ordinal, positive) ? 0 : 1;
        return;
      }
    }
    lateOutcomes++;
  }

  /// Closes the weeks whose time has come; to be called before anything later is taken up.
  ///
  /// @param matureUntilMillis before which all payments are mature
  public void close(long matureUntilMillis) {
    while (untilMillis(closed.size() + 1) <= matureUntilMillis) {
      closeNext();
    }
  }

  /// The weeks that are not closed yet, as they stand: not full or not mature, so not counted.
  public List<WeekSummary> openWeeks() {
    return open.entrySet().stream()
        .map(week -> summary(week.getKey(), week.getValue(), week.getValue().scored(), false))
        .toList();
  }

  /// The weeks closed so far, in order.
  public List<WeekSummary> weeks() {
    return List.copyOf(closed);
  }

  /// The week closed last; absent if none is.
  public Optional<WeekSummary> last() {
    return closed.isEmpty() ? Optional.empty() : Optional.of(closed.getLast());
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

  private void closeNext() {
    int week = closed.size() + 1;
    WeekRows rows = Optional.ofNullable(open.remove(week)).orElseGet(WeekRows::new);
    Pair scored = rows.scored();
    closed.add(summary(week, rows, scored, true));
    keep(scored);
  }

  private WeekSummary summary(int week, WeekRows rows, Pair scored, boolean counted) {
    return new WeekSummary(
        week,
        untilMillis(week - 1),
        untilMillis(week),
        counted,
        rows.champions(),
        counts(rows, scored.first()),
        ranking(scored),
        saved(rows, scored.first()));
  }

  private void keep(Pair scored) {
    compared.addLast(scored);
    comparedRows += scored.first().size();
    while (compared.size() > 1
        && (compared.size() > MOST_WEEKS_COMPARED || comparedRows > MOST_ROWS_COMPARED)) {
      comparedRows -= compared.removeFirst().first().size();
    }
  }

  private WeekSummary.Ranking ranking(Pair scored) {
    Metric averagePrecision = new Metric.AveragePrecision();
    return new WeekSummary.Ranking(
        averagePrecision.of(scored.first()),
        averagePrecision.of(scored.second()),
        new Metric.CardPrecision(alertsPerDay).of(scored.first()));
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

  /// The frauds that were stopped less the investigations that were made.
  private WeekSummary.Saved saved(WeekRows rows, Scored scored) {
    double serving = 0;
    double frozen = 0;
    for (int row = 0; row < scored.size(); row++) {
      double missing = scored.positive(row) ? costs.ofMissing(scored.amount(row)) : 0;
      serving += rows.stopped(row) ? missing : 0;
      serving -= rows.alert(row) ? costs.investigation() : 0;
      frozen += rows.frozenStopped(row) ? missing : 0;
      frozen -= rows.frozenAlert(row) ? costs.investigation() : 0;
    }
    return new WeekSummary.Saved(serving, frozen);
  }

  private record CardAndDay(long card, long day) {
    static CardAndDay of(Scored rows, int row) {
      return new CardAndDay(rows.entity(row), rows.day(row));
    }
  }
}
