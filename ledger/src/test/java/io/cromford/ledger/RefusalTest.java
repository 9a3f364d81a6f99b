package io.cromford.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the ledger does when the disk refuses.
class RefusalTest {
  private static final LedgerOptions OPTIONS = LedgerOptions.defaults();

  @TempDir private Path folder;

  @Test
  void commitsWhenThereIsRoomAgainWithoutBeingOpenedAgain() {
    FaultyDisk disk = new FaultyDisk(new SplittableRandom(1));
    try (Ledger ledger = Ledger.open(disk, OPTIONS);
        LedgerReader reader = ledger.reader()) {
      LedgerTest.append(ledger, "first");
      ledger.commit();
      LedgerHead head = ledger.head();
      long used = disk.usedBytes();

      disk.capacityBytes(used + 100);
      LedgerTest.append(ledger, "second");
      for (int attempt = 0; attempt < 3; attempt++) {
        assertThatThrownBy(ledger::commit)
            .isInstanceOfSatisfying(
                CromfordException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORAGE))
            .hasMessage(
                "00000000000000000000.log: the records cannot be written: No space left on device.\n"
                    + "Maybe there is no room left on the disk, or the folder is not writable.");
        assertThat(disk.usedBytes()).isEqualTo(used);
        assertThat(ledger.head()).isEqualTo(head);
      }

      disk.capacityBytes(Long.MAX_VALUE);
      ledger.commit();
      assertThat(LedgerTest.readAll(reader)).containsExactly("first", "second");
    }
  }

  @Test
  void goesOnAfterTheBatchWasDropped() {
    FaultyDisk disk = new FaultyDisk(new SplittableRandom(1));
    try (Ledger ledger = Ledger.open(disk, OPTIONS.withSegmentBytes(1))) {
      LedgerTest.append(ledger, "first");
      ledger.commit();
      disk.capacityBytes(disk.usedBytes() + 300);
      LedgerTest.append(ledger, "x".repeat(1000));
      assertThatThrownBy(ledger::commit).isInstanceOf(CromfordException.class);
      ledger.discard();
      LedgerTest.append(ledger, "second");
      ledger.commit();
      try (LedgerReader reader = ledger.reader()) {
        assertThat(LedgerTest.readAll(reader)).containsExactly("first", "second");
      }
    }
  }

  @Test
  void goesOnAfterTheWritingThreadWasInterrupted() {
    try (Ledger ledger = Ledger.open(folder, OPTIONS)) {
      LedgerTest.append(ledger, "first");
      Thread.currentThread().interrupt();
      assertThatThrownBy(ledger::commit)
          .isInstanceOfSatisfying(
              CromfordException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORAGE))
          .hasMessageContaining("the records cannot be written: ClosedByInterruptException");
      assertThat(Thread.interrupted()).isTrue();
      ledger.commit();
      assertThat(LedgerTest.readAll(folder)).containsExactly("first");
    }
  }

  @Test
  void saysThatAFolderCannotBeMade() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "not a folder");
    assertThatThrownBy(() -> Ledger.open(file.resolve("ledger"), OPTIONS))
        .isInstanceOfSatisfying(
            CromfordException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORAGE))
        .hasMessageStartingWith(file.resolve("ledger") + ": the ledger cannot be opened: ")
        .hasMessageEndingWith("or the folder is not writable.");
  }

  @Test
  void saysThatThereIsNoLedgerToRead() {
    assertThatThrownBy(() -> LedgerReader.openReadOnly(folder.resolve("none")))
        .isInstanceOfSatisfying(
            CromfordException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND))
        .hasMessage(
            "there is no ledger folder %s.\nMaybe the factory has not run yet."
                .formatted(folder.resolve("none")));
  }

  @Test
  void seesFromBesideUpToTheLastCommit() {
    try (Ledger ledger = Ledger.open(folder, OPTIONS)) {
      LedgerTest.append(ledger, "first");
      ledger.commit();
      try (LedgerReader beside = LedgerReader.openReadOnly(folder)) {
        assertThat(beside.limit()).isEqualTo(ledger.head().position());
        assertThat(LedgerTest.readAll(beside)).containsExactly("first");

        LedgerTest.append(ledger, "second");
        beside.refresh();
        assertThat(beside.next()).isFalse();

        ledger.commit();
        assertThat(beside.next()).isFalse();
        beside.refresh();
        assertThat(beside.limit()).isEqualTo(ledger.head().position());
        assertThat(LedgerTest.readAll(beside)).containsExactly("second");
      }
    }
  }

  @Test
  void isReadByAnotherThreadWhileItIsWritten() throws InterruptedException {
    int count = 20_000;
    try (Ledger ledger = Ledger.open(folder, OPTIONS.withSegmentBytes(20_000))) {
      int[] seen = {0};
      Thread reading =
          Thread.ofPlatform()
              .start(() -> {
                try (LedgerReader reader = ledger.reader()) {
                  while (seen[0] < count) {
                    if (!reader.next()) {
                      Thread.onSpinWait();
                    } else if (LedgerTest.text(reader.body()).equals("record " + seen[0])) {
                      seen[0]++;
                    } else {
                      return;
                    }
                  }
                }
              });
      for (int i = 0; i < count; i++) {
        LedgerTest.append(ledger, "record " + i);
        if (i % 200 == 199) {
          ledger.commit();
        }
      }
      reading.join();
      assertThat(seen[0]).isEqualTo(count);
    }
  }
}
