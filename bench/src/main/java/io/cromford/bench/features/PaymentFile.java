package io.cromford.bench.features;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.core.Row;
import io.cromford.intake.Arrival;
import io.cromford.intake.ArrivalStream;
import io.cromford.intake.Arrived;
import io.cromford.intake.Cleaning;
import io.cromford.intake.ContractResult.Accepted;
import io.cromford.intake.ContractResult.Refused;
import io.cromford.intake.EventTime;
import io.cromford.intake.Reading;
import io.cromford.intake.SourceDefinition;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// The handbook's file as a source: read, cleaned and held to its contract as any other.
final class PaymentFile {
  /// Where the id and the time lie in a row.
  static final int ID = 0;

  static final int TIME = 1;

  private static final long SPAN_MILLIS = Duration.ofDays(183).toMillis();
  private static final long IDS = 1L << 32;

  private PaymentFile() {}

  /// Reads all payments, the fraud a column of each.
  ///
  /// @param times how often they came before: times and ids are moved on by as much
  static void read(Path csv, int times, Consumer<Row> payments) {
    try (ArrivalStream stream =
        ArrivalStream.open(List.of(source(csv)), ArrivalStream.Start.fresh(Long.MAX_VALUE))) {
      for (Arrived next = stream.next(); next != null; next = stream.next()) {
        switch (next.result()) {
          case Refused refused ->
              throw new CromfordException(ErrorCode.INPUT_UNREADABLE, refused.toString());
          case Accepted(Row row) -> {
            if (times > 0) {
              row.setSlot(ID, row.slot(ID) + times * IDS);
              row.setSlot(TIME, row.slot(TIME) + times * SPAN_MILLIS);
            }
            payments.accept(row);
          }
        }
      }
    }
  }

  private static SourceDefinition source(Path csv) {
    return new SourceDefinition(
        "payments",
        FeatureText.schema(true),
        new SourceDefinition.Observation("tx_id"),
        new SourceDefinition.Timing(
            new EventTime("ts", ZoneOffset.UTC, Duration.ofMinutes(5), Duration.ofDays(30)),
            new Arrival.AtEventTime()),
        new SourceDefinition.Terms(Map.of("amount", List.of(new Cleaning.Round())), List.of()),
        Reading.of(csv.toString())
            .withColumns(
                Map.of(
                    "tx_id", "TRANSACTION_ID",
                    "ts", "TX_DATETIME",
                    "customer_id", "CUSTOMER_ID",
                    "terminal_id", "TERMINAL_ID",
                    "amount", "TX_AMOUNT",
                    "fraud", "TX_FRAUD")));
  }
}
