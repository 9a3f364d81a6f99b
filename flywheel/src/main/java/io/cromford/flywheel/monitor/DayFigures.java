package io.cromford.flywheel.monitor;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What was counted on one day of the factory's clock, by arrival.
///
/// @param day since 1970-01-01, in UTC
/// @param attendance what it means if a source sent nothing
/// @param sources by name
/// @param features how many values lay in each bin of each feature's [FeatureForm]; empty if none
///   were counted
/// @param decisions what was decided
/// @param latencyMicros how long a batch took on the mean; 0 where it was not measured
public record DayFigures(
    long day,
    Attendance attendance,
    Map<String, Source> sources,
    List<List<Integer>> features,
    Decisions decisions,
    double latencyMicros) {
  /// Copies the collections; the maps are sorted, so that equal days are equal bytes.
  public DayFigures {
    sources = Collections.unmodifiableMap(new TreeMap<>(sources));
    features = features.stream().map(List::copyOf).toList();
  }

  /// What it means if a source sent nothing on a day.
  public enum Attendance {
    /// It was silent.
    LIVE,
    /// It was silent if it sends again; else its files have ended.
    REPLAY,
    /// Nothing: the factory did not run.
    ABSENT
  }

  /// A source's day.
  ///
  /// @param accepted records
  /// @param late of them came more than an hour after they happened
  /// @param quarantined records
  /// @param outcomes of the accepted records that carried a label
  /// @param delayHours how long after its observation such an outcome came, on the mean; 0 without
  public record Source(
      long accepted, long late, long quarantined, long outcomes, double delayHours) {
    /// Nothing came.
    public static final Source NONE = new Source(0, 0, 0, 0, 0);

    long records() {
      return accepted + quarantined;
    }
  }

  /// A day's decisions.
  ///
  /// @param all of them
  /// @param scored by how many of them the shift is measured
  /// @param shift of the champion's scores against those before it served; of no meaning without
  /// @param segments by name
  public record Decisions(Scores all, long scored, double shift, Map<String, Scores> segments) {
    /// Nothing was decided.
    public static final Decisions NONE = new Decisions(Scores.NONE, 0, 0, Map.of());

    /// Copies the map, and sorts it.
    public Decisions {
      segments = Collections.unmodifiableMap(new TreeMap<>(segments));
    }
  }

  /// Some decisions.
  ///
  /// @param count how many
  /// @param alerts of them
  /// @param meanScore of the model that answered; 0 without any
  public record Scores(long count, long alerts, double meanScore) {
    /// None.
    public static final Scores NONE = new Scores(0, 0, 0);
  }
}
