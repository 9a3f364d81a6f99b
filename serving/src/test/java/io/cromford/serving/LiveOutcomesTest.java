package io.cromford.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveOutcomesTest {
  @TempDir private Path folder;

  @Test
  void refusesWhatCannotBeTrue() {
    Workshop workshop =
        new Workshop(folder)
            .withFactory(
                "    schema: {tx_id: bigint, fraud: boolean}\n    arrival: {after: payments.ts, delay: 2d}\n",
                "    schema: {tx_id: bigint, fraud: boolean, told: timestamp}\n    event-time: {column: told, zone: UTC}\n")
            .withFactory(
                "columns: {tx_id: TRANSACTION_ID, fraud: TX_FRAUD}",
                "columns: {tx_id: TRANSACTION_ID, fraud: TX_FRAUD, told: TX_DATETIME}")
            .write(Workshop.payments(1));
    try (Factory factory = workshop.open()) {
      Workshop.goLive(factory);
      assertThat(rule(factory, "999999", "2018-04-14T20:00:00")).isEqualTo("unknown-id");
      assertThat(rule(factory, "700", "2018-04-01T00:00:00")).isEqualTo("before-its-event");
      assertThat(factory.status().ready()).isTrue();
      assertThat(factory.report().intake().get("chargebacks").quarantined()).isEqualTo(2);
    }
  }

  private static String rule(Factory factory, String id, String told) {
    Submission outcome = Workshop.live(factory, "chargebacks", id, "true", told);
    return Workshop.submit(factory, List.of(outcome)).getFirst()
            instanceof Result.Refused(var _, String rule, var _, var _)
        ? rule
        : "";
  }
}
