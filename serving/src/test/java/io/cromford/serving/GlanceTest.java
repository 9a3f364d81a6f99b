package io.cromford.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GlanceTest {
  private final AtomicInteger broken = new AtomicInteger();
  private final AtomicReference<String> state = new AtomicReference<>("first");

  private Owner owner() {
    return new Owner(
        "test",
        new Owner.Care() {
          @Override
          public void commit() {}

          @Override
          public void broken(Throwable failure) {
            broken.incrementAndGet();
          }

          @Override
          public void idle() {}
        });
  }

  /// A look may be spared for a hundred times as long as the last one took.
  private static String until(Glance<String> glance, String wanted) {
    String seen = glance.get();
    while (!seen.equals(wanted)) {
      seen = glance.get();
    }
    return seen;
  }

  @Test
  void showsWhatIsThereNow() {
    try (Owner owner = owner()) {
      Glance<String> glance = new Glance<>(owner, state::get, 100);
      state.set("second");
      assertThat(until(glance, "second")).isEqualTo("second");
    }
  }

  @Test
  void answersTheLastLookWhileTheOwnerIsBusy() throws InterruptedException {
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    try (Owner owner = owner()) {
      Glance<String> glance = new Glance<>(owner, state::get, 100);
      Thread work =
          Thread.ofVirtual()
              .start(() ->
                  owner.call(() -> {
                    begun.countDown();
                    busy.await();
                    return true;
                  }));
      begun.await();
      state.set("second");
      assertThat(glance.get()).isEqualTo("first");
      assertThat(glance.get()).isEqualTo("first");
      assertThat(owner.queued()).as("looks that wait").isEqualTo(1);
      busy.countDown();
      work.join();
      assertThat(until(glance, "second")).isEqualTo("second");
    }
  }

  @Test
  void aLookThatFailsBreaksNothing() {
    try (Owner owner = owner()) {
      Glance<String> glance =
          new Glance<>(
              owner,
              () -> {
                if (state.get().isEmpty()) {
                  throw new IllegalStateException("no look");
                }
                return state.get();
              },
              100);
      state.set("");
      for (int i = 0; i < 10; i++) {
        assertThat(glance.get()).isEqualTo("first");
      }
      state.set("second");
      assertThat(until(glance, "second")).isEqualTo("second");
      assertThat(broken).hasValue(0);
    }
  }

  @Test
  void answersTheLastLookWhenTheOwnerIsGone() {
    Owner owner = owner();
    Glance<String> glance = new Glance<>(owner, state::get, 100);
    owner.close();
    state.set("second");
    assertThat(glance.get()).isEqualTo("first");
  }
}
