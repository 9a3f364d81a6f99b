package io.cromford.flywheel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class ServiceHistoryTest {
  @Test
  void tellsWhoServedWhen() {
    ServiceHistory history =
        ServiceHistory.EMPTY
            .with(10, "a", "first")
            .with(20, "b", "a gain")
            .with(30, "a", "too many alerts");
    assertThat(history.championAt(9)).isEmpty();
    assertThat(history.championAt(19)).hasValue("a");
    assertThat(history.championAt(20)).hasValue("b");
    assertThat(history.championAt(1000)).hasValue("a");
    assertThat(history.swaps()).isEqualTo(2);
    assertThat(history.stints().getLast().reason()).isEqualTo("too many alerts");
  }

  @Test
  void refusesWhatCannotBe() {
    ServiceHistory one = ServiceHistory.EMPTY.with(10, "a", "first");
    assertThatThrownBy(() -> one.with(9, "b", "a gain"))
        .hasMessage("an event at 9 ms after one at 10 ms");
  }
}
