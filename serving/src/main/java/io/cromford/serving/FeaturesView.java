package io.cromford.serving;

import io.cromford.flywheel.monitor.FeatureProfile;
import io.cromford.flywheel.monitor.Monitors;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;

/// The features that are watched, how their values lie, and what their monitors say.
///
/// @param view the name of the feature view: the hash of its query; empty before any is watched
/// @param sql the query
/// @param day the last day that is over, as `2018-05-06`; empty if none is
/// @param features in the order of the query; empty before a day is over
public record FeaturesView(String view, String sql, String day, List<Feature> features) {
  /// Nothing is watched.
  public static final FeaturesView NONE = new FeaturesView("", "", "", List.of());

  /// Copies the list.
  public FeaturesView {
    features = List.copyOf(features);
  }

  /// One feature.
  ///
  /// @param profile how its values lie
  /// @param monitors what is looked at each day, in the order of their kinds
  public record Feature(FeatureProfile profile, List<MonitorsView.Line> monitors) {
    /// Copies the list.
    public Feature {
      monitors = List.copyOf(monitors);
    }
  }

  static FeaturesView of(FactoryState state) {
    Watch watch = state.watch();
    if (watch.view().isEmpty()) {
      return NONE;
    }
    Monitors monitors = watch.monitors();
    String day = monitors.lastDay() < 0 ? "" : LocalDate.ofEpochDay(monitors.lastDay()).toString();
    return new FeaturesView(
        watch.view(),
        state.views().sql(watch.view()),
        day,
        monitors.profiles().stream().map(profile -> feature(profile, monitors)).toList());
  }

  private static Feature feature(FeatureProfile profile, Monitors monitors) {
    return new Feature(
        profile,
        monitors.states().stream()
            .filter(state -> state.kind().isOfFeatures())
            .filter(state -> state.subject().equals(profile.form().name()))
            .sorted(Comparator.comparing(state -> state.kind()))
            .map(MonitorsView.Line::of)
            .toList());
  }
}
