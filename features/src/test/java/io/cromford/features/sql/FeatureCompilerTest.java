package io.cromford.features.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.cromford.core.ColumnType;
import io.cromford.features.plan.Aggregate;
import io.cromford.features.plan.FeaturePlan;
import io.cromford.features.plan.Window;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeatureCompilerTest {
  private static final long DAY = 86_400_000;

  private static String handbook() throws IOException {
    try (InputStream in = FeatureCompilerTest.class.getResourceAsStream("handbook.sql")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void compilesTheHandbooksFifteenFeatures() throws IOException {
    FeaturePlan plan = Payments.plan(handbook());
    assertThat(plan.features()).hasSize(15);
    assertThat(plan.windows()).hasSize(6);
    assertThat(plan.windows().getFirst()).isEqualTo(new Window(List.of(2), DAY - 1000, 0, true));
    assertThat(plan.windows().getLast())
        .isEqualTo(new Window(List.of(3), 37 * DAY - 1000, 7 * DAY, false));
    assertThat(plan.aggregates()).hasSize(12);
    assertThat(plan.aggregates().get(1).function()).isEqualTo(Aggregate.Function.AVG);
    assertThat(plan.aggregates().get(1).argument().type()).isEqualTo(ColumnType.decimal(10, 2));
    assertThat(plan.outputs().getLast().expression().type()).isEqualTo(ColumnType.DOUBLE);
  }
}
