package io.cromford.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.cromford.core.Cases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridDecoder;
import org.junit.jupiter.api.Test;

/// What is encoded is decoded by the format's reference implementation.
class RunLengthsTest {
  @Test
  void theReferenceReadsEveryNumber() {
    Cases.check(
        500,
        random -> {
          int[] numbers = new int[random.nextInt(1, 400)];
          int width = random.nextInt(1, 33);
          for (int from = 0; from < numbers.length; ) {
            int to = Math.min(numbers.length, from + 1 + random.nextInt(random.nextInt(1, 40)));
            Arrays.fill(numbers, from, to, number(random, width));
            from = to;
          }
          int from = random.nextInt(numbers.length);
          int count = random.nextInt(numbers.length - from + 1);
          assertThat(decoded(RunLengths.of(numbers, from, count, width), width, count))
              .isEqualTo(Arrays.copyOfRange(numbers, from, from + count));
        });
  }

  private static int number(SplittableRandom random, int width) {
    return random.nextInt() >>> (Integer.SIZE - width);
  }

  private static int[] decoded(BytesInput bytes, int width, int count) {
    try {
      var decoder = new RunLengthBitPackingHybridDecoder(width, bytes.toInputStream());
      int[] numbers = new int[count];
      for (int i = 0; i < count; i++) {
        numbers[i] = decoder.readInt();
      }
      return numbers;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Test
  void oneNumberTakesAFewBytesHoweverOftenItStands() {
    assertThat(RunLengths.of(new int[100_000], 0, 100_000, 1).size()).isLessThan(8);
  }

  @Test
  void theWidthIsThatOfTheLargestNumber() {
    assertThat(RunLengths.width(1)).isEqualTo(1);
    assertThat(RunLengths.width(2)).isEqualTo(1);
    assertThat(RunLengths.width(3)).isEqualTo(2);
    assertThat(RunLengths.width(256)).isEqualTo(8);
    assertThat(RunLengths.width(257)).isEqualTo(9);
  }
}
