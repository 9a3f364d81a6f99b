package io.cromford.bench.flywheel;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.core.Progress;
import io.cromford.flywheel.PromotionGate;
import io.cromford.flywheel.RetrainSchedule;
import io.cromford.flywheel.Rollout;
import io.cromford.generator.CardPayments;
import io.cromford.generator.Payments;
import io.cromford.intake.Arrived;
import io.cromford.intake.SourceDefinition;
import io.cromford.serving.Action;
import io.cromford.serving.Factory;
import io.cromford.serving.FactoryReport;
import io.cromford.serving.definition.FactoryDefinition;
import io.cromford.serving.definition.FlywheelDefinition;
import io.cromford.serving.definition.FlywheelDefinition.Promote;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// A factory under attack: how long until the alarm, until a better champion, and what it cost,
/// against the same factory frozen, and against one that retrains each week without a gate.
///
/// Each seed makes payments of its own, a fifth of the published data's flow, for fifteen weeks;
/// the attack begins three weeks after go-live and doubles the frauds. The outcomes of the second
/// week of the attack may lie or never come ([Outcomes]).
public final class AttackBench {
  private static final int GO_LIVE_DAY = 35;
  private static final int ATTACK_DAY = GO_LIVE_DAY + 21;
  private static final int DAYS = 105;
  private static final int BAD_FROM = ATTACK_DAY + 7;
  private static final int BAD_UNTIL = ATTACK_DAY + 14;
  private static final int FIRST_NEW_WAY = 4;
  private static final double INVESTIGATION = 5;
  private static final Instant END_OF_DAYS = Instant.parse("2100-01-01T00:00:00Z");

  private final Options options;
  private final PrintStream out;

  private AttackBench(Options options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  /// How much is tried.
  ///
  /// @param example the example factory's folder
  /// @param scratch an empty folder
  /// @param seeds how many
  /// @param outcomes what is wrong with a week's outcomes
  /// @param defences who is tried
  public record Options(
      Path example, Path scratch, int seeds, Outcomes outcomes, Set<Defence> defences) {}

  /// What becomes of the outcomes of the attack's second week.
  public enum Outcomes {
    /// They come and are true.
    HONEST,
    /// Its frauds are called genuine, and as many genuine payments frauds.
    POISONED,
    /// They never come.
    MISSING
  }

  /// Who defends.
  public enum Defence {
    /// The first model to the end.
    FROZEN,
    /// Each week a new model, whatever it is worth, and whatever the outcomes are.
    UNGATED,
    /// Each week a challenger that has to pass the gate.
    WEEKLY,
    /// As the example does: the gate, and after an alarm daily.
    FACTORY,
    /// The same, and it learns from verdicts on its alerts before the outcomes are mature.
    VERDICTS
  }

  /// Runs all defences against all seeds, as many at a time as there are cores.
  public static AttackOutcome run(Options options, PrintStream out) {
    return new AttackBench(options, out).run();
  }

  private AttackOutcome run() {
    AttackOutcome outcome = new AttackOutcome(SeedRuns.of(options.seeds(), this::defend));
    print(outcome);
    return outcome;
  }

  private void print(AttackOutcome outcome) {
    for (Defence defence : options.defences()) {
      out.printf("%-8s stopped of the new frauds: %s%n", defence, outcome.caught(defence));
      out.printf("%-8s days to the alarm: %s%n", defence, outcome.daysToAlarm(defence));
      out.printf("%-8s days to a better champion: %s%n", defence, outcome.daysToChampion(defence));
      out.printf(
          "%-8s new frauds missed until then, EUR: %s%n", defence, outcome.lostUntilThen(defence));
    }
    outcome
        .comparisons(options.defences())
        .forEach((name, saved) -> out.printf("money saved, %s: %s%n", name, saved));
  }

  private AttackOutcome.Seed defend(int seed) {
    CardPayments.Parameters parameters =
        CardPayments.Parameters.small(seed).withDays(DAYS).attackedFrom(ATTACK_DAY);
    RecordedFactory factory =
        RecordedFactory.prepare(
            options.scratch().resolve("seed-" + seed),
            options.example(),
            Map.of(
                "trials: 20", "trials: 4",
                "[xgboost, logistic]", "[xgboost]",
                "alerts-per-day: 100", "alerts-per-day: 40"),
            parameters);
    if (options.outcomes() == Outcomes.POISONED) {
      poison(factory.checked().folder().resolve("payments.csv"));
    }
    Payments payments = CardPayments.generate(parameters);
    List<AttackOutcome.Result> results = new ArrayList<>();
    for (Defence defence : options.defences()) {
      AttackOutcome.Result result = defend(factory, defence, payments, seed);
      results.add(result);
      out.printf(Locale.ROOT, "seed %2d: %s%n", seed, result);
    }
    return new AttackOutcome.Seed(results);
  }

  private AttackOutcome.Result defend(
      RecordedFactory factory, Defence defence, Payments payments, int seed) {
    Analyst analyst =
        defence == Defence.VERDICTS
            ? new Analyst(factory.checked().definition().data().source("verdicts"), payments, seed)
            : null;
    boolean[] stopped = new boolean[payments.size()];
    boolean[] alerted = new boolean[payments.size()];
    FactoryReport report =
        factory
            .in(factory.checked().folder().resolve(defence.name()))
            .with(definition(factory.checked().definition(), defence))
            .without(
                arrived -> options.outcomes() == Outcomes.MISSING && isOfBadWeek(arrived, payments))
            .run(
                Progress.SILENT,
                live -> believeAll(live, defence),
                decision -> {
                  int id = Integer.parseInt(decision.id());
                  stopped[id] = decision.action() != Action.PASS;
                  alerted[id] = decision.action() == Action.ALERT;
                },
                analyst);
    return account(defence, payments, stopped, alerted, report);
  }

  /// Who does without a gate believes every outcome too, and takes silence for the truth.
  private static void believeAll(Factory factory, Defence defence) {
    if (defence == Defence.UNGATED) {
      factory.declareComplete(END_OF_DAYS, "it is believed whatever comes", "bench");
    }
  }

  private static FactoryDefinition definition(FactoryDefinition all, Defence defence) {
    FlywheelDefinition own = all.flywheel();
    RetrainSchedule.Haste none = own.haste().never();
    FlywheelDefinition flywheel =
        switch (defence) {
          case FROZEN ->
              new FlywheelDefinition(
                  own.retrainEvery(),
                  none,
                  Promote.NEVER,
                  own.gate(),
                  own.rollout(),
                  own.lastResort());
          case UNGATED ->
              new FlywheelDefinition(
                  own.retrainEvery(),
                  none,
                  Promote.AUTO,
                  new PromotionGate.Rule(1, 0.5, -1, 1, 1000),
                  atOnce(own.rollout()),
                  own.lastResort());
          case WEEKLY ->
              new FlywheelDefinition(
                  own.retrainEvery(),
                  none,
                  own.promote(),
                  own.gate(),
                  own.rollout(),
                  own.lastResort());
          case FACTORY, VERDICTS -> own;
        };
    return new FactoryDefinition(
        all.about(),
        all.data(),
        all.learning(),
        all.decision(),
        flywheel,
        all.monitors(),
        all.serve());
  }

  /// No stages, and nobody is taken back.
  private static Rollout.Rule atOnce(Rollout.Rule rule) {
    return new Rollout.Rule(
        Duration.ZERO,
        Duration.ZERO,
        rule.share(),
        false,
        Duration.ZERO,
        Duration.ZERO,
        Integer.MAX_VALUE,
        rule.scoreTime());
  }

  private static AttackOutcome.Result account(
      Defence defence,
      Payments payments,
      boolean[] stopped,
      boolean[] alerted,
      FactoryReport report) {
    double champion = daysAfter(payments, promotedAfterAttack(payments, report));
    int fresh = 0;
    int caught = 0;
    double saved = 0;
    double lost = 0;
    for (int i = 0; i < payments.size(); i++) {
      if (payments.day(i) < ATTACK_DAY) {
        continue;
      }
      double amount = payments.cents(i) / 100.0;
      saved += (stopped[i] && payments.isFraud(i) ? amount : 0) - (alerted[i] ? INVESTIGATION : 0);
      if (payments.scenario(i) >= FIRST_NEW_WAY) {
        fresh++;
        caught += stopped[i] ? 1 : 0;
        lost += !stopped[i] && !(payments.day(i) - ATTACK_DAY >= champion) ? amount : 0;
      }
    }
    Instant alarm =
        report.training().alarms().stream()
            .filter(one -> one.message().contains("frauds were missed"))
            .map(one -> Instant.parse(one.at()))
            .findFirst()
            .orElse(Instant.MAX);
    return new AttackOutcome.Result(
        defence,
        (double) caught / fresh,
        saved,
        daysAfter(payments, alarm),
        champion,
        lost,
        report.training().promotions().size() - 1);
  }

  private static Instant promotedAfterAttack(Payments payments, FactoryReport report) {
    Instant attack = attack(payments);
    return report.training().promotions().stream()
        .map(promotion -> Instant.parse(promotion.at()))
        .filter(at -> at.isAfter(attack.plus(Duration.ofDays(7))))
        .findFirst()
        .orElse(Instant.MAX);
  }

  private static Instant attack(Payments payments) {
    return payments.start().plusDays(ATTACK_DAY).atStartOfDay().toInstant(ZoneOffset.UTC);
  }

  private static double daysAfter(Payments payments, Instant at) {
    return at.equals(Instant.MAX)
        ? Double.NaN
        : Duration.between(attack(payments), at).toMinutes() / (24 * 60.0);
  }

  private static boolean isOfBadWeek(Arrived arrived, Payments payments) {
    if (arrived.source().isObservation()) {
      return false;
    }
    SourceDefinition source = arrived.source();
    int day = payments.day(Integer.parseInt(arrived.raw().text(source.idColumn())));
    return day >= BAD_FROM && day < BAD_UNTIL;
  }

  /// In one week each fraud changes its label with the genuine payment behind it.
  private static void poison(Path file) {
    try {
      List<String> lines = new ArrayList<>(Files.readAllLines(file, StandardCharsets.US_ASCII));
      for (int i = 1; i + 1 < lines.size(); i++) {
        String[] cells = lines.get(i).split(",", -1);
        String[] next = lines.get(i + 1).split(",", -1);
        int day = Integer.parseInt(cells[6]);
        boolean swaps =
            day >= BAD_FROM && day < BAD_UNTIL && cells[7].equals("1") && next[7].equals("0");
        if (swaps) {
          cells[7] = "0";
          next[7] = "1";
          lines.set(i, String.join(",", cells));
          lines.set(i + 1, String.join(",", next));
          i++;
        }
      }
      Files.write(file, lines, StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new CromfordException(
          ErrorCode.STORAGE, "%s: cannot be changed: %s".formatted(file, e.getMessage()), e);
    }
  }
}
