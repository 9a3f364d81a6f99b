package io.cromford.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.cromford.core.Row;
import io.cromford.serving.definition.DataDefinition;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WaitingOutcomesTest {
  @TempDir private Path folder;
  private final WaitingOutcomes waiting = new WaitingOutcomes();
  private SourceBook payments;
  private SourceBook chargebacks;

  @BeforeEach
  void readTheSources() {
    DataDefinition data =
        new Workshop(folder).write(Workshop.payments(1)).checked().definition().data();
    payments = new SourceBook(data.observations());
    chargebacks = new SourceBook(data.outcomes());
  }

  private void take(long id, long position) {
    Quarantined record =
        new Quarantined(
            "chargebacks",
            -1,
            "",
            0,
            0,
            "unknown-id",
            "tx_id",
            "",
            "{\"tx_id\": \"%d\", \"fraud\": \"true\"}".formatted(id),
            null);
    waiting.take(chargebacks, record, position);
  }

  private List<Long> call(long id) {
    Row row = new Row(payments.definition().schema());
    row.setSlot(payments.idColumn(), id);
    return waiting.call(payments, row);
  }

  @Test
  void givesWhatWaitsForAnIdOnce() {
    take(5, 64);
    take(6, 128);
    take(5, 192);
    waiting.left(128);
    assertThat(call(5)).containsExactly(64L, 192L);
    assertThat(call(5)).isEmpty();
    assertThat(call(6)).as("it was replayed").isEmpty();
    assertThat(waiting.count(chargebacks)).isZero();
  }

  @Test
  void letsTheOldestGoWhenTooManyWait() {
    for (int i = 0; i <= WaitingOutcomes.MOST_FOR_ONE; i++) {
      take(7, 8L * i);
    }
    assertThat(waiting.count(chargebacks)).isEqualTo(WaitingOutcomes.MOST_FOR_ONE);
    for (int i = 1; i < WaitingOutcomes.MOST; i++) {
      take(1_000 + i, 10_000 + 8L * i);
    }
    assertThat(waiting.count(chargebacks)).isEqualTo(WaitingOutcomes.MOST);
    assertThat(call(7)).as("the last one").containsExactly(8L * WaitingOutcomes.MOST_FOR_ONE);
    assertThat(call(1_001)).containsExactly(10_008L);
  }
}
