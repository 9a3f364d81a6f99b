package io.cromford.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cromford.core.Column;
import io.cromford.core.ColumnType;
import io.cromford.core.Row;
import io.cromford.core.Schema;
import io.cromford.intake.RuleReading.Misread;
import org.junit.jupiter.api.Test;

class RuleTest {
  private static final Schema SCHEMA =
      Schema.of(
          new Column("amount", ColumnType.decimal(10, 2), true),
          new Column("limit_amount", ColumnType.decimal(10, 2), true),
          new Column("currency", ColumnType.VARCHAR, true),
          new Column("score", ColumnType.DOUBLE, true),
          new Column("seen", ColumnType.BOOLEAN, true),
          new Column("ts", ColumnType.TIMESTAMP, true));

  private final Row row = row();

  @Test
  void holdsAmountsAgainstLiterals() {
    assertThat(holds("amount >= 0")).isTrue();
    assertThat(holds("amount = 12.34")).isTrue();
    assertThat(holds("amount = 12.340")).isTrue();
    assertThat(holds("amount <> 12.345")).isTrue();
    assertThat(holds("amount < 12.345")).isTrue();
    assertThat(holds("amount > 12.335")).isTrue();
    assertThat(holds("amount > 12.345")).isFalse();
    assertThat(holds("amount between 0 and 10000")).isTrue();
    assertThat(holds("amount not between 0 and 10000")).isFalse();
    assertThat(holds("amount < 1e30")).isTrue();
    assertThat(holds("amount > -1e30")).isTrue();
  }

  @Test
  void holdsOtherTypesAgainstLiterals() {
    assertThat(holds("currency in ('EUR', 'USD')")).isTrue();
    assertThat(holds("currency NOT IN ('EUR', 'USD')")).isFalse();
    assertThat(holds("currency = 'it''s'")).isFalse();
    assertThat(holds("score <= 0.5")).isTrue();
    assertThat(holds("seen = true AND ts >= '2018-04-01 00:00:00'")).isTrue();
  }

  @Test
  void comparesColumnsOfOneType() {
    assertThat(holds("amount <= limit_amount")).isTrue();
    assertThat(misread("amount <= score").message()).contains("decimal(10,2)", "double");
  }

  @Test
  void combinesConditions() {
    assertThat(holds("amount < 0 or currency = 'EUR' and score = 0.5")).isTrue();
    assertThat(holds("(amount < 0 or currency = 'EUR') and score > 0.5")).isFalse();
    assertThat(holds("not (amount < 0)")).isTrue();
  }

  @Test
  void isBrokenOnlyByFalseNotByNull() {
    row.setNull(0);
    assertThat(holds("amount >= 0")).isTrue();
    assertThat(holds("not amount >= 0")).isTrue();
    assertThat(holds("amount is not null")).isFalse();
    assertThat(holds("amount >= 0 and currency = 'USD'")).isFalse();
    assertThat(holds("amount >= 0 or currency = 'USD'")).isTrue();
  }

  @Test
  void saysWhereATextIsNoRule() {
    assertThat(misread("amout >= 0"))
        .satisfies(misread -> {
          assertThat(misread.column()).isEqualTo(1);
          assertThat(misread.message()).isEqualTo("no column `amout`");
          assertThat(misread.advice()).startsWith("you meant `amount`");
        });
    assertThat(misread("amount == 0").advice()).isEqualTo("write `=`");
    assertThat(misread("amount >= ").column()).isEqualTo(11);
    assertThat(misread("amount >= 'x'").message()).contains("expected a number");
    assertThat(misread("currency = EUR").message()).isEqualTo("no column `EUR`");
    assertThat(misread("currency in ('EUR'").message()).contains("expected )");
    assertThat(misread("currency = 'EUR").message()).isEqualTo("a quote is left open");
    assertThat(misread("amount >= 0 0").column()).isEqualTo(13);
    assertThat(misread("amount").message()).contains("expected a comparison");
    assertThat(misread("").message()).contains("expected a column");
    assertThat(misread("amount >= 1x").message()).contains("not a number");
    assertThat(misread("ts > '2018'").message()).contains("not a timestamp");
    assertThat(misread("(".repeat(100_000)).message()).contains("at most 64 deep");
  }

  @Test
  void refusesTheNameOfABuiltInRule() {
    assertThatThrownBy(() -> Rule.parse("not-null", "amount >= 0", SCHEMA))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("built in");
  }

  private boolean holds(String text) {
    return CardFraud.rule("r", text, SCHEMA).holds(row);
  }

  private static Misread misread(String text) {
    RuleReading reading = Rule.parse("r", text, SCHEMA);
    assertThat(reading).as(text).isInstanceOf(Misread.class);
    return (Misread) reading;
  }

  private static Row row() {
    Row row = new Row(SCHEMA);
    row.setSlot(0, 1234);
    row.setSlot(1, 5000);
    row.setText(2, "EUR");
    row.setDouble(3, 0.5);
    row.setBoolean(4, true);
    row.setSlot(5, 1_522_540_831_000L);
    return row;
  }
}
