package io.cromford.flywheel;

import static org.assertj.core.api.Assertions.assertThat;

import io.cromford.training.Scored;
import org.junit.jupiter.api.Test;

final class DayAlertsTest {
  @Test
  void givesAnEntityOneAlertADay() {
    DayAlerts alerts = new DayAlerts();
    alerts.advance(0);
    alerts.add(1);
    assertThat(alerts.had(1)).isTrue();
    assertThat(alerts.had(2)).isFalse();
    alerts.advance(Scored.DAY_MILLIS);
    assertThat(alerts.had(1)).isFalse();
    alerts.add(2);
    alerts.advance(0);
    assertThat(alerts.had(2)).as("days do not go back").isTrue();
  }
}
