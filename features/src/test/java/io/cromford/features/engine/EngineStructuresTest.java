package io.cromford.features.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cromford.core.Cases;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// The small structures under the engine, each against what the JDK has.
class EngineStructuresTest {
  @Test
  void countsPairsAsAMapWould() {
    Cases.check(
        30,
        random -> {
          PairCounts counts = new PairCounts();
          Map<String, Integer> expected = new HashMap<>();
          for (int i = 0; i < 3000; i++) {
            int key = random.nextInt(20);
            long value = random.nextInt(40);
            String pair = key + " " + value;
            int had = expected.getOrDefault(pair, 0);
            assertThat(counts.count(key, value)).isEqualTo(had);
            if (random.nextBoolean()) {
              assertThat(counts.increment(key, value)).isEqualTo(had + 1);
              expected.put(pair, had + 1);
            } else if (had > 0) {
              assertThat(counts.decrement(key, value)).isEqualTo(had - 1);
              expected.put(pair, had - 1);
            }
          }
          expected.values().removeIf(count -> count == 0);
          assertThat(counts.size()).isEqualTo(expected.size());
        });
  }

  @Test
  void refusesToCountBelowZero() {
    assertThatThrownBy(() -> new PairCounts().decrement(7, 8))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("value 8 of key 7");
  }

  @Test
  void yieldsLateRowsInTheOrderOfTime() {
    Cases.check(
        30,
        random -> {
          LateHeap heap = new LateHeap();
          PriorityQueue<Long> expected = new PriorityQueue<>();
          for (int i = 0; i < 1000; i++) {
            if (random.nextInt(3) > 0) {
              long time = random.nextInt(500);
              heap.add(time, time * 10);
              expected.add(time);
            } else if (!expected.isEmpty()) {
              long first = expected.remove();
              assertThat(heap.firstTime()).isEqualTo(first);
              assertThat(heap.hasUpTo(first)).isTrue();
              assertThat(heap.hasUpTo(first - 1)).isFalse();
              assertThat(heap.poll()).isEqualTo(first * 10);
            }
            assertThat(heap.size()).isEqualTo(expected.size());
          }
        });
  }

  /// What it says that it remembers is all that there was.
  @Test
  void remembersLateRowsOrSaysThatItDoesNot() {
    Cases.check(
        30,
        random -> {
          int most = random.nextInt(40);
          LateTrail trail = new LateTrail(most);
          List<Long> added = new ArrayList<>();
          for (long i = 0; i < 300; i++) {
            long time = i + random.nextInt(-20, 1);
            trail.add(time, time * 10);
            added.add(time);
            long after = i - random.nextInt(60);
            if (trail.remembersAfter(after)) {
              List<Long> found = new ArrayList<>();
              for (int at = trail.firstAfter(after); at < trail.size(); at++) {
                found.add(trail.ordinal(at) / 10);
              }
              List<Long> expected = added.stream().filter(one -> one > after).sorted().toList();
              assertThat(found).isEqualTo(expected);
            }
            assertThat(trail.size()).isLessThanOrEqualTo(most);
            assertThat(trail.remembersAfter(i)).isTrue();
          }
          assertThat(most < 2 || trail.size() > 0).isTrue();
        });
  }

  @Test
  void numbersTextsByTheirBytes() {
    TextDictionary texts = new TextDictionary();
    String huge = "x".repeat(200_000);
    int empty = texts.code("");
    int first = texts.code("a");
    int last = texts.code("\uD83D\uDE00");
    int accent = texts.code("é");
    int large = texts.code(huge);
    for (int i = 0; i < 10_000; i++) {
      assertThat(texts.text(texts.code("text " + i))).isEqualTo("text " + i);
    }
    assertThat(texts.code("")).isEqualTo(empty);
    assertThat(texts.code(huge)).isEqualTo(large);
    assertThat(texts.compare(empty, first)).isNegative();
    assertThat(texts.compare(first, accent)).isNegative();
    assertThat(texts.compare(last, accent)).isPositive();
    assertThat(texts.compare(last, last)).isZero();
  }

  @Test
  void ordersDoublesAsSqlDoes() {
    double[] ascending = {
      Double.NEGATIVE_INFINITY, -1.5, -Double.MIN_VALUE, 0.0, 1, Double.MAX_VALUE, Double.NaN
    };
    for (int i = 1; i < ascending.length; i++) {
      assertThat(Doubles.ordered(ascending[i - 1])).isLessThan(Doubles.ordered(ascending[i]));
    }
    assertThat(Doubles.ordered(-0.0)).isEqualTo(Doubles.ordered(0.0));
    for (double value : ascending) {
      assertThat(Doubles.value(Doubles.ordered(value))).isEqualTo(Double.valueOf(value));
    }
  }

  @Test
  void addsWideNumbersAsBigIntegersDo() {
    Cases.check(
        200,
        random -> {
          long[] sum = new long[2];
          long[] squares = new long[3];
          BigInteger expected = BigInteger.ZERO;
          BigInteger expectedSquares = BigInteger.ZERO;
          for (int i = 0; i < 50; i++) {
            long value = anyLong(random);
            BigInteger big = BigInteger.valueOf(value);
            if (random.nextInt(3) > 0) {
              Wide.add(sum, 0, value);
              Wide.addSquare(squares, 0, value);
              expected = expected.add(big);
              expectedSquares = expectedSquares.add(big.multiply(big));
            } else {
              Wide.subtract(sum, 0, value);
              Wide.subtractSquare(squares, 0, value);
              expected = expected.subtract(big);
              expectedSquares = expectedSquares.subtract(big.multiply(big));
            }
            assertThat(big(sum)).isEqualTo(expected);
            assertThat(big(squares)).isEqualTo(expectedSquares);
          }
          long[] twice = new long[3];
          Wide.difference(twice, 0, squares, 0, twice, 0, 3);
          assertThat(big(twice)).isEqualTo(expectedSquares.negate());
        });
  }

  @Test
  void roundsAnAverageOnce() {
    Cases.check(
        3000,
        random -> {
          long low = random.nextBoolean() ? anyLong(random) : random.nextInt(1_000_000);
          long high = random.nextInt(4) == 0 ? random.nextInt(-1000, 1000) : low >> 63;
          long count = random.nextInt(1, 2_000_000);
          int scale = random.nextInt(0, 19);
          BigDecimal exact =
              new BigDecimal(big(new long[] {low, high}), scale)
                  .divide(BigDecimal.valueOf(count), new MathContext(120));
          assertThat(ExactQuotient.average(low, high, count, scale)).isEqualTo(exact.doubleValue());
        });
  }

  private static long anyLong(SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0 -> random.nextInt(-5, 5);
      case 1 -> random.nextBoolean() ? Long.MIN_VALUE : Long.MAX_VALUE;
      default -> random.nextLong();
    };
  }

  private static BigInteger big(long[] words) {
    BigInteger value = BigInteger.valueOf(words[words.length - 1]);
    for (int i = words.length - 2; i >= 0; i--) {
      value = value.shiftLeft(64).add(new BigInteger(Long.toUnsignedString(words[i])));
    }
    return value;
  }
}
