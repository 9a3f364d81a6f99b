package io.cromford.serving;

import io.cromford.core.SnapshotReader;
import io.cromford.core.SnapshotWriter;
import io.cromford.flywheel.ScoreBins;
import io.cromford.flywheel.ScoreWatch;
import io.cromford.flywheel.monitor.DayFigures;
import io.cromford.intake.Rule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The day's decisions, counted; and how the champion's scores lie against those it gave to the
/// days before it served. A fold over decisions and control records.
final class DecisionDay {
  private final List<String> segments;
  private final Tally all = new Tally();
  private final Tally[] bySegment;
  private final Map<String, ScoreBins> bins = new HashMap<>();
  private String first = "";
  private String champion = "";
  private int championNumber = -1;
  private @Nullable ScoreWatch watch;

  private static final class Tally {
    private long count;
    private long alerts;
    private double sum;

    void add(double score, boolean isAlert) {
      count++;
      alerts += isAlert ? 1 : 0;
      sum += score;
    }

    void save(SnapshotWriter out) {
      out.number(count);
      out.number(alerts);
      out.real(sum);
    }

    void restore(SnapshotReader in) {
      count = in.number();
      alerts = in.number();
      sum = in.real();
    }

    DayFigures.Scores figures() {
      return new DayFigures.Scores(count, alerts, count == 0 ? 0 : sum / count);
    }

    void clear() {
      count = 0;
      alerts = 0;
      sum = 0;
    }
  }

  /// @param rules of the segments, in the order of the factory file
  DecisionDay(List<Rule> rules) {
    segments = rules.stream().map(Rule::name).toList();
    bySegment = segments.stream().map(_ -> new Tally()).toArray(Tally[]::new);
  }

  void save(SnapshotWriter out) {
    out.section("day's decisions");
    all.save(out);
    for (Tally tally : bySegment) {
      tally.save(out);
    }
    out.maybe(watch, seen -> seen.save(out));
  }

  /// Takes on what was saved, after all control records.
  void restore(SnapshotReader in) {
    in.section("day's decisions");
    all.restore(in);
    for (Tally tally : bySegment) {
      tally.restore(in);
    }
    watch = in.maybe(() -> ScoreWatch.read(in));
  }

  /// Takes a control record, after the crew has.
  void control(Control control, Crew crew) {
    if (control instanceof Control.Shadowed shadowed) {
      keep(shadowed.model(), shadowed.bins());
    } else if (control instanceof Control.Promoted promoted) {
      keep(promoted.model(), promoted.bins());
      first = first.isEmpty() ? promoted.model() : first;
      champion = promoted.model();
      championNumber = crew.number(champion);
      watchAnew();
    }
  }

  private void keep(String model, @Nullable ScoreBins of) {
    if (of != null) {
      bins.put(model, of);
    }
  }

  private void watchAnew() {
    ScoreBins of = bins.get(champion);
    watch = of == null ? null : new ScoreWatch(of);
  }

  /// Takes a decision.
  ///
  /// @param mask of the segments that its observation is in
  void decided(DecisionRecord decision, int mask) {
    double score = decision.answer().score();
    boolean isAlert = decision.answer().action() == Action.ALERT;
    all.add(score, isAlert);
    for (int i = 0; i < bySegment.length; i++) {
      if ((mask & 1 << i) != 0) {
        bySegment[i].add(score, isAlert);
      }
    }
    if (watch != null) {
      watch.add(championScore(decision));
    }
  }

  private double championScore(DecisionRecord decision) {
    return champion.equals(first)
        ? decision.frozenScore()
        : decision.scoreOf(championNumber).orElse(decision.answer().score());
  }

  /// The day so far.
  DayFigures.Decisions figures() {
    Map<String, DayFigures.Scores> parts = new TreeMap<>();
    for (int i = 0; i < bySegment.length; i++) {
      parts.put(segments.get(i), bySegment[i].figures());
    }
    ScoreWatch.Seen seen = watch == null ? null : watch.seen();
    long scored = seen == null ? 0 : seen.scores() - seen.unfit();
    return new DayFigures.Decisions(
        all.figures(), scored, seen == null || scored == 0 ? 0 : seen.shift(), parts);
  }

  /// Another day begins.
  void clear() {
    all.clear();
    for (Tally tally : bySegment) {
      tally.clear();
    }
    watchAnew();
  }
}
