package io.cromford.intake;

import io.cromford.core.Column;
import io.cromford.core.ColumnType;
import io.cromford.core.Schema;
import io.cromford.intake.SourceDefinition.Observation;
import io.cromford.intake.SourceDefinition.Outcome;
import io.cromford.intake.SourceDefinition.Terms;
import io.cromford.intake.SourceDefinition.Timing;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The sources of the card-fraud factory, as tests need them.
final class CardFraud {
  static final Schema PAYMENTS =
      Schema.of(
          new Column("tx_id", ColumnType.BIGINT, false),
          new Column("ts", ColumnType.TIMESTAMP, false),
          new Column("customer_id", ColumnType.BIGINT, false),
          new Column("terminal_id", ColumnType.BIGINT, false),
          new Column("amount", ColumnType.decimal(10, 2), false));

  static final Schema CHARGEBACKS =
      Schema.of(
          new Column("tx_id", ColumnType.BIGINT, false),
          new Column("fraud", ColumnType.BOOLEAN, false));

  static final EventTime EVENT_TIME =
      new EventTime("ts", ZoneOffset.UTC, Duration.ofMinutes(5), Duration.ofDays(30));

  static final Map<String, String> HANDBOOK_NAMES =
      Map.of(
          "tx_id", "TRANSACTION_ID",
          "ts", "TX_DATETIME",
          "customer_id", "CUSTOMER_ID",
          "terminal_id", "TERMINAL_ID",
          "amount", "TX_AMOUNT");

  private CardFraud() {}

  static SourceDefinition payments(@Nullable Reading reading) {
    return payments(reading, terms(true));
  }

  static SourceDefinition payments(@Nullable Reading reading, Terms terms) {
    return new SourceDefinition(
        "payments",
        PAYMENTS,
        new Observation("tx_id"),
        new Timing(EVENT_TIME, new Arrival.AtEventTime()),
        terms,
        reading);
  }

  static SourceDefinition chargebacks(@Nullable Reading reading, Duration delay) {
    return new SourceDefinition(
        "chargebacks",
        CHARGEBACKS,
        new Outcome("tx_id", "payments", "tx_id"),
        new Timing(null, new Arrival.After("payments", "ts", delay)),
        Terms.NONE,
        reading);
  }

  static Terms terms(boolean round) {
    return new Terms(
        round ? Map.of("amount", List.of(new Cleaning.Round())) : Map.of(),
        List.of(rule("amount-not-negative", "amount >= 0", PAYMENTS)));
  }

  static Rule rule(String name, String text, Schema schema) {
    return switch (Rule.parse(name, text, schema)) {
      case Rule rule -> rule;
      case RuleReading.Misread misread -> throw new AssertionError(misread.toString());
    };
  }
}
