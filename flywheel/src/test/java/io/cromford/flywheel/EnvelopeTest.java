package io.cromford.flywheel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cromford.core.Cases;
import io.cromford.flywheel.Envelope.Challenger;
import io.cromford.flywheel.Envelope.Range;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EnvelopeTest {
  private static final Instant END = Instant.parse("2019-01-31T00:00:00Z");
  private static final long BEFORE = END.toEpochMilli() - 1;
  private static final Envelope ALL =
      new Envelope(
          List.of("xgboost"),
          Envelope.CURRENT,
          new TreeMap<>(Map.of("depth", new Range(2, 6))),
          0.05,
          END,
          "ada");
  private static final Envelope ANY = new Envelope(List.of(), "", new TreeMap<>(), null, null, "");

  private static Challenger challenger(
      String learner, String depth, String view, Optional<Double> gain) {
    return new Challenger(
        learner, Map.of("depth", depth, "rate", "0.1"), view, "abc", Map.of("large", gain));
  }

  @Test
  void namesEverythingThatLiesOutside() {
    Challenger inside = challenger("xgboost", "6", "abc", Optional.of(-0.05));
    assertThat(ALL.outside(inside, BEFORE)).isEmpty();
    Challenger outside = challenger("logistic", "7", "def", Optional.of(-0.06));
    assertThat(ALL.outside(outside, END.toEpochMilli()))
        .containsExactly(
            "it expired on 2019-01-31T00:00:00Z",
            "`logistic` is none of its learners",
            "the features def are not those approved",
            "`depth` is 7, not from 2.0 to 6.0",
            "on `large` the gain is −0.0600, where a loss of 0.05 is the most approved");
  }

  @Test
  void whatCannotBeKnownLiesOutside() {
    assertThat(ALL.outside(challenger("xgboost", "deep", "abc", Optional.empty()), BEFORE))
        .containsExactly(
            "`depth` is deep, not from 2.0 to 6.0", "on `large` there was nothing to judge by");
    assertThat(ALL.outside(new Challenger("xgboost", Map.of(), "abc", "abc", Map.of()), BEFORE))
        .as("a learner without that parameter")
        .isEmpty();
  }

  @Test
  void namesFeaturesByTheStartOfTheirHash() {
    Envelope named = new Envelope(List.of(), "ab", new TreeMap<>(), null, null, "");
    assertThat(named.outside(challenger("rules", "1", "abc", Optional.empty()), 0)).isEmpty();
    assertThat(named.outside(challenger("rules", "1", "b", Optional.empty()), 0)).hasSize(1);
  }

  /// An envelope that says nothing holds all; each bound tightened can only put more outside, by
  /// exactly the reasons of that bound.
  @Test
  void boundsAreIndependentOfEachOther() {
    Cases.check(
        500,
        random -> {
          Challenger challenger = draw(random);
          long at = random.nextBoolean() ? BEFORE : END.toEpochMilli();
          assertThat(ANY.outside(challenger, at)).isEmpty();
          List<String> one = new ArrayList<>();
          for (Envelope bound : bounds()) {
            List<String> reasons = bound.outside(challenger, at);
            assertThat(reasons.size()).isLessThanOrEqualTo(1);
            one.addAll(reasons);
          }
          assertThat(ALL.outside(challenger, at)).isEqualTo(one);
        });
  }

  private static Challenger draw(SplittableRandom random) {
    return challenger(
        random.nextBoolean() ? "xgboost" : "logistic",
        Integer.toString(random.nextInt(9)),
        random.nextBoolean() ? "abc" : "def",
        random.nextInt(4) == 0 ? Optional.empty() : Optional.of(random.nextDouble(-0.1, 0.1)));
  }

  /// One bound each, in the order in which reasons are given.
  private static List<Envelope> bounds() {
    TreeMap<String, Range> none = new TreeMap<>();
    return List.of(
        new Envelope(List.of(), "", none, null, END, ""),
        new Envelope(ALL.learners(), "", none, null, null, ""),
        new Envelope(List.of(), Envelope.CURRENT, none, null, null, ""),
        new Envelope(List.of(), "", ALL.parameters(), null, null, ""),
        new Envelope(List.of(), "", none, 0.05, null, ""));
  }

  @Test
  void saysWhatItHolds() {
    assertThat(ALL.describe())
        .isEqualTo(
            "learners xgboost; features as they serve; depth from 2.0 to 6.0; a loss of at most 0.05 on a segment; until 2019-01-31T00:00:00Z; approved by ada");
    assertThat(ANY.describe()).isEqualTo("without end; approved by nobody named");
    assertThatThrownBy(() -> new Range(2, 1)).hasMessageContaining("from 2.0 to 1.0");
  }
}
