package io.cromford.bench.flywheel;

import io.cromford.bench.flywheel.AttackBench.Defence;
import io.cromford.training.report.JsonReport;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/// What came of all seeds of [AttackBench].
public record AttackOutcome(List<Seed> seeds) {
  private static final int REPLICATES = 10_000;

  /// What came of one seed.
  public record Seed(List<Result> results) {
    /// Copies the list.
    public Seed {
      results = List.copyOf(results);
    }

    Result of(Defence defence) {
      return results.stream()
          .filter(result -> result.defence() == defence)
          .findFirst()
          .orElseThrow();
    }
  }

  /// What came of one defence against one seed.
  ///
  /// @param caught the share of the new ways' frauds that were stopped
  /// @param saved the frauds stopped from the attack on less the alerts' cost, in euros
  /// @param daysToAlarm from the first new fraud; NaN if there was no alarm
  /// @param daysToChampion from the first new fraud to the first promotion after it; NaN if there
  ///   was none
  /// @param lostUntilThen the new frauds missed until then, in euros
  /// @param promotions after the first model
  public record Result(
      Defence defence,
      double caught,
      double saved,
      double daysToAlarm,
      double daysToChampion,
      double lostUntilThen,
      int promotions) {}

  /// A mean over seeds with its 95 % interval, from resampling the seeds.
  public record Mean(double mean, double low, double high) {
    static Mean of(double[] values) {
      double[] means = new double[REPLICATES];
      SplittableRandom random = new SplittableRandom(1);
      for (int i = 0; i < REPLICATES; i++) {
        for (int j = 0; j < values.length; j++) {
          means[i] += values[random.nextInt(values.length)] / values.length;
        }
      }
      Arrays.sort(means);
      return new Mean(
          Arrays.stream(values).average().orElse(Double.NaN),
          means[REPLICATES / 40],
          means[REPLICATES - 1 - REPLICATES / 40]);
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%.3f [%.3f, %.3f]", mean, low, high);
    }
  }

  /// Copies the list.
  public AttackOutcome {
    seeds = List.copyOf(seeds);
  }

  /// What a defence saved more than another did, as a share of what the other saved.
  public Mean savedMore(Defence one, Defence other) {
    return Mean.of(
        seeds.stream()
            .mapToDouble(seed -> seed.of(one).saved() / seed.of(other).saved() - 1)
            .toArray());
  }

  /// The share of the new ways' frauds that a defence stopped.
  public Mean caught(Defence defence) {
    return Mean.of(seeds.stream().mapToDouble(seed -> seed.of(defence).caught()).toArray());
  }

  /// The days from the first new fraud to the alarm.
  public Mean daysToAlarm() {
    return Mean.of(
        seeds.stream().mapToDouble(seed -> seed.of(Defence.FACTORY).daysToAlarm()).toArray());
  }

  /// The days from the first new fraud to a better champion.
  public Mean daysToChampion() {
    return Mean.of(
        seeds.stream().mapToDouble(seed -> seed.of(Defence.FACTORY).daysToChampion()).toArray());
  }

  /// The new frauds missed until then, in euros.
  public Mean lostUntilThen() {
    return Mean.of(
        seeds.stream().mapToDouble(seed -> seed.of(Defence.FACTORY).lostUntilThen()).toArray());
  }

  /// The result as JSON.
  public String json() {
    return JsonReport.object(json -> {
      json.whole("seeds", seeds.size());
      for (Defence defence : Defence.values()) {
        mean(json, "caught_" + defence.name().toLowerCase(Locale.ROOT), caught(defence));
      }
      mean(json, "saved_more_than_frozen", savedMore(Defence.FACTORY, Defence.FROZEN));
      mean(json, "saved_more_than_ungated", savedMore(Defence.FACTORY, Defence.UNGATED));
      mean(json, "saved_more_than_weekly", savedMore(Defence.FACTORY, Defence.WEEKLY));
      mean(json, "saved_more_by_verdicts", savedMore(Defence.VERDICTS, Defence.FACTORY));
      mean(json, "days_to_alarm", daysToAlarm());
      mean(json, "days_to_champion", daysToChampion());
      mean(json, "lost_until_then", lostUntilThen());
    });
  }

  private static void mean(JsonReport json, String name, Mean mean) {
    json.object(
        name,
        object ->
            object
                .number("mean", mean.mean())
                .number("low", mean.low())
                .number("high", mean.high()));
  }
}
