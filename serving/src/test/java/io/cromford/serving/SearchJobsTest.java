package io.cromford.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.serving.DecisionSearch.Page;
import io.cromford.serving.DecisionSearch.Scores;
import io.cromford.serving.DecisionSearch.Times;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

class SearchJobsTest {
  private static final DecisionSearch CARD =
      new DecisionSearch(
          Map.of("customer_id", "4711"),
          Set.of(),
          Scores.ALL,
          Times.ALL,
          new Page(50, OptionalInt.empty()));

  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private final Jobs jobs = new Jobs();
  private Instant now = Instant.EPOCH;
  private boolean fails;
  private final SearchJobs searches =
      new SearchJobs(_ -> new Counted(), jobs, () -> now, waiting::addLast);

  /// Looks at ten rows, and finds where it got to.
  private final class Counted implements SearchJobs.Prepared {
    @Override
    public long rows() {
      return 10;
    }

    @Override
    public DecisionPage run(LongConsumer progress, BooleanSupplier isCancelled) {
      if (fails) {
        throw new IllegalStateException("the disk is gone");
      }
      int row = 0;
      while (row < 10 && !isCancelled.getAsBoolean()) {
        progress.accept(++row);
      }
      return new DecisionPage(java.util.List.of(), OptionalInt.of(row), Optional.of(Instant.EPOCH));
    }
  }

  @Test
  void runsOneAfterTheOtherAndKeepsWhatWasFoundForAWhile() {
    SearchJob begun = searches.begin(CARD);
    assertThat(begun.state()).isEqualTo(SearchJob.State.RUNNING);
    assertThat(jobs.running())
        .singleElement()
        .satisfies(job -> {
          assertThat(job.kind()).isEqualTo("search");
          assertThat(job.cost().rows()).isEqualTo(10);
          assertThat(job.toString()).doesNotContain("4711", "customer");
        });
    waiting.removeFirst().run();
    assertThat(jobs.running()).isEmpty();
    SearchJob done = searches.find(begun.id());
    assertThat(done.state()).isEqualTo(SearchJob.State.DONE);
    assertThat(done.rowsDone()).isEqualTo(10);
    assertThat(done.page().orElseThrow().next()).hasValue(10);
    now = now.plus(SearchJobs.KEPT).minusMillis(1);
    assertThat(searches.find(begun.id())).isEqualTo(done);
    now = now.plusMillis(1);
    refused(ErrorCode.NOT_FOUND, () -> searches.find(begun.id()), "no such search.\nMaybe");
  }

  @Test
  void takesNoMoreThanAFewAtOnceAndForgetsTheOldest() {
    for (int i = 0; i < SearchJobs.MOST_AT_ONCE; i++) {
      searches.begin(CARD);
    }
    refused(
        ErrorCode.UNAVAILABLE,
        () -> searches.begin(CARD),
        "4 searches run or wait already.\nMaybe wait");
    String first = "";
    for (int i = 0; i <= SearchJobs.MOST_KEPT; i++) {
      waiting.removeFirst().run();
      SearchJob begun = searches.begin(CARD);
      first = first.isEmpty() ? begun.id() : first;
    }
    while (!waiting.isEmpty()) {
      waiting.removeFirst().run();
    }
    searches.begin(CARD);
    String oldest = first;
    refused(ErrorCode.NOT_FOUND, () -> searches.find(oldest), "no such search");
  }

  @Test
  void endsWhenItIsCancelledAndSaysWhenItFails() {
    SearchJob begun = searches.begin(CARD);
    jobs.require(begun.job()).cancel("by ada: not needed");
    waiting.removeFirst().run();
    SearchJob ended = searches.find(begun.id());
    assertThat(ended.state()).isEqualTo(SearchJob.State.CANCELLED);
    assertThat(ended.rowsDone()).isZero();
    assertThat(ended.page()).isEmpty();
    fails = true;
    SearchJob failing = searches.begin(CARD);
    waiting.removeFirst().run();
    assertThat(searches.find(failing.id()).state()).isEqualTo(SearchJob.State.FAILED);
    assertThat(jobs.running()).isEmpty();
  }

  private static void refused(
      ErrorCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable what, String message) {
    assertThatThrownBy(what)
        .isInstanceOfSatisfying(
            CromfordException.class, refused -> assertThat(refused.code()).isEqualTo(code))
        .hasMessageContaining(message);
  }
}
