package io.cromford.bench.flywheel;

import io.cromford.core.Progress;
import io.cromford.generator.CardPayments;
import io.cromford.serving.GateTrial;
import io.cromford.training.report.JsonReport;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A bad challenger never gets through, and a good one does: sabotaged and honest candidates
/// against one recorded ledger.
///
/// The sabotaged ones meet a champion as good as they would be without the sabotage. The gate gives
/// every reason, so the check that is meant for a sabotage must be among those that caught it. The
/// honest ones meet a champion that knows little and have three boundaries; only those that are
/// better by [#LEAST_TRUE_GAIN] or more count, and candidates are made until there are enough.
public final class GateBench {
  /// The true gain from which on an honest candidate should pass.
  public static final double LEAST_TRUE_GAIN = 0.02;

  /// Fitted on the very rows of an honest challenger.
  private static final GateTrial.Champion EQUAL =
      new GateTrial.Champion(Duration.ofDays(49), Duration.ZERO);

  private static final int ATTEMPTS = 3;
  private static final int MOST_TRIES = 4;
  private static final int FIRST_BOUNDARY = 2;

  private final GateTrial trial;
  private final List<Integer> boundaries;
  private final PrintStream out;

  private GateBench(GateTrial trial, PrintStream out) {
    this.trial = trial;
    this.boundaries = trial.boundaries();
    this.out = out;
  }

  /// How much is tried.
  ///
  /// @param example the example factory's folder
  /// @param scratch an empty folder
  /// @param sabotaged candidates, at least one of each kind
  /// @param honest candidates that are better
  /// @param payments what the ledger is recorded of
  public record Options(
      Path example, Path scratch, int sabotaged, int honest, CardPayments.Parameters payments) {}

  /// What came of a sabotaged candidate.
  public record Sabotaged(
      String kind, String place, boolean passed, boolean caught, String reason) {}

  /// What came of an honest candidate.
  ///
  /// @param gain the mean of the gains over the boundaries that it had
  /// @param attempts at which attempt it passed, from 1; 0 if it never did
  public record Honest(double gain, int attempts) {
    /// Whether it is so much better that it should pass.
    public boolean counts() {
      return gain >= LEAST_TRUE_GAIN;
    }
  }

  /// What came of all.
  public record Outcome(List<Sabotaged> sabotaged, List<Honest> honest) {
    /// Copies the lists.
    public Outcome {
      sabotaged = List.copyOf(sabotaged);
      honest = List.copyOf(honest);
    }

    /// How many sabotaged candidates passed.
    public long passedSabotage() {
      return sabotaged.stream().filter(Sabotaged::passed).count();
    }

    /// How many were held by another check than the one that must catch them, or passed.
    public long uncaught() {
      return sabotaged.stream().filter(one -> !one.caught()).count();
    }

    /// The honest candidates that should pass.
    public List<Honest> good() {
      return honest.stream().filter(Honest::counts).toList();
    }

    /// How many of them did.
    public long goodPassed() {
      return good().stream().filter(one -> one.attempts() > 0).count();
    }

    /// The result as JSON.
    public String json() {
      return JsonReport.object(json -> {
        json.whole("sabotaged", sabotaged.size());
        json.whole("sabotaged_promoted", passedSabotage());
        json.whole("sabotaged_caught_elsewhere", uncaught());
        json.whole("good", good().size());
        json.whole("good_promoted", goodPassed());
      });
    }
  }

  /// Records a ledger and tries the candidates.
  public static Outcome run(Options options, PrintStream out, Progress progress) {
    RecordedFactory recorded =
        RecordedFactory.prepare(
            options.scratch().resolve("factory"),
            options.example(),
            Map.of(
                "trials: 20",
                "trials: 4",
                "[xgboost, logistic]",
                "[xgboost]",
                "small: amount < 20",
                "small: amount < 60"),
            options.payments());
    recorded.run(progress);
    try (GateTrial trial =
        GateTrial.open(
            recorded.checked(), recorded.state(), options.scratch().resolve("trial"), progress)) {
      GateBench bench = new GateBench(trial, out);
      Outcome outcome =
          new Outcome(bench.sabotaged(options.sabotaged()), bench.honest(options.honest()));
      out.printf(
          Locale.ROOT,
          "sabotaged: %d, promoted %d, held by another check than the one meant %d%n",
          outcome.sabotaged().size(),
          outcome.passedSabotage(),
          outcome.uncaught());
      out.printf(
          Locale.ROOT,
          "honest and better by %.2f or more: %d, promoted within %d boundaries %d%n",
          LEAST_TRUE_GAIN,
          outcome.good().size(),
          ATTEMPTS,
          outcome.goodPassed());
      return outcome;
    }
  }

  private List<Sabotaged> sabotaged(int count) {
    List<Sabotaged> all = new ArrayList<>();
    List<Sabotage> kinds = List.of(Sabotage.values());
    for (int seed = 0; seed < count; seed++) {
      Sabotage kind = kinds.get(seed % kinds.size());
      GateTrial.Result result =
          trial.challenge(boundary(seed), EQUAL, kind.making(seed / kinds.size()));
      all.add(
          new Sabotaged(
              kind.name().toLowerCase(Locale.ROOT).replace('_', ' '),
              kind.place(),
              result.passed(),
              !result.passed() && result.reason().contains(kind.caughtBy()),
              result.reason()));
      out.printf(
          Locale.ROOT,
          "%-18s in %-34s %s: %s%n",
          all.getLast().kind(),
          kind.place(),
          result.passed() ? "PASSED" : all.getLast().caught() ? "caught" : "held",
          result.reason());
    }
    return all;
  }

  private int boundary(int seed) {
    return boundaries.get(FIRST_BOUNDARY + seed % (boundaries.size() - FIRST_BOUNDARY));
  }

  private List<Honest> honest(int wanted) {
    List<Honest> all = new ArrayList<>();
    for (int seed = 0; seed < MOST_TRIES * wanted && good(all) < wanted; seed++) {
      all.add(honest(seed, 7 + seed % 4 * 2));
      out.printf(
          Locale.ROOT,
          "honest, gain %+.4f: %s%n",
          all.getLast().gain(),
          all.getLast().attempts() == 0
              ? "never promoted"
              : "promoted at attempt " + all.getLast().attempts());
    }
    return all;
  }

  private static long good(List<Honest> all) {
    return all.stream().filter(Honest::counts).count();
  }

  /// A champion that ages while challengers of the same making come week after week.
  private Honest honest(int seed, int windowDays) {
    int start = seed % (boundaries.size() - ATTEMPTS + 1);
    double gains = 0;
    int passedAt = 0;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      GateTrial.Champion champion =
          new GateTrial.Champion(
              Duration.ofDays(windowDays), Duration.ofDays(7L * attempt + seed % 3 * 7L));
      GateTrial.Result result =
          trial.challenge(boundaries.get(start + attempt), champion, GateTrial.Making.HONEST);
      gains += result.gain() / ATTEMPTS;
      passedAt = passedAt == 0 && result.passed() ? attempt + 1 : passedAt;
    }
    return new Honest(gains, passedAt);
  }
}
