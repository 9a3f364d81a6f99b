package io.cromford.flywheel;

import io.cromford.core.SnapshotReader;
import io.cromford.core.SnapshotWriter;
import io.cromford.training.Costs;
import io.cromford.training.PairedBootstrap.Pair;
import io.cromford.training.Scored;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Week by week from go-live: what was decided, what was true, what it saved.
///
/// A fold over decisions and outcomes. A week is open until all its days are mature; [#close] then
/// sums it up and keeps of its rows what the closing comparison and later corrections need (34
/// bytes a decision), and of those only the last [#MOST_WEEKS_COMPARED] weeks', and of at most
/// [#MOST_ROWS_COMPARED] decisions. A payment counts to the week in which it was decided on. What
/// has no outcome when a week is closed counts as negative; an outcome that comes later still is
/// counted, and the week is summed up again by what is known then. Of a week whose rows are gone
/// nothing changes any more. One owning thread.
public final class WeeklyLedger {
  /// A week.
  public static final Duration WEEK = Duration.ofDays(7);

  /// The weeks whose scores are kept for the closing comparison.
  public static final int MOST_WEEKS_COMPARED = 52;

  /// The decisions whose scores are kept for it, so that a year of a large flow fits.
  public static final long MOST_ROWS_COMPARED = 10_000_000;

  private static final int CALIBRATED_WEEKS = 4;
  private static final long CALIBRATED_ROWS = 1_000_000;

  private final long goLiveMillis;
  private WeekReckoning reckoning;
  private final TreeMap<Integer, WeekRows> open = new TreeMap<>();
  private final List<WeekSummary> forgotten = new ArrayList<>();
  private final Deque<ClosedWeek> closed = new ArrayDeque<>();
  private long firstOrdinal = Long.MAX_VALUE;
  private long keptRows;
  private long tooLateOutcomes;

  /// A ledger before the first decision.
  ///
  /// @param alertsPerDay the k of card precision, at least 1
  /// @param costs of investigating and of missing
  public WeeklyLedger(long goLiveMillis, int alertsPerDay, Costs costs) {
    this.goLiveMillis = goLiveMillis;
    this.reckoning = new WeekReckoning(alertsPerDay, costs);
  }

  /// Writes what it knows.
  public void save(SnapshotWriter out) {
    out.section("weeks");
    out.number(goLiveMillis);
    reckoning.save(out);
    out.sorted(
        open,
        (week, rows) -> {
          out.count(week);
          rows.save(out);
        });
    out.each(forgotten, week -> week.save(out));
    out.each(closed, week -> week.save(out));
    out.number(firstOrdinal);
    out.number(keptRows);
    out.number(tooLateOutcomes);
  }

  /// The ledger that was saved.
  public static WeeklyLedger read(SnapshotReader in) {
    in.section("weeks");
    long goLive = in.number();
    WeekReckoning reckoning = WeekReckoning.read(in);
    WeeklyLedger weeks = new WeeklyLedger(goLive, reckoning.alertsPerDay(), reckoning.costs());
    in.times(() -> weeks.open.put(in.count(), WeekRows.read(in)));
    weeks.forgotten.addAll(in.each(() -> WeekSummary.read(in)));
    in.times(() -> weeks.closed.addLast(ClosedWeek.read(in)));
    weeks.firstOrdinal = in.number();
    weeks.keptRows = in.number();
    weeks.tooLateOutcomes = in.number();
    return weeks;
  }

  /// Reckons with other numbers: in the weeks that are not closed yet too.
  ///
  /// @param newAlertsPerDay the k of card precision, at least 1
  public void reckonWith(int newAlertsPerDay, Costs newCosts) {
    reckoning = new WeekReckoning(newAlertsPerDay, newCosts);
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
    if (week <= closedWeeks()) {
      throw new IllegalArgumentException(
          "decision " + decision.ordinal() + " belongs to week " + week + ", which is closed");
    }
    open.computeIfAbsent(week, _ -> new WeekRows()).add(decision, champion);
    firstOrdinal = Math.min(firstOrdinal, decision.ordinal());
  }

  /// Takes up what is known of a payment. One that no decision was made on is of no account here.
  ///
  /// @param ordinal the payment's number in the ledger
  public void outcome(long ordinal, Truth truth) {
    if (ordinal < firstOrdinal) {
      return;
    }
    for (WeekRows rows : open.descendingMap().values()) {
      if (rows.marks().begins(ordinal)) {
        int row = rows.marks().find(ordinal);
        if (row >= 0) {
          var _ = rows.marks().mark(row, truth);
        }
        return;
      }
    }
    late(ordinal, truth);
  }

  private void late(long ordinal, Truth truth) {
    for (Iterator<ClosedWeek> weeks = closed.descendingIterator(); weeks.hasNext(); ) {
      ClosedWeek week = weeks.next();
      if (week.marks().begins(ordinal)) {
        int row = week.marks().find(ordinal);
        if (row >= 0) {
          week.late(row, truth);
        }
        return;
      }
    }
    tooLateOutcomes++;
  }

  /// Closes the weeks whose time has come; to be called before anything later is taken up.
  ///
  /// @param matureUntilMillis before which all payments are mature
  public void close(long matureUntilMillis) {
    while (untilMillis(closedWeeks() + 1) <= matureUntilMillis) {
      closeNext();
    }
  }

  /// The weeks that are not closed yet, as they stand: not full or not mature, so not counted.
  public List<WeekSummary> openWeeks() {
    return open.entrySet().stream()
        .map(week ->
            reckoning.summary(
                week(week.getKey(), false, week.getValue()),
                week.getValue().marks(),
                week.getValue().scored(),
                0))
        .toList();
  }

  /// What is known of the weeks that are not closed yet, and what is still open.
  ///
  /// @param matureUntilMillis before which all payments are mature
  public List<OpenWeek> standing(long matureUntilMillis) {
    return open.entrySet().stream()
        .map(week -> sample(week.getKey(), week.getValue()).standing(matureUntilMillis))
        .toList();
  }

  /// The decisions of a week as they stand, for any thread; absent if it had none, or its rows are
  /// gone.
  ///
  /// @param number from 1
  public Optional<WeekSample> sample(int number) {
    WeekRows rows = open.get(number);
    return rows != null
        ? Optional.of(sample(number, rows))
        : closed.stream()
            .filter(week -> week.closed().number() == number)
            .findFirst()
            .map(ClosedWeek::sample);
  }

  /// The same of the weeks that are not closed yet.
  public List<WeekSample> openSamples() {
    return open.entrySet().stream().map(week -> sample(week.getKey(), week.getValue())).toList();
  }

  private WeekSample sample(int number, WeekRows rows) {
    return new WeekSample(
        week(number, false, rows), reckoning, rows.marks().copy(), rows.scored(), 0);
  }

  /// The weeks closed so far, in order, by what is known of them now.
  public List<WeekSummary> weeks() {
    return Stream.concat(forgotten.stream(), closed.stream().map(ClosedWeek::latest)).toList();
  }

  /// The week closed last, as it was closed; absent if none is.
  public Optional<WeekSummary> last() {
    return closed.isEmpty() ? Optional.empty() : Optional.of(closed.getLast().closed());
  }

  /// The scores of the counted weeks, the serving ones first, for the closing comparison.
  public List<Pair> compared() {
    return closed.stream().map(ClosedWeek::scored).toList();
  }

  /// What an open week should turn out to be worth, by its scores alone; absent if it is closed or
  /// has no decision.
  ///
  /// @param week from 1
  public Optional<WeekEstimate> estimate(int week) {
    return Optional.ofNullable(open.get(week))
        .map(rows -> {
          List<Scored> mature = matureOf(rows.champions().getLast());
          ScoreCalibration calibration =
              mature.isEmpty() ? ScoreCalibration.NONE : ScoreCalibration.of(Scored.concat(mature));
          return WeekEstimate.of(rows, calibration, mature.size());
        });
  }

  /// The last mature weeks in which nobody but one model served: another one's scores mean
  /// something else.
  private List<Scored> matureOf(String champion) {
    List<Scored> mature = new ArrayList<>();
    long rows = 0;
    for (ClosedWeek week : closed.reversed()) {
      if (mature.size() == CALIBRATED_WEEKS || rows > CALIBRATED_ROWS) {
        break;
      }
      if (week.closed().champions().equals(List.of(champion))) {
        mature.add(week.scored().first());
        rows += week.marks().size();
      }
    }
    return mature;
  }

  /// The outcomes that came for weeks already closed and changed what is known of them; of weeks
  /// whose rows are gone, all that came.
  public long lateOutcomes() {
    return tooLateOutcomes
        + forgotten.stream().mapToLong(week -> week.counts().lateOutcomes()).sum()
        + closed.stream().mapToLong(ClosedWeek::late).sum();
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

  private int closedWeeks() {
    return forgotten.size() + closed.size();
  }

  private WeekReckoning.Week week(int number, boolean counted, WeekRows rows) {
    return new WeekReckoning.Week(
        number, untilMillis(number - 1), untilMillis(number), counted, rows.champions());
  }

  private void closeNext() {
    int number = closedWeeks() + 1;
    WeekRows rows = Optional.ofNullable(open.remove(number)).orElseGet(WeekRows::new);
    closed.addLast(new ClosedWeek(week(number, true, rows), reckoning, rows));
    keptRows += rows.marks().size();
    while (closed.size() > 1
        && (closed.size() > MOST_WEEKS_COMPARED || keptRows > MOST_ROWS_COMPARED)) {
      ClosedWeek oldest = closed.removeFirst();
      keptRows -= oldest.marks().size();
      forgotten.add(oldest.latest());
    }
  }
}
