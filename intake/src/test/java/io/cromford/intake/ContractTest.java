package io.cromford.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cromford.core.Column;
import io.cromford.core.ColumnType;
import io.cromford.core.Row;
import io.cromford.core.Schema;
import io.cromford.intake.ContractResult.Accepted;
import io.cromford.intake.ContractResult.Refused;
import io.cromford.intake.SourceDefinition.Observation;
import io.cromford.intake.SourceDefinition.Terms;
import io.cromford.intake.SourceDefinition.Timing;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContractTest {
  private static final long CLOCK = Instant.parse("2018-04-01T12:00:00Z").toEpochMilli();

  @Test
  void acceptsAGoodRecord() {
    ContractResult result = check(payment("2018-04-01T12:00:00", "12.5"));
    assertThat(result).isInstanceOf(Accepted.class);
    assertThat(((Accepted) result).row().toString())
        .isEqualTo(
            "{tx_id: 1, ts: 2018-04-01T12:00:00Z, customer_id: 2, terminal_id: 3, amount: 12.50}");
  }

  @Test
  void refusesTextInANumber() {
    Refused refused = refused(payment("2018-04-01T12:00:00", "\"twelve\""));
    assertThat(refused.rule()).isEqualTo("type");
    assertThat(refused.column()).isEqualTo("amount");
    assertThat(refused.value()).isEqualTo("twelve");
    assertThat(refused.message()).isEqualTo("`amount` is not a decimal(10,2)");
    assertThat(refused.withValue()).isEqualTo("`amount` is not a decimal(10,2) (found `twelve`)");
  }

  @Test
  void refusesNotANumber() {
    assertThat(refused(payment("2018-04-01T12:00:00", "\"NaN\"")).rule()).isEqualTo("type");
    SourceDefinition source = source("x", ColumnType.DOUBLE, List.of());
    for (String text : List.of("NaN", "Infinity", "-inf")) {
      assertThat(refused(source, "\"" + text + "\"").rule()).isEqualTo("type");
    }
    assertThat(refused(source, "\"NaN\"").message()).contains("Maybe leave a value empty");
  }

  @Test
  void refusesAnAmountOfTenToThe400() {
    Refused refused = refused(payment("2018-04-01T12:00:00", "1e400"));
    assertThat(refused.rule()).isEqualTo("range");
    assertThat(refused.message()).isEqualTo("`amount` is too large for a decimal(10,2)");
    assertThat(refused(source("x", ColumnType.DOUBLE, List.of()), "1e400").rule())
        .isEqualTo("range");
  }

  @Test
  void refusesMoreDecimalsWhereNoRoundingIsDeclared() {
    Refused refused = refused(payment("2018-04-01T12:00:00", "85.64999999999999"));
    assertThat(refused.rule()).isEqualTo("scale");
    assertThat(refused.value()).isEqualTo("85.64999999999999");
    assertThat(refused.message())
        .isEqualTo(
            "`amount` is finer than a decimal(10,2).\nMaybe declare `clean: {amount: round}`.");
  }

  @Test
  void refusesDatesOfOtherForms() {
    Refused refused = refused(payment("01/04/2018 12:00:00", "1"));
    assertThat(refused.rule()).isEqualTo("type");
    assertThat(refused.message())
        .startsWith("`ts` is not a timestamp.\nMaybe declare its form, `timestamps: {ts:");
  }

  @Test
  void takesDatesOfADeclaredForm() {
    Reading reading =
        new Reading(
            Reading.Format.AUTO,
            "x.csv",
            Map.of(),
            Reading.CsvCharacters.USUAL,
            Map.of("ts", "dd/MM/yyyy HH:mm:ss"));
    SourceDefinition source = CardFraud.payments(reading);
    assertThat(check(source, payment("01/04/2018 12:00:00", "1"))).isInstanceOf(Accepted.class);
    assertThat(check(source, payment("2018-04-01 12:00:00", "1"))).isInstanceOf(Accepted.class);
    assertThat(refused(source, payment("31/02/2018 12:00:00", "1"), CLOCK).rule())
        .isEqualTo("type");
  }

  @Test
  void refusesEventsBefore1970() {
    Refused refused = refused(payment("1969-12-31T23:59:59", "1"));
    assertThat(refused.rule()).isEqualTo("before-1970");
    assertThat(refused.message()).contains("Maybe the year is wrong");
  }

  @Test
  void refusesEventsOf2099() {
    Refused refused = refused(payment("2099-01-01T00:00:00", "1"));
    assertThat(refused.rule()).isEqualTo("max-ahead");
    assertThat(refused.value()).isEqualTo("2099-01-01T00:00:00Z");
    assertThat(refused.message())
        .startsWith("the event is more than 5m ahead of the factory's clock.\nMaybe");
    assertThat(check(payment("2018-04-01T12:05:00", "1"))).isInstanceOf(Accepted.class);
    assertThat(refused(payment("2018-04-01T12:05:00.001", "1")).rule()).isEqualTo("max-ahead");
  }

  @Test
  void refusesEventsThatAreTooLateButNotOnReplay() {
    String late = payment("2018-03-02T11:59:59.999", "1");
    assertThat(refused(late).rule()).isEqualTo("max-late");
    assertThat(check(payment("2018-03-02T12:00:00", "1"))).isInstanceOf(Accepted.class);
    Contract contract = new Contract(CardFraud.payments(null));
    Row row = new Row(CardFraud.PAYMENTS);
    assertThat(contract.checkValues(raw(CardFraud.PAYMENTS, late), row)).isNull();
    assertThat(contract.checkAhead(row, CLOCK)).isNull();
  }

  @Test
  void refusesUnknownFields() {
    Refused refused = refused("{\"tx_id\": 1, \"amout\": 5}");
    assertThat(refused.rule()).isEqualTo("unknown-field");
    assertThat(refused.column()).isEqualTo("amout");
    assertThat(refused.message())
        .isEqualTo(
            "source `payments` has no field `amout`.\nMaybe you meant `amount`; "
                + "it has tx_id, ts, customer_id, terminal_id, amount.");
  }

  @Test
  void refusesMissingFieldsAndNulls() {
    assertThat(refused("{\"tx_id\": 1}").message()).startsWith("the field `ts` is missing.\nMaybe");
    assertThat(refused("{\"tx_id\": null}").message()).startsWith("`tx_id` has no value.\nMaybe");
    assertThat(refused("{\"tx_id\": \"\"}").rule()).isEqualTo("not-null");
  }

  @Test
  void refusesAFieldThatAppearsTwice() {
    Refused refused = refused("{\"tx_id\": 1, \"tx_id\": 2}");
    assertThat(refused.rule()).isEqualTo("field-twice");
    assertThat(refused.message()).isEqualTo("the field `tx_id` appears twice");
  }

  @Test
  void refusesWrongJsonTypes() {
    assertThat(refused("{\"tx_id\": true}").message())
        .isEqualTo("`tx_id` is a bigint, not a JSON boolean");
    assertThat(refused("{\"tx_id\": {\"a\": [1]}}").message())
        .isEqualTo("`tx_id` is a bigint, not a JSON object or array");
    assertThat(refused("{\"tx_id\": 1, \"ts\": 1522540831}").message())
        .isEqualTo("`ts` is a timestamp, not a JSON number");
    SourceDefinition text = source("x", ColumnType.VARCHAR, List.of());
    assertThat(refused(text, "5").rule()).isEqualTo("type");
  }

  @Test
  void refusesWhatIsNotJson() {
    for (String text : List.of("{\"tx_id\": 1", "tx_id", "", "[1]", "{\"tx_id\": NaN}", "{} {}")) {
      assertThat(refused(text).rule()).as(text).isEqualTo("json");
    }
  }

  @Test
  void refusesBrokenRulesByName() {
    Refused refused = refused(payment("2018-04-01T12:00:00", "-0.01"));
    assertThat(refused.rule()).isEqualTo("amount-not-negative");
    assertThat(refused.message()).isEqualTo("the rule `amount >= 0` does not hold");
  }

  @Test
  void refusesTextThatIsNotUtf8() {
    SourceDefinition source = source("x", ColumnType.VARCHAR, List.of());
    RawRecord raw = raw(source.schema(), "{\"id\": 1, \"ts\": \"2018-04-01T00:00:00\"}");
    raw.set(2, RawRecord.Kind.TEXT, new byte[] {'c', 'a', 'f', (byte) 0xe9});
    Refused refused = new Contract(source).checkValues(raw, new Row(source.schema()));
    assertThat(refused.rule()).isEqualTo("encoding");
    assertThat(refused.value()).isEqualTo("café");
  }

  @Test
  void cleansInAFixedOrder() {
    List<Cleaning> clean =
        List.of(
            new Cleaning.Round(),
            new Cleaning.Unit(new BigDecimal("0.01")),
            new Cleaning.Default("100"),
            new Cleaning.MapValues(Map.of("free", "0", "none", "")),
            new Cleaning.Trim());
    SourceDefinition source = source("x", ColumnType.decimal(10, 2), clean);
    assertThat(slot(source, "\" 1234.5 \"")).isEqualTo(1235);
    assertThat(slot(source, "\"free\"")).isZero();
    assertThat(slot(source, "\"none\"")).isEqualTo(100);
    assertThat(slot(source, "null")).isEqualTo(100);
    assertThat(refused(source, "\"1e400\"").rule()).isEqualTo("range");
    assertThat(refused(source, "\"1 2\"").rule()).isEqualTo("type");
  }

  @Test
  void advisesToTrim() {
    assertThat(refused("{\"tx_id\": \" 1\"}").message()).contains("clean: {tx_id: trim}");
  }

  @Test
  void readsTimesInTheDeclaredZone() {
    EventTime time =
        new EventTime("ts", ZoneId.of("Europe/Brussels"), Duration.ZERO, Duration.ofDays(1));
    SourceDefinition source =
        new SourceDefinition(
            "s",
            CardFraud.PAYMENTS,
            new Observation("tx_id"),
            new Timing(time, new Arrival.AtEventTime()),
            Terms.NONE,
            null);
    assertThat(check(source, payment("2018-04-01T14:00:00", "1"))).isInstanceOf(Accepted.class);
    assertThat(refused(source, payment("2018-04-01T14:00:00.001", "1"), CLOCK).rule())
        .isEqualTo("max-ahead");
  }

  @Test
  void neverShowsValuesWhereTheyCouldBeLogged() {
    Refused refused = refused(payment("2018-04-01T12:00:00", "\"secret\""));
    assertThat(refused.toString()).doesNotContain("secret").contains("amount");
    assertThat(refused.message()).doesNotContain("secret");
    RawRecord raw = raw(CardFraud.PAYMENTS, payment("2018-04-01T12:00:00", "\"secret\""));
    assertThat(raw.toString()).doesNotContain("secret");
  }

  @Test
  void shortensLongValues() {
    Refused refused = refused(payment("2018-04-01T12:00:00", "\"" + "x".repeat(5000) + "\""));
    assertThat(refused.value()).hasSize(Refused.MAX_VALUE).endsWith("…");
  }

  @Test
  void keepsQuarantinedRecordsWhole() {
    String json =
        "{\"tx_id\":\"1\",\"customer_id\":1.50,\"terminal_id\":null,\"amount\":{\"a\":[1]},"
            + "\"amout\":\"é\"}";
    RawRecord raw = raw(CardFraud.PAYMENTS, json);
    assertThat(raw.toJson()).isEqualTo(json);
    RawRecord copy = new RawRecord(CardFraud.PAYMENTS);
    copy.copyFrom(raw);
    assertThat(copy.toJson()).isEqualTo(json);
  }

  @Test
  void refusesDefinitionsThatDoNotHold() {
    assertThatThrownBy(() -> source("x", ColumnType.VARCHAR, List.of(new Cleaning.Round())))
        .hasMessageContaining("column `x` is a VARCHAR");
    assertThatThrownBy(() ->
            CardFraud.payments(Reading.of("x.csv").withColumns(Map.of("amout", "A")), Terms.NONE))
        .hasMessage(
            "source `payments` has no column `amout`.\nMaybe you meant `amount`; "
                + "it has tx_id, ts, customer_id, terminal_id, amount.");
    assertThatThrownBy(() ->
            new Reading(
                Reading.Format.AUTO,
                "x.csv",
                Map.of(),
                Reading.CsvCharacters.USUAL,
                Map.of("ts", "bogus")))
        .hasMessageContaining("Maybe write it like");
  }

  private static String payment(String ts, String amount) {
    return ("{\"tx_id\": 1, \"ts\": \"%s\", \"customer_id\": 2, "
            + "\"terminal_id\": 3, \"amount\": %s}")
        .formatted(ts, amount);
  }

  private static SourceDefinition source(String column, ColumnType type, List<Cleaning> clean) {
    Schema schema =
        Schema.of(
            new Column("id", ColumnType.BIGINT, false),
            new Column("ts", ColumnType.TIMESTAMP, false),
            new Column(column, type, false));
    return new SourceDefinition(
        "s",
        schema,
        new Observation("id"),
        new Timing(CardFraud.EVENT_TIME, new Arrival.AtEventTime()),
        new Terms(clean.isEmpty() ? Map.of() : Map.of(column, clean), List.of()),
        null);
  }

  private static long slot(SourceDefinition source, String x) {
    return ((Accepted) check(source, record(x))).row().slot(2);
  }

  private static Refused refused(SourceDefinition source, String x) {
    return refused(source, record(x), CLOCK);
  }

  private static String record(String x) {
    return "{\"id\": 1, \"ts\": \"2018-04-01T12:00:00\", \"x\": %s}".formatted(x);
  }

  private static ContractResult check(String json) {
    return check(CardFraud.payments(null, CardFraud.terms(false)), json);
  }

  private static ContractResult check(SourceDefinition source, String json) {
    return new Contract(source).check(raw(source.schema(), json), new Row(source.schema()), CLOCK);
  }

  private static Refused refused(String json) {
    return refused(CardFraud.payments(null, CardFraud.terms(false)), json, CLOCK);
  }

  private static Refused refused(SourceDefinition source, String json, long clock) {
    ContractResult result =
        new Contract(source).check(raw(source.schema(), json), new Row(source.schema()), clock);
    assertThat(result).as(json).isInstanceOf(Refused.class);
    return (Refused) result;
  }

  private static RawRecord raw(Schema schema, String json) {
    RawRecord raw = new RawRecord(schema);
    new RecordJson(schema).read(json, raw);
    return raw;
  }
}
