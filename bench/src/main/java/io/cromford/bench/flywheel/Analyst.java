package io.cromford.bench.flywheel;

import io.cromford.generator.Payments;
import io.cromford.intake.Origin;
import io.cromford.intake.RawRecord;
import io.cromford.intake.SourceDefinition;
import io.cromford.serving.Action;
import io.cromford.serving.Decision;
import io.cromford.serving.Submission;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Somebody who looks at each alert and says some hours later, by the factory's time, whether it
/// was right; now and then wrongly. Nobody looks at what passed. For one thread.
final class Analyst {
  private static final Duration AFTER = Duration.ofHours(4);
  private static final double WRONG = 0.02;

  private final SourceDefinition verdicts;
  private final Payments payments;
  private final SplittableRandom chance;
  private final Deque<Verdict> pending = new ArrayDeque<>();
  private long given;

  private record Verdict(int payment, long dueMillis) {}

  /// @param verdicts the source that they come from: `tx_id`, `confirmed`
  /// @param payments the truth
  /// @param seed which of them are wrong
  Analyst(SourceDefinition verdicts, Payments payments, long seed) {
    this.verdicts = verdicts;
    this.payments = payments;
    this.chance = new SplittableRandom(seed);
  }

  /// Hears of a decision.
  void decided(Decision decision, long atMillis) {
    if (decision.action() == Action.ALERT) {
      pending.add(new Verdict(Integer.parseInt(decision.id()), atMillis + AFTER.toMillis()));
    }
  }

  /// The next verdict that is given by some time; null if there is none.
  @Nullable Submission next(long nowMillis) {
    if (pending.isEmpty() || pending.getFirst().dueMillis() > nowMillis) {
      return null;
    }
    Verdict verdict = pending.removeFirst();
    boolean confirmed = payments.isFraud(verdict.payment()) != (chance.nextDouble() < WRONG);
    RawRecord record = new RawRecord(verdicts.schema());
    record.setText(verdicts.idColumn(), Integer.toString(verdict.payment()));
    record.setText(verdicts.schema().indexOf("confirmed"), Boolean.toString(confirmed));
    Origin origin = new Origin("verdicts", "verdicts", given, ++given);
    return new Submission(
        verdicts.name(), record, new Submission.Replay(verdict.dueMillis(), origin, null));
  }
}
