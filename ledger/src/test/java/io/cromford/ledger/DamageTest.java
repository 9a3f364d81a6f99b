package io.cromford.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class DamageTest {
  private static final LedgerOptions OPTIONS = LedgerOptions.defaults().withSegmentBytes(600);
  private static final String FIRST = SegmentTable.name(0);

  @Test
  void findsEveryEditedByte() throws IOException {
    FaultyDisk disk = ledger("a");
    LedgerHead head = intact(disk, LedgerHead.EMPTY).head();
    for (String name : segments(disk)) {
      byte[] bytes = disk.bytes(name);
      long start = Long.parseLong(name.substring(0, 20));
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] ^= 0x10;
        if (!isVersion(i)) {
          Verification.Damaged damaged = damaged(disk, LedgerHead.EMPTY);
          assertThat(damaged.position()).isLessThanOrEqualTo(start + i);
          assertThat(damaged.what()).isNotEmpty();
        }
        bytes[i] ^= 0x10;
      }
    }
    assertThat(intact(disk, head).records()).containsEntry(RecordKind.OBSERVATION, 30L);
  }

  @Test
  void refusesToOpenWhatWasEditedInTheLastSegment() throws IOException {
    FaultyDisk disk = ledger("a");
    String last = segments(disk).getLast();
    byte[] bytes = disk.bytes(last);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] ^= 0x10;
      byte[] before = bytes.clone();
      assertThatThrownBy(() -> Ledger.open(disk, OPTIONS)).isInstanceOf(CromfordException.class);
      assertThat(disk.bytes(last)).isEqualTo(before);
      bytes[i] ^= 0x10;
    }
    Ledger.open(disk, OPTIONS).close();
  }

  @Test
  void refusesDamageBeforeALaterCommitEvenWithoutTheMark() throws IOException {
    FaultyDisk disk = new FaultyDisk(new SplittableRandom(1));
    try (Ledger ledger = Ledger.open(disk, LedgerOptions.defaults())) {
      commit(ledger, "first");
      commit(ledger, "second");
      commit(ledger, "third");
    }
    disk.delete(Mark.NAME);
    disk.bytes(FIRST)[SegmentHeader.BYTES + Frame.HEADER_BYTES] ^= 1;
    assertThatThrownBy(() -> Ledger.open(disk, OPTIONS))
        .isInstanceOfSatisfying(
            CromfordException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LEDGER_CORRUPT))
        .hasMessage(
            FIRST
                + ": the ledger is damaged at position 64: a record that starts there: its"
                + " checksum does not fit its bytes.\n"
                + "Maybe see `cromford ledger verify`, and restore the ledger's folder from a"
                + " backup; what lies before that position is whole.");
  }

  @Test
  void takesATornTailForTheTraceOfACrashIfNothingWasAcknowledgedThere() throws IOException {
    FaultyDisk disk = new FaultyDisk(new SplittableRandom(1));
    try (Ledger ledger = Ledger.open(disk, LedgerOptions.defaults())) {
      commit(ledger, "first");
      commit(ledger, "second");
    }
    disk.delete(Mark.NAME);
    byte[] bytes = disk.bytes(FIRST);
    disk.put(FIRST, Arrays.copyOf(bytes, bytes.length - 8));
    assertThat(intact(disk, LedgerHead.EMPTY).unfinishedBytes()).isEqualTo(56 + 104 - 8);
    try (Ledger ledger = Ledger.open(disk, OPTIONS);
        LedgerReader reader = ledger.reader()) {
      assertThat(LedgerTest.readAll(reader)).containsExactly("first");
    }
  }

  @Test
  void findsACutTail() throws IOException {
    FaultyDisk disk = ledger("a");
    LedgerHead head = intact(disk, LedgerHead.EMPTY).head();
    String last = segments(disk).getLast();
    disk.delete(last);
    long end = Long.parseLong(last.substring(0, 20));

    assertThat(damaged(disk, LedgerHead.EMPTY).what())
        .isEqualTo("what was acknowledged up to %d is cut off".formatted(head.position()));
    assertThatThrownBy(() -> Ledger.open(disk, OPTIONS))
        .hasMessageContaining("the ledger is damaged at position " + end);

    disk.delete(Mark.NAME);
    assertThat(intact(disk, LedgerHead.EMPTY).head().position()).isEqualTo(end);
    assertThat(damaged(disk, head))
        .isEqualTo(
            new Verification.Damaged(
                end,
                segments(disk).getLast(),
                "the published head lies at %d: what follows is cut off"
                    .formatted(head.position())));
  }

  @Test
  void findsARebuiltChain() throws IOException {
    FaultyDisk original = ledger("a");
    FaultyDisk rebuilt = ledger("b");
    LedgerHead head = intact(original, LedgerHead.EMPTY).head();
    assertThat(intact(rebuilt, LedgerHead.EMPTY).head().position()).isEqualTo(head.position());
    assertThat(damaged(rebuilt, head).what())
        .isEqualTo("the chain there is not the published one: the ledger was rebuilt");
  }

  @Test
  void findsAnEditWhoseChecksumWasMended() throws IOException {
    FaultyDisk disk = ledger("a");
    byte[] bytes = disk.bytes(FIRST);
    ByteBuffer frame =
        ByteBuffer.wrap(bytes)
            .order(ByteOrder.LITTLE_ENDIAN)
            .position(64)
            .slice()
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes[64 + Frame.HEADER_BYTES] ^= 1;
    int length = frame.getInt(Frame.LENGTH);
    CRC32C crc = new CRC32C();
    crc.update(bytes, 64 + Frame.LENGTH, length - Frame.LENGTH);
    frame.putInt(Frame.CRC, (int) crc.getValue());

    assertThat(damaged(disk, LedgerHead.EMPTY).what())
        .isEqualTo("a batch does not fit the chain in its commit");
  }

  @Test
  void stopsAReaderAtADamagedRecord() throws IOException {
    FaultyDisk disk = ledger("a");
    disk.bytes(FIRST)[SegmentHeader.BYTES + Frame.HEADER_BYTES] ^= 1;
    try (LedgerReader reader = SealedLedger.open(disk).reader()) {
      assertThatThrownBy(reader::next)
          .isInstanceOfSatisfying(
              CromfordException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.LEDGER_CORRUPT))
          .hasMessageContaining("damaged at position 64");
    }
  }

  @Test
  void refusesANewerFormatByName() throws IOException {
    FaultyDisk disk = ledger("a");
    disk.bytes(segments(disk).getLast())[8] = 2;
    assertThatThrownBy(() -> Ledger.open(disk, OPTIONS))
        .isInstanceOfSatisfying(
            CromfordException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STATE_CONFLICT))
        .hasMessageEndingWith(
            " has ledger format 2; this program reads up to format 1.\n"
                + "Maybe run the newer release that wrote it.");
  }

  @Test
  void refusesASegmentThatIsMissing() throws IOException {
    FaultyDisk disk = ledger("a");
    disk.delete(segments(disk).get(1));
    assertThatThrownBy(() -> Ledger.open(disk, OPTIONS)).hasMessageContaining("the next begins at");
    assertThat(damaged(disk, LedgerHead.EMPTY).file()).isEqualTo(FIRST);
  }

  /// The version in a segment's header: another one is refused by name, see
  /// [#refusesANewerFormatByName].
  private static boolean isVersion(int offset) {
    return offset >= 8 && offset < 12;
  }

  private static FaultyDisk ledger(String mark) {
    FaultyDisk disk = new FaultyDisk(new SplittableRandom(1));
    try (Ledger ledger = Ledger.open(disk, OPTIONS)) {
      for (int i = 0; i < 30; i++) {
        LedgerTest.append(ledger, mark + i);
        if (i % 4 == 1) {
          ledger.commit();
        }
      }
      ledger.commit();
    }
    return disk;
  }

  private static void commit(Ledger ledger, String body) {
    LedgerTest.append(ledger, body);
    ledger.commit();
  }

  private static List<String> segments(FaultyDisk disk) throws IOException {
    return disk.names().stream().filter(name -> name.endsWith(".log")).sorted().toList();
  }

  private static Verification.Intact intact(FaultyDisk disk, LedgerHead published) {
    return (Verification.Intact) Verifier.verify(disk, published);
  }

  private static Verification.Damaged damaged(FaultyDisk disk, LedgerHead published) {
    return (Verification.Damaged) Verifier.verify(disk, published);
  }
}
