package io.cromford.bench.flywheel;

import io.cromford.bench.flywheel.AttackBench.Defence;
import io.cromford.training.report.JsonReport;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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
  public Mean daysToAlarm(Defence defence) {
    return Mean.of(seeds.stream().mapToDouble(seed -> seed.of(defence).daysToAlarm()).toArray());
  }

  /// The days from the first new fraud to a better champion.
  public Mean daysToChampion(Defence defence) {
    return Mean.of(seeds.stream().mapToDouble(seed -> seed.of(defence).daysToChampion()).toArray());
  }

  /// The new frauds missed until then, in euros.
  public Mean lostUntilThen(Defence defence) {
    return Mean.of(seeds.stream().mapToDouble(seed -> seed.of(defence).lostUntilThen()).toArray());
  }

  /// What the factory saved more than the others, with verdicts and without: `factory over frozen`.
  ///
  /// @param defences who was tried
  Map<String, Mean> comparisons(Set<Defence> defences) {
    Map<String, Mean> comparisons = new LinkedHashMap<>();
    for (Defence one : List.of(Defence.FACTORY, Defence.VERDICTS)) {
      for (Defence other : defences) {
        if (defences.contains(one) && other.compareTo(one) < 0) {
          comparisons.put("%s over %s".formatted(lower(one), lower(other)), savedMore(one, other));
        }
      }
    }
    return comparisons;
  }

  /// The result as JSON.
  public String json() {
    Set<Defence> defences = EnumSet.noneOf(Defence.class);
    seeds.forEach(seed -> seed.results().forEach(result -> defences.add(result.defence())));
    return JsonReport.object(json -> {
      json.whole("seeds", seeds.size());
      for (Defence defence : defences) {
        mean(json, "caught_" + lower(defence), caught(defence));
        mean(json, "days_to_alarm_" + lower(defence), daysToAlarm(defence));
        mean(json, "days_to_champion_" + lower(defence), daysToChampion(defence));
        mean(json, "lost_until_then_" + lower(defence), lostUntilThen(defence));
      }
      comparisons(defences)
          .forEach((name, saved) -> mean(json, "saved_" + name.replace(' ', '_'), saved));
    });
  }

  private static String lower(Defence defence) {
    return defence.name().toLowerCase(Locale.ROOT);
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
