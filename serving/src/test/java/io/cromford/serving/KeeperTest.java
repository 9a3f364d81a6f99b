package io.cromford.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.cromford.core.Progress;
import io.cromford.intake.ArrivalStream;
import io.cromford.intake.Arrived;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Snapshots while a factory serves, each made by a process of its own.
@Timeout(240)
class KeeperTest {
  private static final Duration AT_ONCE = Duration.ofMillis(20);

  /// One whenever there is something new, and a person told of the first failure.
  private static final Keeper.Pace EAGER =
      new Keeper.Pace(1, AT_ONCE, AT_ONCE, Duration.ofMillis(100), Duration.ZERO);

  private static final Keeper.Pace NEVER =
      new Keeper.Pace(Long.MAX_VALUE, AT_ONCE, AT_ONCE, AT_ONCE, AT_ONCE);

  private static final String SEGMENTS = "segments: {small: amount < 50}\n";

  @TempDir private Path folder;
  private Workshop workshop;

  @BeforeEach
  void make() throws IOException {
    workshop =
        new Workshop(Files.createDirectories(folder.resolve("factory")))
            .withFactory("label: {", SEGMENTS + "label: {")
            .write(Workshop.payments(1));
  }

  /// Takes in all payments, as files are replayed, and serves from there on.
  private static void serve(Factory factory) {
    try (ArrivalStream arrivals = factory.arrivals()) {
      Arrived next = Workshop.build(factory, arrivals);
      List<Submission> batch = new ArrayList<>();
      while (next != null) {
        batch.add(Workshop.submission(next));
        next = arrivals.next();
      }
      Workshop.submit(factory, batch);
    }
    factory.freeze("what the factory does by itself is no matter here", "ada");
    factory.goOn();
  }

  private static void until(BooleanSupplier holds) throws InterruptedException {
    while (!holds.getAsBoolean()) {
      Thread.sleep(AT_ONCE);
    }
  }

  private static long files(Path of) {
    if (!Files.isDirectory(of)) {
      return 0;
    }
    try (Stream<Path> all = Files.list(of)) {
      return all.count();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean isKeptUpTo(long position) {
    return Files.exists(workshop.snapshots().resolve("state.%020d.snapshot".formatted(position)));
  }

  private Path jobs() {
    return workshop.state().resolve("jobs");
  }

  private static boolean isAlarmed(Factory factory) {
    return factory.alarms().book().open().stream()
        .anyMatch(alarm -> alarm.key().equals(AlarmKind.SNAPSHOTS_FAILED.key()));
  }

  private static Optional<JobStatus> snapshot(Factory factory) {
    return factory.jobs().stream().filter(job -> job.kind().equals("snapshot")).findFirst();
  }

  /// What a kill would leave at this moment: the files as they are.
  private Workshop crashed(String name) throws IOException {
    Path copy = Files.createDirectories(folder.resolve(name));
    Path state = workshop.state();
    try (Stream<Path> all = Files.walk(state)) {
      for (Path file : all.toList()) {
        Files.copy(file, copy.resolve("state").resolve(state.relativize(file)));
      }
    }
    return new Workshop(copy)
        .withFactory("label: {", SEGMENTS + "label: {")
        .write(Workshop.payments(1));
  }

  /// What the steps of an opening said at their end.
  private static final class Heard implements Progress {
    private final Map<String, String> outcomes = new HashMap<>();

    @Override
    public Step start(String title, long total) {
      return new Step() {
        @Override
        public void finish(String outcome) {
          outcomes.put(title, outcome);
        }
      };
    }
  }

  /// Answers to payments that come after a crash.
  private static String after(Factory factory) {
    factory.buildFeatures(Progress.SILENT);
    factory.train(Progress.SILENT);
    factory.goOn();
    StringBuilder answers = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      String[] values = {
        Integer.toString(9000 + i), "2018-04-30T10:00:00", Integer.toString(i % 5), "3", i + ".50"
      };
      answers.append(Workshop.submit(factory, List.of(Workshop.live(factory, "payments", values))));
    }
    assertThat(factory.parity(Progress.SILENT).mismatches()).isZero();
    return answers.append(Control.JSON.writeValueAsString(factory.report())).toString();
  }

  @Test
  void goesOnAfterACrashFromWhatWasKeptWhileItServed() throws Exception {
    Workshop crashed;
    try (Factory factory = workshop.resume(EAGER, Progress.SILENT)) {
      serve(factory);
      long position = factory.ledgerHead().position();
      until(() -> isKeptUpTo(position));
      until(() -> files(jobs()) == 0);
      Workshop.submit(
          factory,
          List.of(
              Workshop.live(factory, "payments", "8000", "2018-04-29T09:00:00", "3", "4", "7.00")));
      crashed = crashed("crashed");
      Heard heard = new Heard();
      try (Factory again = crashed.resume(NEVER, heard)) {
        assertThat(heard.outcomes.get("recover"))
            .contains("behind a snapshot at %,d".formatted(position));
        again.buildFeatures(Progress.SILENT);
        assertThat(again.status().observations()).isEqualTo(factory.status().observations());
      }
    }
    Workshop whole = crashed("whole");
    whole.deleteSnapshots();
    Workshop kept = crashed;
    try (Factory one = kept.resume(NEVER, Progress.SILENT);
        Factory other = whole.resume(NEVER, Progress.SILENT)) {
      assertThat(after(one)).isEqualTo(after(other));
    }
  }

  @Test
  void keepsNothingWhileTheFactoryFileIsAnotherAndTellsAPerson() throws Exception {
    try (Factory factory = workshop.resume(EAGER, Progress.SILENT)) {
      workshop.withFactory("amount < 50", "amount < 60").checked();
      serve(factory);
      until(() -> isAlarmed(factory));
      assertThat(files(workshop.snapshots())).isZero();
      assertThat(factory.alarms().book().open())
          .filteredOn(alarm -> alarm.key().equals(AlarmKind.SNAPSHOTS_FAILED.key()))
          .singleElement()
          .satisfies(alarm ->
              assertThat(alarm.last().message())
                  .contains("the factory file was changed since the factory was started")
                  .contains("\nMaybe"));
      workshop.withFactory("amount < 60", "amount < 50").checked();
      until(() -> !isAlarmed(factory));
      assertThat(files(workshop.snapshots())).isPositive();
    }
  }

  @Test
  void leavesNothingWhereItIsCancelledKilledOrTheFactoryEnds() throws Exception {
    try (Factory factory = workshop.resume(EAGER, Progress.SILENT)) {
      serve(factory);
      until(() -> snapshot(factory).isPresent());
      JobStatus job = snapshot(factory).orElseThrow();
      assertThat(job.cost().rows()).isPositive();
      assertThat(job.cost().memoryBytes()).isPositive();
      factory.cancel(job.id(), "memory is needed elsewhere", "ada");
      until(() -> isAlarmed(factory));
      assertThat(files(workshop.snapshots())).isZero();
      until(() -> child().isPresent());
      ProcessHandle killed = child().orElseThrow();
      killed.destroyForcibly();
      until(() -> child().filter(another -> !another.equals(killed)).isPresent());
      assertThat(files(workshop.snapshots())).isZero();
    }
    assertThat(child()).isEmpty();
    assertThat(files(jobs())).isZero();
    Heard heard = new Heard();
    try (Factory factory = workshop.resume(NEVER, heard)) {
      assertThat(heard.outcomes.get("recover")).startsWith("0 bytes of ledger behind a snapshot");
      assertThat(factory.status().observations()).isPositive();
    }
  }

  /// The one process of this one's: fits are none here.
  private static Optional<ProcessHandle> child() {
    return ProcessHandle.current().children().findFirst();
  }
}
