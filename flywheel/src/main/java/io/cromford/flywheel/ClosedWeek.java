package io.cromford.flywheel;

import io.cromford.core.SnapshotReader;
import io.cromford.core.SnapshotWriter;
import io.cromford.training.PairedBootstrap.Pair;
import io.cromford.training.Scored;

/// A week that was summed up when it was mature, and is summed up again where outcomes come later:
/// 34 bytes a decision.
final class ClosedWeek {
  private final WeekReckoning.Week week;
  private final WeekReckoning reckoning;
  private final WeekMarks marks;
  private final WeekSummary closed;
  private Pair scored;
  private WeekSummary now;
  private int late;
  private boolean isStale;

  ClosedWeek(WeekReckoning.Week week, WeekReckoning reckoning, WeekRows rows) {
    this.week = week;
    this.reckoning = reckoning;
    this.marks = rows.marks();
    this.scored = rows.scored();
    this.closed = reckoning.summary(week, marks, scored, 0);
    this.now = closed;
  }

  private ClosedWeek(SnapshotReader in) {
    this.week = WeekReckoning.Week.read(in);
    this.reckoning = WeekReckoning.read(in);
    this.marks = new WeekMarks();
    marks.restore(in);
    this.closed = WeekSummary.read(in);
    Scored first = Scored.read(in);
    this.scored = new Pair(first, first.withScores(in.floats()));
    this.now = WeekSummary.read(in);
    this.late = in.count();
  }

  /// Writes it by what is known now, whether or not anybody asked for that before.
  void save(SnapshotWriter out) {
    refresh();
    week.save(out);
    reckoning.save(out);
    marks.save(out);
    closed.save(out);
    scored.first().save(out);
    out.floats(scored.second().scores());
    now.save(out);
    out.count(late);
  }

  static ClosedWeek read(SnapshotReader in) {
    return new ClosedWeek(in);
  }

  WeekMarks marks() {
    return marks;
  }

  /// Takes an outcome that comes after the week was closed.
  void late(int row, Truth truth) {
    if (marks.mark(row, truth)) {
      late++;
      isStale = true;
    }
  }

  int late() {
    return late;
  }

  /// The week as it was closed.
  WeekSummary closed() {
    return closed;
  }

  /// The week for any thread, by what is known now.
  WeekSample sample() {
    refresh();
    return new WeekSample(week, reckoning, marks.copy(), scored, late);
  }

  /// The week by what is known now.
  WeekSummary latest() {
    refresh();
    return now;
  }

  /// The scores with what is known now, each row as often as it counts.
  Pair scored() {
    refresh();
    return WeekReckoning.weighed(scored, marks);
  }

  private void refresh() {
    if (isStale) {
      isStale = false;
      boolean[] positives = marks.positives();
      scored =
          new Pair(
              scored.first().withPositives(positives), scored.second().withPositives(positives));
      now = reckoning.summary(week, marks, scored, late);
    }
  }
}
