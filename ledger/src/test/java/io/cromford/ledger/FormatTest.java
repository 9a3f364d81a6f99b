package io.cromford.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The bytes on disk are a promise to every later release: `docs/ledger-format.md` shows these.
class FormatTest {
  private static final String EXAMPLE =
      """
      0000  43 52 4f 4d 4c 45 44 47 01 00 00 00 40 00 00 00
      0010  00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
      0020  00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
      0030  00 00 00 00 00 00 00 00 00 00 00 00 3a cd 3b 70
      0040  d9 1b 53 71 36 00 00 00 01 06 01 00 03 00 00 00
      0050  07 00 00 00 08 00 00 00 e8 03 00 00 00 00 00 00
      0060  fb ff ff ff ff ff ff ff 2a 00 00 00 00 00 00 00
      0070  61 20 62 6f 64 79 00 00 c7 46 4c bc 68 00 00 00
      0080  01 01 00 00 00 00 00 00 00 00 00 00 0f 00 00 00
      0090  00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
      00a0  00 00 00 00 00 00 00 00 40 00 00 00 00 00 00 00
      00b0  01 00 00 00 00 00 00 00 38 00 00 00 00 00 00 00
      00c0  be 99 84 44 d2 23 87 60 1c 3d f1 c9 1f 67 69 c9
      00d0  91 5f 31 c0 d2 f0 34 28 15 09 a4 b2 db b0 53 36
      """;

  @Test
  void writesTheBytesOfTheDocumentedExample() throws IOException {
    FaultyDisk disk = new FaultyDisk(new SplittableRandom(1));
    RecordHeader header =
        new RecordHeader(RecordKind.OUTCOME, new RecordOrigin(3, 7, true), 1000, -5, 42);
    try (Ledger ledger = Ledger.open(disk, LedgerOptions.defaults())) {
      ledger.append(header, LedgerTest.bytes("a body"));
      ledger.commit();
    }
    assertThat(hex(disk.bytes(SegmentTable.name(0)))).isEqualTo(EXAMPLE);
  }

  @Test
  void isDocumentedWithThatExample() throws IOException {
    assertThat(Files.readString(Path.of("..", "docs", "ledger-format.md"))).contains(EXAMPLE);
  }

  @Test
  void givesEachKindItsCode() {
    String codes =
        Arrays.stream(RecordKind.values())
            .map(kind -> kind.code() + " " + kind)
            .collect(Collectors.joining(", "));
    assertThat(codes)
        .isEqualTo(
            "2 SCHEMA, 3 FILE_OPENED, 4 FILE_FINISHED, 5 OBSERVATION, 6 OUTCOME, 7 DECISION,"
                + " 8 QUARANTINED, 9 REPLAYED, 10 DUPLICATE, 11 CONTROL");
    for (RecordKind kind : RecordKind.values()) {
      assertThat(RecordKind.find(kind.code())).isEqualTo(kind);
    }
    assertThat(RecordKind.find(RecordKind.COMMIT_CODE)).isNull();
    assertThat(RecordKind.find(12)).isNull();
  }

  private static String hex(byte[] bytes) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < bytes.length; i += 16) {
      lines.append("%04x  ".formatted(i));
      int end = Math.min(bytes.length, i + 16);
      lines.append(HexFormat.ofDelimiter(" ").formatHex(bytes, i, end)).append('\n');
    }
    return lines.toString();
  }
}
