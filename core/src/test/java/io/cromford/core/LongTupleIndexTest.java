package io.cromford.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LongTupleIndexTest {
  @Test
  void numbersTuplesAsAMapWould() {
    Cases.check(
        50,
        random -> {
          int width = random.nextInt(1, 4);
          LongTupleIndex index = new LongTupleIndex(width);
          Map<String, Integer> expected = new HashMap<>();
          for (int i = 0; i < 2000; i++) {
            long[] tuple = random.longs(width, 0, 20).toArray();
            String key = Arrays.toString(tuple);
            assertThat(index.find(tuple, 0)).isEqualTo(expected.getOrDefault(key, -1));
            int number = index.add(tuple, 0);
            assertThat(number).isEqualTo(expected.computeIfAbsent(key, _ -> expected.size()));
            assertThat(index.value(number, width - 1)).isEqualTo(tuple[width - 1]);
          }
          assertThat(index.size()).isEqualTo(expected.size());
        });
  }

  @Test
  void numbersManyAsOneByOne() {
    Cases.check(
        10,
        random -> {
          int width = random.nextInt(1, 3);
          int count = random.nextInt(1, 200_000);
          long[] values = random.longs((long) count * width, 0, 60_000).toArray();
          LongTupleIndex many = new LongTupleIndex(width);
          LongTupleIndex single = new LongTupleIndex(width);
          int[] numbers = new int[count];
          many.addAll(values, count, numbers);
          for (int i = 0; i < count; i++) {
            assertThat(numbers[i]).isEqualTo(single.add(values, i * width));
          }
        });
  }
}
