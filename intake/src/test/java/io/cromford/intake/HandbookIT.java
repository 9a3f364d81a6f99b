package io.cromford.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.management.OperatingSystemMXBean;
import io.cromford.core.Row;
import io.cromford.intake.ContractResult.Accepted;
import io.cromford.intake.ContractResult.Refused;
import io.cromford.intake.SourceDefinition.Terms;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The handbook's real file, where the environment variable CROMFORD_HANDBOOK names it.
class HandbookIT {
  private static final int ROWS = 1_754_155;

  private String file = "";

  @BeforeEach
  void findFile() {
    String named = System.getenv("CROMFORD_HANDBOOK");
    assumeThat(named).as("CROMFORD_HANDBOOK names no file: not checked on real data").isNotNull();
    file = named;
  }

  @Test
  void acceptsEveryPaymentWhenAmountsAreRounded() {
    assertThat(count(CardFraud.payments(reading(), CardFraud.terms(true))))
        .isEqualTo(Map.of("accepted", ROWS));
  }

  @Test
  void refusesExactlyTheNoisyAmountsOtherwise() {
    assertThat(count(CardFraud.payments(reading(), CardFraud.terms(false))))
        .isEqualTo(Map.of("accepted", ROWS - 1214, "scale", 1214));
  }

  @Test
  void streamsPaymentsAndChargebacksInOrderOfArrival() {
    Map<String, Integer> counts = stream(CardFraud.terms(true));
    assertThat(counts).isEqualTo(Map.of("payments accepted", ROWS, "chargebacks accepted", ROWS));
  }

  @Test
  void quarantinesTheChargebacksOfRefusedPayments() {
    assertThat(stream(CardFraud.terms(false)))
        .isEqualTo(
            Map.of(
                "payments accepted",
                ROWS - 1214,
                "payments scale",
                1214,
                "chargebacks accepted",
                ROWS - 1214,
                "chargebacks unknown-id",
                1214));
  }

  /// Warm, what reading and checking costs; printed, and held to a bound far above it.
  @Test
  void costsLittle() {
    double least = Double.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      long start = cpuNanos();
      count(CardFraud.payments(reading(), CardFraud.terms(true)));
      least = Math.min(least, (cpuNanos() - start) / 1e9);
    }
    double merged = Double.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      long start = cpuNanos();
      stream(CardFraud.terms(true));
      merged = Math.min(merged, (cpuNanos() - start) / 1e9);
    }
    System.out.printf(
        "intake of %,d rows: parse and check %.2f CPU s warm, merged stream of both sources %.2f%n",
        ROWS, least, merged);
    assertThat(least).isLessThan(6);
  }

  private Reading reading() {
    return Reading.of(file).withColumns(CardFraud.HANDBOOK_NAMES);
  }

  private static Map<String, Integer> count(SourceDefinition source) {
    Map<String, Integer> counts = new TreeMap<>();
    Contract contract = new Contract(source);
    RawRecord raw = new RawRecord(source.schema());
    Row row = new Row(source.schema());
    try (FileRows rows = new FileRows(source, source.reading(), TakenRows.NONE)) {
      while (rows.read(raw) != null) {
        Refused refused = contract.checkValues(raw, row);
        counts.merge(refused == null ? "accepted" : refused.rule(), 1, Integer::sum);
      }
    }
    return counts;
  }

  private Map<String, Integer> stream(Terms terms) {
    Reading outcomes =
        Reading.of(file).withColumns(Map.of("tx_id", "TRANSACTION_ID", "fraud", "TX_FRAUD"));
    List<SourceDefinition> sources = new ArrayList<>();
    sources.add(CardFraud.payments(reading(), terms));
    sources.add(CardFraud.chargebacks(outcomes, Duration.ofDays(7)));
    Map<String, Integer> counts = new TreeMap<>();
    long last = 0;
    int backwards = 0;
    try (ArrivalStream stream =
        ArrivalStream.open(sources, ArrivalStream.Start.fresh(Long.MAX_VALUE))) {
      for (Arrived next = stream.next(); next != null; next = stream.next()) {
        backwards += next.arrivalMillis() < last ? 1 : 0;
        last = next.arrivalMillis();
        counts.merge(next.source().name() + " " + outcome(next), 1, Integer::sum);
      }
    }
    assertThat(backwards).isZero();
    return counts;
  }

  private static String outcome(Arrived arrived) {
    return switch (arrived.result()) {
      case Accepted _ -> "accepted";
      case Refused refused -> refused.rule();
    };
  }

  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
