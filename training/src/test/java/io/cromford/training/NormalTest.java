package io.cromford.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class NormalTest {
  @Test
  void hasTheTabulatedQuantiles() {
    assertThat(Normal.quantile(0.5)).isEqualTo(0);
    assertThat(Normal.quantile(0.8)).isCloseTo(0.8416212336, within(1e-8));
    assertThat(Normal.quantile(0.95)).isCloseTo(1.6448536270, within(1e-8));
    assertThat(Normal.quantile(0.99)).isCloseTo(2.3263478740, within(1e-8));
    assertThat(Normal.quantile(0.0001)).isCloseTo(-3.7190164855, within(1e-8));
  }
}
