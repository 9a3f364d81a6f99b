package io.cromford.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.cromford.serving.Action;
import io.cromford.serving.Decision;
import io.cromford.serving.Result;
import io.cromford.serving.Submission;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DecisionSampleTest {
  private final DecisionSample sample = new DecisionSample();

  private static Result decided(int id) {
    return new Result.Decided(
        new Decision(Integer.toString(id), Action.PASS, 0, 1, "ab", List.of(), id));
  }

  private void take(int from, int until) {
    Submission submission = new Submission("payments", null, null);
    sample.take(
        IntStream.range(from, until).mapToObj(_ -> submission).toList(),
        IntStream.range(from, until).mapToObj(DecisionSampleTest::decided).toList(),
        7);
  }

  @Test
  void keepsNothingWhileNobodyListens() {
    take(0, 100);
    assertThat(sample.seen()).isZero();
    sample.listen(true);
    take(0, 3);
    assertThat(sample.drain())
        .extracting(one -> one.decision().id() + "@" + one.atMillis())
        .containsExactly("0@7", "1@7", "2@7");
    sample.listen(false);
    assertThat(sample.drain()).isEmpty();
  }

  /// 10 of 100, 2,000 times: each is drawn 200 times on the mean, with a deviation of 13.4.
  @Test
  void drawsEachDecisionAsOftenAsAnyOther() {
    sample.listen(true);
    Map<String, Integer> drawn = new TreeMap<>();
    for (int turn = 0; turn < 2_000; turn++) {
      take(0, 40);
      take(40, 100);
      assertThat(sample.seen()).isEqualTo(100);
      sample.drain().forEach(one -> drawn.merge(one.decision().id(), 1, Integer::sum));
    }
    assertThat(drawn).hasSize(100);
    assertThat(drawn.values()).allSatisfy(times -> assertThat(times).isBetween(133, 267));
  }
}
