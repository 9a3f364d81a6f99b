package io.cromford.serving;

import io.cromford.core.SnapshotReader;
import io.cromford.core.SnapshotWriter;
import io.cromford.flywheel.monitor.AlarmBudget;
import io.cromford.flywheel.monitor.MonitorState;
import io.cromford.flywheel.monitor.Monitors;
import io.cromford.serving.definition.FactoryDefinition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// What the monitors know: the days that are over as the ledger has them, and the day that is on. A
/// fold over decisions and control records; what sources sent is in the [Books].
final class Watch {
  /// Days whose first observation is kept: a week of rows to make bins of.
  private static final int STARTS = 8;

  private final Monitors monitors;
  private final DecisionDay decisions;
  private final FeatureDay features = new FeatureDay();
  private final List<Control.Estimated> estimates = new ArrayList<>();
  private final Deque<Integer> starts = new ArrayDeque<>();
  private String view = "";
  private long latencyNanos;
  private long latencies;

  Watch(FactoryDefinition definition) {
    this.monitors = monitors(definition);
    this.decisions = new DecisionDay(definition.data().segmentRules());
  }

  /// Monitors that have seen nothing.
  static Monitors monitors(FactoryDefinition definition) {
    return new Monitors(
        new AlarmBudget(definition.monitors().falseAlarmsAMonth()),
        definition.data().observations().name());
  }

  /// Writes the day that is on; all else is a fold over control records alone.
  void save(SnapshotWriter out) {
    decisions.save(out);
  }

  /// Takes on what was saved, after all control records.
  void restore(SnapshotReader in) {
    decisions.restore(in);
  }

  Monitors monitors() {
    return monitors;
  }

  DecisionDay decisions() {
    return decisions;
  }

  FeatureDay features() {
    return features;
  }

  /// How each monitor stood on the last day that is over.
  List<MonitorState> states() {
    return monitors.states();
  }

  /// What each week was thought to be worth at its end, in order.
  List<Control.Estimated> estimates() {
    return List.copyOf(estimates);
  }

  /// The name of the view whose features are watched; empty before any are.
  String view() {
    return view;
  }

  /// The first observation of the day that is on.
  int dayStart() {
    return starts.isEmpty() ? 0 : starts.getLast();
  }

  /// The first observation of the last week of days that are over.
  int weekStart() {
    return starts.isEmpty() ? 0 : starts.getFirst();
  }

  /// Takes a control record.
  ///
  /// @param observations how many there are
  void control(Control control, Crew crew, int observations) {
    take(control, monitors);
    decisions.control(control, crew);
    if (control instanceof Control.OfMonitors seen) {
      took(seen, observations);
    }
  }

  private void took(Control.OfMonitors control, int observations) {
    switch (control) {
      case Control.Watched _ -> {
        decisions.clear();
        begin(observations);
        latencies = 0;
        latencyNanos = 0;
      }
      case Control.Binned binned -> {
        view = binned.view();
        features.begin(monitors.forms(), observations);
      }
      case Control.Estimated estimated -> estimates.add(estimated);
      case Control.Drifted _, Control.Settled _ -> {}
    }
  }

  private void begin(int observations) {
    features.begin(monitors.forms(), observations);
    starts.addLast(observations);
    if (starts.size() > STARTS) {
      starts.removeFirst();
    }
  }

  /// Folds a control record into monitors.
  static void take(Control control, Monitors into) {
    if (control instanceof Control.Trained trained) {
      into.trained(trained.model(), trained.fromMillis(), trained.untilMillis());
    } else if (control instanceof Control.Promoted promoted) {
      into.promoted(promoted.model());
    } else if (control instanceof Control.OfMonitors seen) {
      take(seen, into);
    }
  }

  private static void take(Control.OfMonitors control, Monitors into) {
    switch (control) {
      case Control.Binned binned -> into.formed(binned.forms(), binned.day());
      case Control.Watched watched -> into.watched(watched.figures());
      case Control.Drifted drifted -> into.drifted(drifted.key(), drifted.atMillis());
      case Control.Settled settled -> into.settled(settled.key(), settled.isUsualNow());
      case Control.Estimated _ -> {}
    }
  }

  /// A batch took so long.
  void took(long nanos) {
    latencyNanos += nanos;
    latencies++;
  }

  /// How long a batch of the day took on the mean; 0 if none was measured.
  double latencyMicros() {
    return latencies == 0 ? 0 : latencyNanos / 1000.0 / latencies;
  }
}
