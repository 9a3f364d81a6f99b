package io.cromford.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.cromford.core.Column;
import io.cromford.core.ColumnType;
import io.cromford.core.Schema;
import io.cromford.intake.Arrival;
import io.cromford.intake.EventTime;
import io.cromford.intake.SourceDefinition;
import java.time.Duration;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class QuarantinedIdsTest {
  private static final SourceBook PAYMENTS =
      new SourceBook(
          new SourceDefinition(
              "payments",
              Schema.of(
                  new Column("id", ColumnType.BIGINT, false),
                  new Column("ts", ColumnType.TIMESTAMP, false)),
              new SourceDefinition.Observation("id"),
              new SourceDefinition.Timing(
                  new EventTime("ts", ZoneOffset.UTC, Duration.ofMinutes(5), Duration.ofDays(30)),
                  new Arrival.AtEventTime()),
              SourceDefinition.Terms.NONE,
              null));

  private final QuarantinedIds ids = new QuarantinedIds();

  /// A record's position is ten times its number.
  private void take(int number, String record) {
    ids.take(
        PAYMENTS,
        new Quarantined("payments", -1, "", 0, 0, "type", "ts", "bad", record, null),
        10L * number);
  }

  @Test
  void findsTheNewestOfAnIdUntilItLeaves() {
    take(1, "{\"id\": 7, \"ts\": \"x\"}");
    take(2, "{\"id\": 8, \"ts\": \"x\"}");
    take(3, "{\"id\": 7, \"ts\": \"y\"}");
    take(4, "no JSON");
    assertThat(ids.find("7")).contains(30L);
    ids.left(30);
    assertThat(ids.find("7")).contains(10L);
    ids.left(10);
    assertThat(ids.find("7")).isEmpty();
    assertThat(ids.find("8")).contains(20L);
    assertThat(ids.find("")).isEmpty();
    ids.left(999);
  }

  @Test
  void remembersTheLastAlone() {
    int more = 7;
    for (int i = 1; i <= QuarantinedIds.MOST + more; i++) {
      take(i, "{\"id\": %d}".formatted(i));
    }
    assertThat(ids.find(Integer.toString(more))).isEmpty();
    for (int i : new int[] {more + 1, QuarantinedIds.MOST, QuarantinedIds.MOST + more}) {
      assertThat(ids.find(Integer.toString(i))).contains(10L * i);
      ids.left(10L * i);
      assertThat(ids.find(Integer.toString(i))).isEmpty();
    }
  }
}
