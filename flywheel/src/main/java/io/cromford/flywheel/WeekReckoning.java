package io.cromford.flywheel;

import io.cromford.core.SnapshotReader;
import io.cromford.core.SnapshotWriter;
import io.cromford.training.Costs;
import io.cromford.training.Metric;
import io.cromford.training.PairedBootstrap.Pair;
import io.cromford.training.Scored;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What a week's decisions came to, by what is known of them.
///
/// @param alertsPerDay the k of card precision, at least 1
/// @param costs of investigating and of missing
record WeekReckoning(int alertsPerDay, Costs costs) {
  WeekReckoning {
    Require.atLeast("alerts-per-day", 1, alertsPerDay);
  }

  void save(SnapshotWriter out) {
    out.count(alertsPerDay);
    costs.save(out);
  }

  static WeekReckoning read(SnapshotReader in) {
    return new WeekReckoning(in.count(), Costs.read(in));
  }

  /// Which week it is.
  ///
  /// @param counted whether it counts in the means
  record Week(
      int number, long fromMillis, long untilMillis, boolean counted, List<String> champions) {
    void save(SnapshotWriter out) {
      out.count(number);
      out.number(fromMillis);
      out.number(untilMillis);
      out.flag(counted);
      out.each(champions, out::text);
    }

    static Week read(SnapshotReader in) {
      return new Week(
          in.count(), in.number(), in.number(), in.flag(), List.copyOf(in.each(in::text)));
    }
  }

  /// Sums up a week.
  ///
  /// @param late outcomes that came after it was closed
  WeekSummary summary(Week week, WeekMarks marks, Pair scored, int late) {
    return new WeekSummary(
        week.number(),
        week.fromMillis(),
        week.untilMillis(),
        week.counted(),
        week.champions(),
        counts(marks, scored.first(), late),
        ranking(weighed(scored, marks), recall(marks, scored.first())),
        saved(marks, scored.first()),
        explored(marks, scored.first()));
  }

  /// What is known of a week that is not mature.
  ///
  /// @param matureUntilMillis before which all payments are mature
  OpenWeek standing(Week week, WeekMarks marks, Scored scored, long matureUntilMillis) {
    Set<CardAndDay> frauds = frauds(scored);
    OpenWeek.Tally tally = new OpenWeek.Tally();
    for (int row = 0; row < marks.size(); row++) {
      boolean isOpen = !marks.truth(row).isKnown() && scored.eventMillis(row) >= matureUntilMillis;
      tally.payment(marks.truth(row), isOpen, marks.stopped(row));
      tally.money(
          marks.truth(row),
          isOpen,
          marks.stopped(row),
          costs.ofMissing(scored.amount(row)),
          marks.alert(row) ? costs.investigation() : 0);
      if (marks.alert(row)) {
        tally.alert(marks.truth(row).isKnown(), frauds.contains(CardAndDay.of(scored, row)));
      }
    }
    return tally.week(week.number(), week.fromMillis(), week.untilMillis());
  }

  /// The rows as often as they count.
  static Pair weighed(Pair scored, WeekMarks marks) {
    Exploration exploration = marks.exploration();
    if (exploration.isEmpty()) {
      return scored;
    }
    return new Pair(
        scored.first().repeat(row -> marks.times(row, exploration)),
        scored.second().repeat(row -> marks.times(row, exploration)));
  }

  /// What letting through cost.
  private WeekSummary.Explored explored(WeekMarks marks, Scored scored) {
    int count = 0;
    int positives = 0;
    double cost = 0;
    for (int row = 0; row < scored.size(); row++) {
      if (marks.explored(row)) {
        count++;
        positives += scored.positive(row) ? 1 : 0;
        cost += scored.positive(row) ? costs.ofMissing(scored.amount(row)) : 0;
      }
    }
    return new WeekSummary.Explored(count, positives, cost);
  }

  private WeekSummary.Ranking ranking(Pair scored, double recall) {
    Metric averagePrecision = new Metric.AveragePrecision();
    return new WeekSummary.Ranking(
        averagePrecision.of(scored.first()),
        averagePrecision.of(scored.second()),
        new Metric.CardPrecision(alertsPerDay).of(scored.first()),
        recall);
  }

  private static double recall(WeekMarks marks, Scored scored) {
    int stopped = 0;
    for (int row = 0; row < scored.size(); row++) {
      stopped += scored.positive(row) && marks.stopped(row) ? 1 : 0;
    }
    return (double) stopped / scored.positives();
  }

  private static WeekSummary.Counts counts(WeekMarks marks, Scored scored, int late) {
    Set<CardAndDay> frauds = frauds(scored);
    int alerts = 0;
    int right = 0;
    for (int row = 0; row < scored.size(); row++) {
      if (marks.alert(row)) {
        alerts++;
        right += frauds.contains(CardAndDay.of(scored, row)) ? 1 : 0;
      }
    }
    return new WeekSummary.Counts(
        scored.size(), marks.knownOutcomes(), scored.positives(), alerts, right, late);
  }

  /// The cards that had a positive, and when.
  static Set<CardAndDay> frauds(Scored scored) {
    Set<CardAndDay> frauds = new HashSet<>();
    for (int row = 0; row < scored.size(); row++) {
      if (scored.positive(row)) {
        frauds.add(CardAndDay.of(scored, row));
      }
    }
    return frauds;
  }

  /// The frauds that were stopped less the investigations that were made.
  private WeekSummary.Saved saved(WeekMarks marks, Scored scored) {
    double serving = 0;
    double frozen = 0;
    for (int row = 0; row < scored.size(); row++) {
      double missing = scored.positive(row) ? costs.ofMissing(scored.amount(row)) : 0;
      serving += marks.stopped(row) ? missing : 0;
      serving -= marks.alert(row) ? costs.investigation() : 0;
      frozen += marks.frozenStopped(row) ? missing : 0;
      frozen -= marks.frozenAlert(row) ? costs.investigation() : 0;
    }
    return new WeekSummary.Saved(serving, frozen);
  }
}
