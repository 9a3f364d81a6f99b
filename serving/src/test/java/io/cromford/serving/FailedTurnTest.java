package io.cromford.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class FailedTurnTest {
  private static final long GO_LIVE = Instant.parse("2018-04-15T00:00:00Z").toEpochMilli();
  private static final long RETRAIN_EVERY = Duration.ofDays(3).toMillis();

  @TempDir private Path folder;

  @Test
  @Timeout(120)
  void recordsATurnThatFailedAndGoesOnToTheNextBoundary() {
    Workshop workshop = new Workshop(folder).write(Workshop.payments(1));
    Path models = workshop.state().resolve("models");
    try (Factory factory = workshop.open()) {
      workshop.runLive(
          factory,
          arrival -> {
            breakOnce(models);
            long boundaries = Math.max(0, arrival - 1 - GO_LIVE) / RETRAIN_EVERY;
            while (factory.quality().alarms() < boundaries) {
              Thread.onSpinWait();
            }
          });
      assertThat(skips(factory))
          .hasSizeGreaterThan(2)
          .extracting(FactoryReport.Skip::reason)
          .containsOnly("the training failed: STORAGE");
      assertThat(skips(factory)).extracting(FactoryReport.Skip::alarm).containsOnly(true);
      assertThat(factory.status().ready()).isTrue();
    }
  }

  private static List<FactoryReport.Skip> skips(Factory factory) {
    return factory.report().training().skipped();
  }

  private static void breakOnce(Path models) {
    try {
      if (Files.isDirectory(models)) {
        Files.move(models, models.resolveSibling("aside"));
        Files.writeString(models, "no folder");
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void waitsInAReplayForWhatTheMachineLacks() {
    assertThatThrownBy(() ->
            TurnAttempt.replayed(
                1,
                () -> {
                  throw new CromfordException(ErrorCode.STORAGE, "full");
                }))
        .hasMessage("full");
  }

  @Test
  void recordsAnyOtherFailureAtItsBoundary() {
    Loop.Turn done =
        TurnAttempt.replayed(
            86_400_000,
            () -> {
              throw new IllegalStateException("4970 1234 5678");
            });
    assertThat(done.passed()).isEmpty();
    assertThat(done.controls())
        .containsExactly(
            Control.Skipped.loudly(
                86_400_000,
                "the training failed: IllegalStateException",
                AlarmKind.TRAINING_FAILED));
    assertThat(
            TurnAttempt.live(
                    86_400_000,
                    () -> {
                      throw new CromfordException(ErrorCode.EXTERNAL, "XGBoost failed.\nMaybe.");
                    },
                    job())
                .controls())
        .contains(
            Control.Skipped.loudly(
                86_400_000, "the training failed: EXTERNAL", AlarmKind.TRAINING_FAILED));
  }

  private static Job job() {
    return new Jobs().begin(Job.Kind.TRAINING, "a boundary", new JobCost(1, Duration.ZERO, 0, 0));
  }

  @Test
  void saysWhoCancelledATurnWhateverBecameOfIt() {
    Job job = job();
    job.cancel("by ada: not today");
    Control skipped = Control.Skipped.quietly(7, "the training was cancelled by ada: not today");
    assertThat(TurnAttempt.live(7, Loop.Turn::of, job).controls()).containsExactly(skipped);
    assertThat(
            TurnAttempt.live(
                    7,
                    () -> {
                      throw new CromfordException(ErrorCode.UNAVAILABLE, "killed");
                    },
                    job)
                .controls())
        .containsExactly(skipped);
  }
}
