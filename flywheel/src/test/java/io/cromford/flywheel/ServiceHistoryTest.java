package io.cromford.flywheel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cromford.flywheel.ServiceHistory.Event;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ServiceHistoryTest {
  private static final List<String> WHY = List.of("why");

  @Test
  void tellsWhoServedWhen() {
    ServiceHistory history =
        ServiceHistory.EMPTY
            .with(new Event.Promoted(10, "a", List.of("first")))
            .with(new Event.Promoted(20, "b", WHY))
            .with(new Event.RolledBack(30, "too many alerts"));
    assertThat(history.champion()).hasValue("a");
    assertThat(history.first()).hasValue("a");
    assertThat(history.championAt(9)).isEmpty();
    assertThat(history.championAt(19)).hasValue("a");
    assertThat(history.championAt(20)).hasValue("b");
    assertThat(history.championAt(1000)).hasValue("a");
    assertThat(history.rollbackTarget()).hasValue("b");
    assertThat(history.swaps()).isEqualTo(2);
    assertThat(history.stints().getLast().reasons()).containsExactly("too many alerts");
  }

  @Test
  void keepsAChallengerUntilItServesOrIsWithdrawn() {
    ServiceHistory proposed =
        ServiceHistory.EMPTY
            .with(new Event.Promoted(10, "a", WHY))
            .with(new Event.Proposed(20, "b", WHY));
    assertThat(proposed.challenger()).hasValue("b");
    assertThat(proposed.champion()).hasValue("a");
    assertThat(proposed.with(new Event.Promoted(30, "b", WHY)).challenger()).isEmpty();
    assertThat(proposed.with(new Event.Promoted(30, "c", WHY)).challenger()).hasValue("b");
    assertThat(proposed.with(new Event.Withdrawn(30, "b", WHY)).challenger()).isEmpty();
    assertThat(proposed.with(new Event.Withdrawn(30, "c", WHY)).challenger()).hasValue("b");
  }

  @Test
  void keepsTheFirstAndTheFormerWarm() {
    ServiceHistory history =
        ServiceHistory.EMPTY
            .with(new Event.Promoted(10, "a", WHY))
            .with(new Event.Promoted(20, "b", WHY))
            .with(new Event.Promoted(30, "c", WHY));
    assertThat(history.warm(35, Duration.ofMillis(6))).containsExactly("a", "b", "c");
    assertThat(history.warm(36, Duration.ofMillis(6))).containsExactly("a", "c");
  }

  @Test
  void refusesWhatCannotBe() {
    ServiceHistory one = ServiceHistory.EMPTY.with(new Event.Promoted(10, "a", WHY));
    assertThatThrownBy(() -> one.with(new Event.RolledBack(20, "no")))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> one.with(new Event.Promoted(9, "b", WHY)))
        .hasMessage("an event at 9 ms after one at 10 ms");
  }
}
