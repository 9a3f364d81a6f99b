package io.cromford.ledger;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// A program that appends numbers, commits and acknowledges until it is killed.
final class KilledWriter {
  private static final int SEGMENT_BYTES = 20_000;

  private KilledWriter() {}

  /// Goes on with the number after the last one in the ledger; says each number it has committed.
  public static void main(String[] arguments) {
    LedgerOptions options = LedgerOptions.defaults().withSegmentBytes(SEGMENT_BYTES);
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (Ledger ledger = Ledger.open(Path.of(arguments[0]), options)) {
      long next = 0;
      try (LedgerReader reader = ledger.reader()) {
        while (reader.next()) {
          next++;
        }
      }
      while (true) {
        for (long batch = 1 + next % 17; batch > 0; batch--) {
          LedgerTest.append(ledger, Long.toString(next++));
        }
        ledger.commit();
        out.println(next - 1);
      }
    }
  }
}
