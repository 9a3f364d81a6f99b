package io.cromford.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class OwnerTest {
  private final AtomicInteger commits = new AtomicInteger();
  private final AtomicInteger broken = new AtomicInteger();
  private final CountDownLatch idle = new CountDownLatch(1);
  private volatile @Nullable RuntimeException refusal;
  private volatile boolean mendingFails;

  @Test
  void survivesWhateverATaskThrows() {
    try (Owner owner = owner()) {
      mendingFails = true;
      assertThat(failureOf(owner, new StackOverflowError()).code()).isEqualTo(ErrorCode.INTERNAL);
      assertThat(failureOf(owner, new IllegalStateException("4970")))
          .hasMessage("the factory failed on a record: IllegalStateException");
      assertThat(owner.call(() -> "still there")).isEqualTo("still there");
      assertThat(broken).hasValue(2);
    }
  }

  @Test
  void survivesAnAnswerThatThrows() {
    try (Owner owner = owner()) {
      owner.offer(
          new Answered(_ -> {
            throw new IllegalStateException("the connection is gone");
          }));
      assertThat(owner.call(() -> 7)).isEqualTo(7);
      assertThat(broken).hasValue(0);
    }
  }

  @Test
  void answersWhatCannotBeCommittedWithItsReason() {
    try (Owner owner = owner()) {
      refusal = new CromfordException(ErrorCode.STORAGE, "full");
      assertThatThrownBy(() -> owner.call(() -> 7)).hasMessage("full");
      refusal = null;
      assertThat(owner.call(() -> 7)).isEqualTo(7);
    }
  }

  @Test
  void refusesTasksBehindTheLast() {
    Owner owner = owner();
    owner.close();
    assertThat(owner.offer(new Answered(_ -> {}))).isFalse();
    assertThatThrownBy(() -> owner.call(() -> 7)).hasMessageContaining("the factory is stopping");
  }

  @Test
  void saysWhenNothingComes() throws InterruptedException {
    try (Owner owner = owner()) {
      idle.await();
      assertThat(owner.queued()).isZero();
    }
  }

  private static CromfordException failureOf(Owner owner, Throwable thrown) {
    CompletableFuture<CromfordException> answer = new CompletableFuture<>();
    owner.offer(
        new Answered(answer::complete) {
          @Override
          public void run() {
            throw sneaky(thrown);
          }
        });
    return answer.join();
  }

  private static RuntimeException sneaky(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    return (RuntimeException) thrown;
  }

  private Owner owner() {
    return new Owner(
        "test",
        new Owner.Care() {
          @Override
          public void commit() {
            commits.incrementAndGet();
            if (refusal != null) {
              throw refusal;
            }
          }

          @Override
          public void broken(Throwable failure) {
            broken.incrementAndGet();
            if (mendingFails) {
              throw new IllegalStateException("it cannot be mended");
            }
          }

          @Override
          public void idle() {
            idle.countDown();
          }
        });
  }

  private static class Answered implements Owner.Task {
    private final java.util.function.Consumer<@Nullable CromfordException> answer;

    Answered(java.util.function.Consumer<@Nullable CromfordException> answer) {
      this.answer = answer;
    }

    @Override
    public void run() {}

    @Override
    public void answer(@Nullable CromfordException failure) {
      answer.accept(failure);
    }
  }
}
