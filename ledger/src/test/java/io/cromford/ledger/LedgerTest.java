package io.cromford.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
  private static final LedgerOptions OPTIONS = LedgerOptions.defaults();
  private static final LedgerOptions SMALL = OPTIONS.withSegmentBytes(1000);

  @TempDir private Path folder;

  @Test
  void readsBackWhatWasCommitted() {
    RecordHeader header =
        new RecordHeader(RecordKind.OUTCOME, new RecordOrigin(3, 7, true), 1000, -5, 42);
    try (Ledger ledger = Ledger.open(folder, OPTIONS);
        LedgerReader reader = ledger.reader()) {
      long position = ledger.append(header, bytes("a body"));
      ledger.commit();

      assertThat(reader.next()).isTrue();
      assertThat(reader.position()).isEqualTo(position).isEqualTo(SegmentHeader.BYTES);
      assertThat(reader.header()).isEqualTo(header);
      assertThat(text(reader.body())).isEqualTo("a body");
      assertThat(reader.next()).isFalse();
    }
  }

  @Test
  void goesOnWhereItEndedAndInManySegments() {
    List<String> written = new ArrayList<>();
    LedgerHead head = LedgerHead.EMPTY;
    for (int run = 0; run < 5; run++) {
      try (Ledger ledger = Ledger.open(folder, SMALL)) {
        assertThat(ledger.head()).isEqualTo(head);
        for (int i = 0; i < 20; i++) {
          append(ledger, "run %d record %d".formatted(run, i));
          written.add("run %d record %d".formatted(run, i));
          if (i % 3 == 2) {
            ledger.commit();
          }
        }
        ledger.commit();
        head = ledger.head();
      }
    }
    assertThat(SegmentTable.of(names()).size()).isGreaterThan(5);
    assertThat(readAll(folder)).isEqualTo(written);
    assertThat(Ledger.verify(folder, head)).isInstanceOf(Verification.Intact.class);
  }

  @Test
  void knowsTheHeadsThatItHad() {
    List<LedgerHead> heads = new ArrayList<>();
    try (Ledger ledger = Ledger.open(folder, SMALL)) {
      for (int i = 0; i < 40; i++) {
        append(ledger, "record " + i);
        append(ledger, "another");
        ledger.commit();
        heads.add(ledger.head());
      }
    }
    assertThat(SegmentTable.of(names()).size()).isGreaterThan(2);
    try (LedgerReader reader = LedgerReader.openReadOnly(folder)) {
      assertThat(heads).allMatch(reader::had);
      LedgerHead head = heads.get(20);
      assertThat(reader.had(LedgerHead.EMPTY)).isFalse();
      assertThat(reader.had(new LedgerHead(head.position(), heads.get(19).chain()))).isFalse();
      assertThat(reader.had(new LedgerHead(head.position() - 8, head.chain()))).isFalse();
      assertThat(reader.had(new LedgerHead(head.position() + 80, head.chain()))).isFalse();
      assertThat(reader.had(new LedgerHead(1 << 20, head.chain()))).isFalse();
    }
  }

  @Test
  void showsCommittedReadersNothingUncommitted() {
    try (Ledger ledger = Ledger.open(folder, OPTIONS);
        LedgerReader committed = ledger.reader();
        LedgerReader appended = ledger.appendedReader()) {
      long position = append(ledger, "pending");

      assertThat(committed.next()).isFalse();
      assertThat(appended.next()).isTrue();
      assertThat(text(appended.body())).isEqualTo("pending");
      assertThat(text(ledger.read(position).body())).isEqualTo("pending");

      ledger.commit();
      assertThat(committed.next()).isTrue();
      assertThat(appended.next()).isFalse();
    }
  }

  @Test
  void dropsWhatIsDiscarded() {
    try (Ledger ledger = Ledger.open(folder, OPTIONS);
        LedgerReader appended = ledger.appendedReader()) {
      append(ledger, "first");
      ledger.commit();
      append(ledger, "dropped");
      assertThat(readAll(appended)).containsExactly("first", "dropped");
      ledger.discard();
      append(ledger, "second");
      assertThat(appended.next()).isTrue();
      assertThat(text(appended.body())).isEqualTo("second");
      ledger.commit();
    }
    assertThat(readAll(folder)).containsExactly("first", "second");
  }

  @Test
  void takesABatchLargerThanASegment() {
    try (Ledger ledger = Ledger.open(folder, SMALL)) {
      for (int i = 0; i < 100; i++) {
        append(ledger, "record " + i);
      }
      ledger.commit();
      append(ledger, "x".repeat(3_000_000));
      ledger.commit();
      append(ledger, "last");
      ledger.commit();
    }
    assertThat(readAll(folder)).hasSize(102).last().isEqualTo("last");
    assertThat(SegmentTable.of(names()).size()).isEqualTo(3);
  }

  @Test
  void refusesASecondWriter() throws IOException {
    try (Ledger ledger = Ledger.open(folder, OPTIONS)) {
      String pid = String.valueOf(ProcessHandle.current().pid());
      assertThat(Files.readString(folder.resolve(WriterLock.NAME))).isEqualTo(pid + "\n");
      assertThatThrownBy(() -> Ledger.open(folder, OPTIONS))
          .isInstanceOfSatisfying(
              CromfordException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LOCKED))
          .hasMessageContaining(folder + " is being written to by the process " + pid)
          .hasMessageContaining("\nMaybe it is still running");
      append(ledger, "still mine");
      ledger.commit();
    }
    Ledger.open(folder, OPTIONS).close();
  }

  @Test
  void readsFromAnyPosition() {
    try (Ledger ledger = Ledger.open(folder, SMALL)) {
      List<Long> positions = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        positions.add(append(ledger, "record " + i));
        if (i % 7 == 0) {
          ledger.commit();
        }
      }
      ledger.commit();
      try (LedgerReader reader = ledger.reader()) {
        for (int i = 49; i >= 0; i--) {
          reader.seek(positions.get(i));
          assertThat(reader.next()).isTrue();
          assertThat(text(reader.body())).isEqualTo("record " + i);
          assertThat(text(reader.read(positions.get(49 - i)).body()))
              .isEqualTo("record " + (49 - i));
        }
        assertThatThrownBy(() -> reader.read(positions.get(1) + 8))
            .isInstanceOf(CromfordException.class);
      }
    }
  }

  @Test
  void refusesWhatIsTooLargeAndKeepsTheRest() {
    LedgerOptions tight = new LedgerOptions(1 << 20, 100, 1200, 256);
    try (Ledger ledger = Ledger.open(folder, tight)) {
      append(ledger, "fits");
      assertThatThrownBy(() -> append(ledger, "x".repeat(101)))
          .hasMessageContaining("a record of 101 bytes; the ledger takes at most 100");
      assertThatThrownBy(
              () -> {
                while (true) {
                  append(ledger, "more");
                }
              })
          .hasMessageContaining("takes at most 1200 between two commits.\nMaybe commit more often");
      ledger.commit();
    }
    assertThat(readAll(folder)).first().isEqualTo("fits");
  }

  private List<String> names() {
    try {
      return new LocalDisk(folder).names();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  static long append(Ledger ledger, String body) {
    return ledger.append(
        new RecordHeader(RecordKind.OBSERVATION, RecordOrigin.FACTORY, 1, 1, 0), bytes(body));
  }

  static List<String> readAll(Path folder) {
    try (LedgerReader reader = LedgerReader.openReadOnly(folder)) {
      return readAll(reader);
    }
  }

  static List<String> readAll(LedgerReader reader) {
    List<String> bodies = new ArrayList<>();
    while (reader.next()) {
      bodies.add(text(reader.body()));
    }
    return bodies;
  }

  static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  static String text(ByteBuffer bytes) {
    return StandardCharsets.UTF_8.decode(bytes).toString();
  }
}
