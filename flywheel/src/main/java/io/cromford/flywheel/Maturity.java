package io.cromford.flywheel;

import io.cromford.core.SnapshotReader;
import io.cromford.core.SnapshotWriter;
import io.cromford.training.Folds;
import io.cromford.training.Scored;
import io.cromford.training.report.Figures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/// Which days are mature: those whose payments can be taken as labelled.
///
/// A day is due when its outcomes have had the label's maturity to arrive. It is mature when it is
/// due and its outcomes are complete: the source says so ([#declareComplete]), or their volume
/// shows it. Volume is judged against the source's own past, never against the number of payments:
/// a file of chargebacks holds frauds only, so a day on which one payment in a hundred has an
/// outcome is a whole day for it, and a lost one for a source that labels everything. The past is
/// the last 28 days that were found complete; over the last 1, 7 and 14 days up to the day,
/// outcomes of either kind, and positive ones by themselves, must not fall short of it
/// ([OutcomeVolume]).
///
/// - A source that always held positives only is judged by its positives; what has no outcome when
///   it is mature counts as negative.
/// - A source that used to send both and now sends positives only falls short, and the alarm says
///   so.
/// - Two weeks in which no outcome arrived at all are silence, whatever the usual volume: days that
///   became due in it are not mature.
/// - Days behind a lost one are not held back by it: where a day falls short by itself, the spans
///   of those behind it begin after it, and are complete once as many outcomes as tell anything are
///   expected of them, and four fifths are there.
/// - Before seven complete days are known there is no past; then a day with payments is complete if
///   any outcome at all has come for it or the days before it.
///
/// Outcomes can also lie: a file that was mixed up, or labels that somebody spoilt. A day on which
/// far fewer of the first model's alerts turn out right than usual (a third, and four deviations of
/// chance) contradicts what was as good as certain, and counts as incomplete too. It is the first
/// model's alerts, whoever serves, so that a bad champion is not taken for bad outcomes.
///
/// A day that is found incomplete is judged again later, when more has arrived. A lasting fall of
/// the source's volume therefore keeps days immature until a person declares them complete: no
/// training on silence. A fold; one owning thread; memory is one entry a day.
public final class Maturity {
  /// How long no outcome may arrive.
  public static final Duration SILENCE = Duration.ofDays(14);

  private static final int PAST_DAYS = 28;
  private static final int LEAST_PAST_DAYS = 7;
  private static final double DEVIATIONS = 4;
  private static final int[] SPANS = {1, 7, 14};

  private final Duration maturity;
  private final TreeMap<Long, Day> days = new TreeMap<>();
  private long lastArrivalMillis = Long.MIN_VALUE;
  private long completeBeforeDay = Long.MIN_VALUE;

  /// A fold before its first record.
  ///
  /// @param maturity after which an outcome should have arrived, ≥ 0
  public Maturity(Duration maturity) {
    Require.notNegative("maturity", maturity);
    this.maturity = maturity;
  }

  /// Writes what it knows.
  public void save(SnapshotWriter out) {
    out.section("maturity");
    out.sorted(
        days,
        (number, day) -> {
          out.number(number);
          day.save(out);
        });
    out.number(lastArrivalMillis);
    out.number(completeBeforeDay);
  }

  /// Takes on what was saved of a fold with the same maturity.
  public void restore(SnapshotReader in) {
    in.section("maturity");
    in.times(() -> days.put(in.number(), Day.read(in)));
    lastArrivalMillis = in.number();
    completeBeforeDay = in.number();
  }

  private static final class Day {
    private int observations;
    private int outcomes;
    private int positives;
    private int alerts;
    private int rightAlerts;

    private void save(SnapshotWriter out) {
      out.count(observations);
      out.count(outcomes);
      out.count(positives);
      out.count(alerts);
      out.count(rightAlerts);
    }

    private static Day read(SnapshotReader in) {
      Day day = new Day();
      day.observations = in.count();
      day.outcomes = in.count();
      day.positives = in.count();
      day.alerts = in.count();
      day.rightAlerts = in.count();
      return day;
    }
  }

  /// What is known of days at a moment.
  ///
  /// @param matureDays the days that are mature, since 1970-01-01, in order
  /// @param incompleteDays the days that are due but not complete, in order
  /// @param alarm what a person should know; absent if all is well
  public record Verdict(List<Long> matureDays, List<Long> incompleteDays, Optional<Alarm> alarm) {
    /// Nothing is due.
    public static final Verdict NOTHING_DUE = new Verdict(List.of(), List.of(), Optional.empty());

    /// Copies the lists.
    public Verdict {
      matureDays = List.copyOf(matureDays);
      incompleteDays = List.copyOf(incompleteDays);
    }

    /// Whether no day of an interval lacks outcomes that are due.
    public boolean isComplete(Folds.Span span) {
      return incompleteDays.stream()
          .noneMatch(day -> overlaps(day, span.fromMillis(), span.untilMillis()));
    }

    /// Whether the day of a moment is due but lacks outcomes.
    public boolean isIncomplete(long millis) {
      return Collections.binarySearch(incompleteDays, dayOf(millis)) >= 0;
    }

    /// Whether the day of a moment is mature.
    public boolean isMature(long millis) {
      return Collections.binarySearch(matureDays, dayOf(millis)) >= 0;
    }

    private static boolean overlaps(long day, long fromMillis, long untilMillis) {
      return day * Scored.DAY_MILLIS < untilMillis && (day + 1) * Scored.DAY_MILLIS > fromMillis;
    }
  }

  /// What a person should know of an outcome source.
  public sealed interface Alarm {
    /// The alarm in words, with advice on a second line.
    String message();

    /// No outcome has arrived for a long time.
    record Silence(long lastArrivalMillis, long nowMillis) implements Alarm {
      @Override
      public String message() {
        return "no outcome has arrived since "
            + Figures.day(lastArrivalMillis)
            + ", "
            + Duration.ofMillis(nowMillis - lastArrivalMillis).toDays()
            + " days ago.\nMaybe the source has stopped; nothing is trained until it speaks again.";
      }
    }

    /// Days have fewer outcomes than is usual.
    record Shortfall(long firstDay, int days, String what) implements Alarm {
      @Override
      public String message() {
        return days
            + (days == 1 ? " day" : " days")
            + " from "
            + Figures.day(firstDay * Scored.DAY_MILLIS)
            + " on: "
            + what
            + ".\nMaybe a file is missing or was filtered; if this is how it is now: cromford outcomes complete.";
      }
    }
  }

  /// Takes up a payment.
  public void observed(long eventMillis) {
    day(eventMillis).observations++;
  }

  /// Takes up the first outcome of a payment; corrections are not counted again.
  ///
  /// @param eventMillis when the payment happened
  /// @param arrivalMillis when the outcome arrived
  public void outcome(long eventMillis, boolean positive, long arrivalMillis) {
    Day day = day(eventMillis);
    day.outcomes++;
    day.positives += positive ? 1 : 0;
    lastArrivalMillis = Math.max(lastArrivalMillis, arrivalMillis);
  }

  /// Takes up an alert that the first model raised, or would have.
  ///
  /// @param eventMillis when the payment happened
  public void alerted(long eventMillis) {
    day(eventMillis).alerts++;
  }

  /// Takes up that such an alert was right: its payment was positive.
  ///
  /// @param eventMillis when the payment happened
  public void alertedRightly(long eventMillis) {
    day(eventMillis).rightAlerts++;
  }

  /// Takes it back: the outcome was corrected.
  ///
  /// @param eventMillis when the payment happened
  public void notAlertedRightly(long eventMillis) {
    day(eventMillis).rightAlerts--;
  }

  /// Takes the source's, or a person's, word that all outcomes of earlier days have arrived.
  ///
  /// @param untilMillis before which payments are complete
  public void declareComplete(long untilMillis) {
    completeBeforeDay = Math.max(completeBeforeDay, dayOf(untilMillis));
  }

  /// Judges all days at a moment of the factory's clock.
  public Verdict judge(long nowMillis) {
    List<Long> mature = new ArrayList<>();
    List<Long> incomplete = new ArrayList<>();
    Past past = new Past();
    Optional<String> firstShortfall = Optional.empty();
    boolean silent = isSilent(nowMillis);
    for (long day : days.keySet()) {
      if (dueMillis(day) > nowMillis) {
        break;
      }
      Optional<String> shortfall = shortfall(day, past, silent);
      if (shortfall.isEmpty()) {
        mature.add(day);
        past.add(day);
      } else {
        incomplete.add(day);
        firstShortfall = firstShortfall.or(() -> shortfall);
      }
    }
    return new Verdict(mature, incomplete, alarm(nowMillis, silent, incomplete, firstShortfall));
  }

  private Optional<Alarm> alarm(
      long nowMillis, boolean silent, List<Long> incomplete, Optional<String> shortfall) {
    if (silent) {
      return Optional.of(new Alarm.Silence(lastArrivalMillis, nowMillis));
    }
    return shortfall.map(
        what -> new Alarm.Shortfall(incomplete.getFirst(), incomplete.size(), what));
  }

  /// Silence needs payments that have been due for as long.
  private boolean isSilent(long nowMillis) {
    long since = nowMillis - SILENCE.toMillis();
    return !days.isEmpty() && lastArrivalMillis <= since && dueMillis(days.firstKey()) <= since;
  }

  /// What a due day lacks; absent if it is complete.
  private Optional<String> shortfall(long day, Past past, boolean silent) {
    if (day < completeBeforeDay) {
      return Optional.empty();
    }
    if (silent && dueMillis(day) > lastArrivalMillis) {
      return Optional.of("no outcome has arrived since they became due");
    }
    return past.size() < LEAST_PAST_DAYS ? withoutPast(day) : past.shortfall(day);
  }

  private Optional<String> withoutPast(long day) {
    boolean any =
        days.headMap(day, true).values().stream().anyMatch(earlier -> earlier.outcomes > 0);
    return any ? Optional.empty() : Optional.of("no outcome has ever come for them");
  }

  private long dueMillis(long day) {
    return (day + 1) * Scored.DAY_MILLIS + maturity.toMillis();
  }

  private Day day(long eventMillis) {
    return days.computeIfAbsent(dayOf(eventMillis), _ -> new Day());
  }

  private static long dayOf(long millis) {
    return Math.floorDiv(millis, Scored.DAY_MILLIS);
  }

  /// The days found complete so far, of which the last ones are the yardstick.
  private final class Past {
    private final List<Long> complete = new ArrayList<>();
    private long lastLost = Long.MIN_VALUE;

    int size() {
      return complete.size();
    }

    void add(long day) {
      complete.add(day);
    }

    Optional<String> shortfall(long day) {
      Totals usual = new Totals();
      complete
          .subList(Math.max(0, complete.size() - PAST_DAYS), complete.size())
          .forEach(usual::add);
      for (int span : SPANS) {
        Totals seen = new Totals();
        boolean isBehindLost = lastLost > day - span;
        long from = isBehindLost ? lastLost + 1 : day - span + 1;
        days.subMap(from, true, day, true).keySet().forEach(seen::add);
        Optional<String> missing = isBehindLost ? seen.notAsMuchAs(usual) : seen.shortOf(usual);
        if (missing.isPresent()) {
          lastLost = span == 1 ? day : lastLost;
          return missing;
        }
      }
      return contradiction(Objects.requireNonNull(days.get(day)), usual);
    }

    /// Why a day's outcomes cannot be believed; absent if they can.
    private Optional<String> contradiction(Day day, Totals usual) {
      double precision = (double) usual.rightAlerts / Math.max(1, usual.alerts);
      double expected = precision * day.alerts;
      double deviation = Math.sqrt(expected * (1 - precision));
      boolean isContradiction =
          day.rightAlerts < expected / 3 && day.rightAlerts < expected - DEVIATIONS * deviation;
      return isContradiction
          ? Optional.of(
              "%d of %d alerts were right, where %s are usual: the outcomes contradict what was as good as certain"
                  .formatted(day.rightAlerts, day.alerts, Figures.whole(Math.round(expected))))
          : Optional.empty();
    }
  }

  /// Sums over some days.
  private final class Totals {
    private long observations;
    private long outcomes;
    private long positives;
    private long alerts;
    private long rightAlerts;

    void add(long number) {
      Day day = Objects.requireNonNull(days.get(number));
      observations += day.observations;
      outcomes += day.outcomes;
      positives += day.positives;
      alerts += day.alerts;
      rightAlerts += day.rightAlerts;
    }

    /// What it lacks to be taken for what is usual; absent if it is as much.
    Optional<String> notAsMuchAs(Totals usual) {
      double scale = scale(usual);
      boolean speaks =
          OutcomeVolume.speaks(scale * usual.positives)
              || OutcomeVolume.speaks(scale * usual.outcomes);
      if (!speaks) {
        return Optional.of("too few since outcomes were missing to say that they are complete");
      }
      if (OutcomeVolume.isLess(positives, scale * usual.positives)) {
        return Optional.of(fewer(positives, scale * usual.positives, "positive outcomes"));
      }
      return OutcomeVolume.isLess(outcomes, scale * usual.outcomes)
          ? Optional.of(fewer(outcomes, scale * usual.outcomes, "outcomes"))
          : Optional.empty();
    }

    private double scale(Totals usual) {
      return (double) observations / Math.max(1, usual.observations);
    }

    Optional<String> shortOf(Totals usual) {
      double scale = scale(usual);
      double expected = scale * usual.outcomes;
      double expectedPositives = scale * usual.positives;
      if (OutcomeVolume.isShort(positives, expectedPositives)) {
        return Optional.of(fewer(positives, expectedPositives, "positive outcomes"));
      }
      if (OutcomeVolume.isShort(outcomes, expected)) {
        return Optional.of(
            outcomes > 0 && outcomes == positives && usual.outcomes > usual.positives
                ? "only positive outcomes, where "
                    + Figures.whole(Math.round(expected - expectedPositives))
                    + " negative ones are usual"
                : fewer(outcomes, expected, "outcomes"));
      }
      return Optional.empty();
    }

    private static String fewer(long seen, double expected, String what) {
      return Figures.whole(seen)
          + " "
          + what
          + ", where "
          + Figures.whole(Math.round(expected))
          + " are usual";
    }
  }
}
