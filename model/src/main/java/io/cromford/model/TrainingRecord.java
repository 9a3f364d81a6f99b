package io.cromford.model;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// How a model came about: enough to train it again.
///
/// @param interval the training rows' place in the ledger and in time
/// @param learner the learner's name: `xgboost`, `logistic`, `constant`
/// @param parameters the learner's parameters, by name
/// @param seed the seed of everything random
/// @param counts the training rows
/// @param libraries versions of what the result depends on, by name: `xgboost`, `jdk`, `os`
/// @param judged the id of the version that was judged in its place, which has the same recipe and
///   ends earlier; empty if its metrics are its own
public record TrainingRecord(
    Interval interval,
    String learner,
    SortedMap<String, String> parameters,
    long seed,
    Counts counts,
    SortedMap<String, String> libraries,
    String judged) {

  /// An interval of the ledger.
  ///
  /// @param fromObservation ordinal of the first observation that is a training row
  /// @param toObservation ordinal behind the last
  /// @param fromMillis event time of the start, in milliseconds since 1970, inclusive
  /// @param toMillis event time of the end, exclusive
  public record Interval(
      long fromObservation, long toObservation, long fromMillis, long toMillis) {}

  /// How many rows there were.
  ///
  /// @param rows training rows
  /// @param positives those of them that are positive
  public record Counts(long rows, long positives) {}

  /// Copies the maps.
  public TrainingRecord {
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    libraries = Collections.unmodifiableSortedMap(new TreeMap<>(libraries));
  }

  /// A record of maps in any order.
  public static TrainingRecord of(
      Interval interval,
      String learner,
      Map<String, String> parameters,
      long seed,
      Counts counts,
      Map<String, String> libraries,
      String judged) {
    return new TrainingRecord(
        interval,
        learner,
        new TreeMap<>(parameters),
        seed,
        counts,
        new TreeMap<>(libraries),
        judged);
  }

  static TrainingRecord read(byte[] json, String place) {
    JsonObject object = JsonObject.parse(json, place);
    JsonObject interval = object.object("interval");
    return of(
        new Interval(
            interval.longInteger("from_observation"),
            interval.longInteger("to_observation"),
            interval.instant("from"),
            interval.instant("to")),
        object.text("learner"),
        object.object("parameters").texts(),
        object.longInteger("seed"),
        new Counts(object.longInteger("rows"), object.longInteger("positives")),
        object.object("libraries").texts(),
        object.text("judged"));
  }

  byte[] toJson() {
    JsonText place =
        new JsonText()
            .with("from_observation", interval.fromObservation())
            .with("to_observation", interval.toObservation())
            .withInstant("from", interval.fromMillis())
            .withInstant("to", interval.toMillis());
    return new JsonText()
        .with("interval", place)
        .with("learner", learner)
        .with("parameters", parameters)
        .with("seed", seed)
        .with("rows", counts.rows())
        .with("positives", counts.positives())
        .with("libraries", libraries)
        .with("judged", judged)
        .bytes();
  }
}
