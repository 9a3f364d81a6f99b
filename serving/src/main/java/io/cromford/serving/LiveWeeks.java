package io.cromford.serving;

import io.cromford.serving.definition.FactoryDefinition;
import io.cromford.training.Metric;
import io.cromford.training.PairedBootstrap;
import io.cromford.training.Scored;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What the factory decided week by week from go-live on, and what turned out to be true.
final class LiveWeeks {
  private static final int REPLICATES = 1000;

  private final FactoryDefinition definition;
  private final FactoryState state;
  private final long start;
  private final long length;

  LiveWeeks(FactoryDefinition definition, FactoryState state) {
    this.definition = definition;
    this.state = state;
    this.start = state.desk().promotions().getFirst().atMillis();
    this.length = definition.flywheel().retrainEvery().toMillis();
  }

  FactoryReport.Live report() {
    List<int[]> weeks = decisionsByWeek();
    List<FactoryReport.Week> lines = new ArrayList<>();
    List<PairedBootstrap.Pair> pairs = new ArrayList<>();
    for (int week = 0; week < weeks.size(); week++) {
      PairedBootstrap.Pair pair = scores(weeks.get(week));
      FactoryReport.Week line = line(week, weeks.get(week), pair);
      lines.add(line);
      if (line.full() && line.mature()) {
        pairs.add(pair);
      }
    }
    if (pairs.isEmpty()) {
      return new FactoryReport.Live(
          lines, FactoryReport.Mean.NONE, FactoryReport.Mean.NONE, FactoryReport.Gain.NONE);
    }
    var compared =
        PairedBootstrap.meanAveragePrecision(
            pairs, definition.learning().training().search().seed(), REPLICATES);
    var interval = compared.difference().interval(0.95);
    return new FactoryReport.Live(
        lines,
        FactoryReport.Mean.of(compared.first().value()),
        FactoryReport.Mean.of(compared.second().value()),
        new FactoryReport.Gain(compared.difference().value(), interval.low(), interval.high()));
  }

  private List<int[]> decisionsByWeek() {
    LiveLog live = state.desk().live();
    List<int[]> weeks = new ArrayList<>();
    int[] sizes = new int[0];
    for (int decision = 0; decision < live.size(); decision++) {
      int week = week(decision);
      while (weeks.size() <= week) {
        weeks.add(new int[256]);
        sizes = Arrays.copyOf(sizes, weeks.size());
      }
      if (sizes[week] == weeks.get(week).length) {
        weeks.set(week, Arrays.copyOf(weeks.get(week), sizes[week] * 2));
      }
      weeks.get(week)[sizes[week]++] = decision;
    }
    for (int week = 0; week < weeks.size(); week++) {
      weeks.set(week, Arrays.copyOf(weeks.get(week), sizes[week]));
    }
    return weeks;
  }

  /// A late observation counts to its own week, but never to one before go-live.
  private int week(int decision) {
    long event = state.books().eventMillis(state.desk().live().ordinal(decision));
    return (int) Math.max(0, Math.floorDiv(event - start, length));
  }

  private PairedBootstrap.Pair scores(int[] decisions) {
    LiveLog live = state.desk().live();
    float[] learning = new float[decisions.length];
    float[] frozen = new float[decisions.length];
    boolean[] positives = new boolean[decisions.length];
    long[] entities = new long[decisions.length];
    long[] times = new long[decisions.length];
    float[] amounts = new float[decisions.length];
    for (int i = 0; i < decisions.length; i++) {
      int decision = decisions[i];
      learning[i] = live.score(decision);
      frozen[i] = live.frozenScore(decision);
      positives[i] = state.books().label(live.ordinal(decision)) == Books.POSITIVE;
      entities[i] = live.entity(decision);
      times[i] = state.books().eventMillis(live.ordinal(decision));
      amounts[i] = live.amount(decision);
    }
    return new PairedBootstrap.Pair(
        Scored.of(learning, positives, entities, times, amounts),
        Scored.of(frozen, positives, entities, times, amounts));
  }

  private FactoryReport.Week line(int week, int[] decisions, PairedBootstrap.Pair pair) {
    long from = start + week * length;
    long until = from + length;
    long clock = state.books().clock();
    long maturity = definition.data().label().maturity().toMillis();
    Alerts alerts = alerts(decisions, pair.first());
    Metric averagePrecision = new Metric.AveragePrecision();
    return new FactoryReport.Week(
        week + 1,
        FactoryReport.time(from),
        until <= lastEvent(),
        until + maturity <= clock,
        state.desk().promotion(lastModel(decisions)).model(),
        decisions.length,
        pair.first().positives(),
        alerts.count,
        alerts.count == 0 ? null : (double) alerts.right / alerts.count,
        alerts.saved,
        FactoryReport.number(averagePrecision.of(pair.first())),
        FactoryReport.number(averagePrecision.of(pair.second())));
  }

  private long lastEvent() {
    LiveLog live = state.desk().live();
    return state.books().eventMillis(live.ordinal(live.size() - 1)) + Scored.DAY_MILLIS / 24;
  }

  private int lastModel(int[] decisions) {
    return decisions.length == 0
        ? state.desk().promotions().size() - 1
        : state.desk().live().model(decisions[decisions.length - 1]);
  }

  /// What came of a week's alerts.
  private static final class Alerts {
    private int count;
    private int right;
    private double saved;
  }

  /// An alert is right if its entity had a positive that day; it saves the positives from the alert
  /// on.
  private Alerts alerts(int[] decisions, Scored rows) {
    Alerts alerts = new Alerts();
    Map<Long, Map<Long, Integer>> alertOf = new HashMap<>();
    Map<Long, Map<Long, Boolean>> right = new HashMap<>();
    LiveLog live = state.desk().live();
    for (int i = 0; i < decisions.length; i++) {
      Map<Long, Integer> today = alertOf.computeIfAbsent(rows.day(i), _ -> new HashMap<>());
      if (live.action(decisions[i]) == Action.ALERT) {
        alerts.count++;
        alerts.saved -= definition.decision().costs().investigation();
        today.put(rows.entity(i), i);
      }
      if (rows.positive(i)) {
        right.computeIfAbsent(rows.day(i), _ -> new HashMap<>()).put(rows.entity(i), true);
        if (today.containsKey(rows.entity(i))) {
          alerts.saved += rows.amount(i);
        }
      }
    }
    alertOf.forEach((day, cards) ->
        cards
            .keySet()
            .forEach(card -> {
              if (right.getOrDefault(day, Map.of()).containsKey(card)) {
                alerts.right++;
              }
            }));
    return alerts;
  }
}
