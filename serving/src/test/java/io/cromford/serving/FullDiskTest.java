package io.cromford.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.cromford.core.ErrorCode;
import io.cromford.core.Progress;
import io.cromford.intake.ArrivalStream;
import io.cromford.intake.Arrived;
import io.cromford.ledger.FaultyDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class FullDiskTest {
  @TempDir private Path folder;

  @Test
  void keepsWhatWasAcknowledgedAndGoesOnWhenThereIsRoom() {
    FaultyDisk disk = new FaultyDisk(new SplittableRandom(3));
    Workshop workshop = new Workshop(folder).write(Workshop.payments(1));
    String report;
    try (Factory factory = workshop.open(disk)) {
      Workshop.goLive(factory);
      assertThat(pay(factory, 0)).isInstanceOf(Result.Decided.class);
      disk.capacityBytes(disk.usedBytes());
      for (int i = 1; i < 4; i++) {
        assertThat(pay(factory, i))
            .isInstanceOfSatisfying(
                Result.Failed.class,
                failed -> assertThat(failed.code()).isEqualTo(ErrorCode.STORAGE));
      }
      assertThat(factory.status().ready()).isFalse();
      assertThat(factory.find("100000")).isPresent();
      disk.capacityBytes(Long.MAX_VALUE);
      awaitReady(factory);
      // The first was appended when it was refused, and is known; the others were never taken.
      assertThat(pay(factory, 1)).isInstanceOf(Result.AlreadyKnown.class);
      assertThat(pay(factory, 2)).isInstanceOf(Result.Decided.class);
      assertThat(pay(factory, 0)).isInstanceOf(Result.AlreadyKnown.class);
      assertThat(factory.parity(Progress.SILENT).mismatches()).isZero();
      report = factory.report().toString();
    }
    try (Factory again = workshop.open(disk.afterKill())) {
      assertThat(again.report()).hasToString(report);
      again.buildFeatures(Progress.SILENT);
      assertThat(again.parity(Progress.SILENT)).isEqualTo(new Parity(3, 0));
    }
  }

  @Test
  void neverLosesAnAnswerWhereverTheRoomEnds() {
    Workshop workshop = new Workshop(folder).write(Workshop.payments(1));
    FaultyDisk disk = new FaultyDisk(new SplittableRandom(5));
    SplittableRandom random = new SplittableRandom(5);
    List<Integer> acknowledged = new ArrayList<>();
    Logger log = Logger.getLogger(Factory.class.getName());
    log.setLevel(Level.OFF);
    try (Factory factory = workshop.open(disk)) {
      Workshop.goLive(factory);
      for (int i = 0; i < 300; i++) {
        disk.capacityBytes(
            random.nextInt(3) == 0 ? disk.usedBytes() + random.nextInt(400) : Long.MAX_VALUE);
        Result result = pay(factory, i);
        if (!(result instanceof Result.Failed)) {
          acknowledged.add(i);
        }
      }
    }
    log.setLevel(null);
    assertThat(acknowledged).hasSizeBetween(100, 299);
    try (Factory again = workshop.open(disk.afterCrash())) {
      again.buildFeatures(Progress.SILENT);
      assertThat(acknowledged).allMatch(i -> again.find(Integer.toString(100_000 + i)).isPresent());
      assertThat(again.parity(Progress.SILENT).mismatches()).isZero();
    }
  }

  @Test
  void waitsInAReplayForRoomForAModelAndMissesNothing() throws IOException {
    Workshop calm = new Workshop(Files.createDirectory(folder.resolve("calm")));
    String expected = undisturbed(calm.write(Workshop.payments(1)));
    Workshop workshop = new Workshop(Files.createDirectory(folder.resolve("full")));
    workshop.write(Workshop.payments(1));
    Path models = workshop.state().resolve("models");
    Path aside = folder.resolve("aside");
    try (Factory factory = workshop.open();
        ArrivalStream arrivals = factory.arrivals()) {
      List<Submission> live = rest(arrivals, Workshop.build(factory, arrivals));
      Files.move(models, aside);
      Files.writeString(models, "no folder");
      List<Result> first = Workshop.submit(factory, live);
      int taken = (int) first.stream().takeWhile(r -> !(r instanceof Result.Failed)).count();
      assertThat(taken).isBetween(1, live.size() - 1);
      assertThat(first.subList(taken, live.size())).allMatch(Result.Failed.class::isInstance);
      Files.delete(models);
      Files.move(aside, models);
      assertThat(Workshop.submit(factory, live)).noneMatch(Result.Failed.class::isInstance);
      assertThat(factory.report()).hasToString(expected);
    }
  }

  private static String undisturbed(Workshop workshop) {
    try (Factory factory = workshop.open()) {
      Workshop.run(factory);
      return factory.report().toString();
    }
  }

  private static List<Submission> rest(ArrivalStream arrivals, @Nullable Arrived first) {
    List<Submission> rest = new ArrayList<>();
    for (Arrived next = first; next != null; next = arrivals.next()) {
      rest.add(Workshop.submission(next));
    }
    return rest;
  }

  private static Result pay(Factory factory, int number) {
    String id = Integer.toString(100_000 + number);
    return Workshop.submit(
            factory,
            List.of(
                Workshop.live(factory, "payments", id, "2018-04-14T23:30:00", "1", "1", "10.00")))
        .getFirst();
  }

  private static void awaitReady(Factory factory) {
    IntStream.iterate(0, i -> i + 1)
        .takeWhile(_ -> !factory.status().ready())
        .forEach(_ -> Thread.onSpinWait());
  }
}
