package io.cromford.bench.ledger;

import com.sun.management.OperatingSystemMXBean;
import io.cromford.ledger.Ledger;
import io.cromford.ledger.LedgerOptions;
import io.cromford.ledger.LedgerReader;
import io.cromford.ledger.RecordHeader;
import io.cromford.ledger.RecordKind;
import io.cromford.ledger.RecordOrigin;
import io.cromford.ledger.Verification;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Measures the ledger: batches of 1,000 records of 90 bytes, then sequential reads, then a walk.
///
/// The first rounds are cold; the last ones count. Processor time is the process's, kernel
/// included.
public final class LedgerSpeed {
  private static final int BATCH = 1_000;
  private static final int BODY_BYTES = 90;
  private static final int ROUNDS = 3;
  private static final int READS = 6;
  private static final RecordOrigin ORIGIN = new RecordOrigin(1, 1, true);

  private final Path folder;
  private final int batches;
  private final PrintStream out;

  private LedgerSpeed(Path folder, int batches, PrintStream out) {
    this.folder = folder;
    this.batches = batches;
    this.out = out;
  }

  /// Runs all measurements.
  ///
  /// @param arguments an empty folder, and how many batches a round has
  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    if (arguments.length != 2) {
      out.println("usage: LedgerSpeed EMPTY-FOLDER BATCHES");
      return;
    }
    new LedgerSpeed(Path.of(arguments[0]), Integer.parseInt(arguments[1]), out).run();
  }

  private void run() {
    long bytes;
    try (Ledger ledger = Ledger.open(folder, LedgerOptions.defaults())) {
      for (int round = 0; round < ROUNDS; round++) {
        measure("append and commit", (long) batches * BATCH, 0, () -> write(ledger));
      }
      bytes = ledger.head().position();
    }
    long records = (long) ROUNDS * batches * BATCH;
    for (int read = 0; read < READS; read++) {
      measure("read", records, bytes, this::read);
    }
    measure("verify", records, bytes, this::verify);
    measure("open", records, 0, () -> Ledger.open(folder, LedgerOptions.defaults()).close());
  }

  private void write(Ledger ledger) {
    ByteBuffer body = ByteBuffer.allocate(BODY_BYTES);
    for (int batch = 0; batch < batches; batch++) {
      for (int i = 0; i < BATCH; i++) {
        body.putLong(0, 31L * i + batch);
        ledger.append(new RecordHeader(RecordKind.OBSERVATION, ORIGIN, batch, i, 0), body);
      }
      ledger.commit();
    }
  }

  private void read() {
    long sum = 0;
    try (LedgerReader reader = LedgerReader.openReadOnly(folder)) {
      while (reader.next()) {
        ByteBuffer body = reader.body();
        sum += reader.eventMillis() + body.getLong(body.position());
      }
    }
    if (sum == 0) {
      throw new IllegalStateException("nothing was read");
    }
  }

  private void verify() {
    if (!(Ledger.verify(folder) instanceof Verification.Intact)) {
      throw new IllegalStateException("the ledger is damaged");
    }
  }

  private void measure(String what, long records, long bytes, Runnable work) {
    long wall = System.nanoTime();
    long cpu = cpuNanos();
    work.run();
    cpu = cpuNanos() - cpu;
    wall = System.nanoTime() - wall;
    out.printf(
        "%-18s %,11d records  CPU %6.0f ns  wall %6.0f ns a record",
        what, records, (double) cpu / records, (double) wall / records);
    out.println(bytes == 0 ? "" : "  %.2f GB per CPU second".formatted((double) bytes / cpu));
  }

  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
