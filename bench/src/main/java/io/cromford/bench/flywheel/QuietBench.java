package io.cromford.bench.flywheel;

import io.cromford.core.Progress;
import io.cromford.generator.CardPayments;
import io.cromford.serving.FactoryReport;
import io.cromford.training.report.JsonReport;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A factory in a world that does not change: live from the nineteenth week on, when there is
/// nothing left to learn, over generated payments of several seeds. It should leave its model
/// alone, be no worse for its challengers, and raise no alarms.
public final class QuietBench {
  private static final int DAYS = 183;
  private static final int LIVE_DAYS = 57;

  private QuietBench() {}

  /// What came of one seed.
  ///
  /// @param boundaries at which a challenger was judged
  /// @param promotions after the first model
  /// @param alarms raised
  /// @param low lower end of the 95 % interval of the difference to the frozen model
  /// @param difference of the mean weekly average precision to the frozen model
  /// @param high its upper end
  public record Result(
      int boundaries, int promotions, int alarms, double low, double difference, double high) {}

  /// What came of all.
  public record Outcome(List<Result> seeds) {
    /// Copies the list.
    public Outcome {
      seeds = List.copyOf(seeds);
    }

    /// The boundaries of all seeds.
    public int boundaries() {
      return seeds.stream().mapToInt(Result::boundaries).sum();
    }

    /// The promotions of all seeds.
    public int promotions() {
      return seeds.stream().mapToInt(Result::promotions).sum();
    }

    /// The alarms of all seeds.
    public int alarms() {
      return seeds.stream().mapToInt(Result::alarms).sum();
    }

    /// The months that all seeds were live.
    public double months() {
      return seeds.size() * LIVE_DAYS / 30.4;
    }

    /// How many seeds were worse than frozen beyond noise.
    public long worse() {
      return seeds.stream().filter(seed -> seed.high() < 0).count();
    }

    /// The result as JSON.
    public String json() {
      return JsonReport.object(json ->
          json.whole("seeds", seeds.size())
              .whole("boundaries", boundaries())
              .whole("promotions", promotions())
              .whole("alarms", alarms())
              .number("months", months())
              .whole("worse_than_frozen", worse()));
    }
  }

  /// Runs all seeds, as many at a time as there are cores.
  ///
  /// @param example the example factory's folder
  /// @param scratch an empty folder
  public static Outcome run(Path example, Path scratch, int seeds, PrintStream out) {
    Outcome outcome =
        new Outcome(
            SeedRuns.of(
                seeds,
                seed -> {
                  Result result = run(example, scratch, seed);
                  out.printf("seed %2d: %s%n", seed, result);
                  return result;
                }));
    out.printf(
        Locale.ROOT,
        "%d promotions at %d boundaries, %d alarms in %.1f months, worse than frozen: %d of %d%n",
        outcome.promotions(),
        outcome.boundaries(),
        outcome.alarms(),
        outcome.months(),
        outcome.worse(),
        seeds);
    return outcome;
  }

  private static Result run(Path example, Path scratch, int seed) {
    FactoryReport report =
        RecordedFactory.prepare(
                scratch.resolve("seed-" + seed),
                example,
                Map.of(
                    "trials: 20", "trials: 4",
                    "[xgboost, logistic]", "[xgboost]",
                    "alerts-per-day: 100", "alerts-per-day: 40",
                    "go-live: 2018-05-06", "go-live: 2018-08-05"),
                CardPayments.Parameters.small(seed).withDays(DAYS))
            .run(Progress.SILENT);
    FactoryReport.Live live = report.live();
    if (live == null) {
      throw new IllegalStateException("nothing was decided");
    }
    FactoryReport.Gain gain = live.difference();
    return new Result(
        report.training().judgements().size(),
        report.training().promotions().size() - 1,
        report.training().alarms().size(),
        number(gain.low()),
        number(gain.mean()),
        number(gain.high()));
  }

  private static double number(@Nullable Double value) {
    return value == null ? Double.NaN : value;
  }
}
