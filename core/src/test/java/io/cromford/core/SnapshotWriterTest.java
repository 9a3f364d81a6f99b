package io.cromford.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class SnapshotWriterTest {
  @Test
  void readsBackWhatItWrote() {
    Cases.check(
        200,
        random -> {
          List<Consumer<SnapshotWriter>> writes = new ArrayList<>();
          List<Consumer<SnapshotReader>> reads = new ArrayList<>();
          for (int i = 0; i < 40; i++) {
            add(random, writes, reads);
          }
          SnapshotReader reader = reader(written(out -> writes.forEach(each -> each.accept(out))));
          reads.forEach(each -> each.accept(reader));
          reader.end();
        });
  }

  private static void add(
      SplittableRandom random,
      List<Consumer<SnapshotWriter>> writes,
      List<Consumer<SnapshotReader>> reads) {
    int length = random.nextInt(10) == 0 ? random.nextInt(40_000) : random.nextInt(20);
    long[] longs = random.longs(length).toArray();
    int kind = random.nextInt(8);
    switch (kind) {
      case 0 -> {
        long[] padded = java.util.Arrays.copyOf(longs, length + random.nextInt(5));
        writes.add(out -> out.longs(padded));
        reads.add(in -> assertThat(in.longs()).isEqualTo(padded));
      }
      case 1 -> {
        int[] ints = random.ints(length).toArray();
        writes.add(out -> out.ints(ints));
        reads.add(in -> assertThat(in.ints()).isEqualTo(ints));
      }
      case 2 -> {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        writes.add(out -> out.bytes(bytes));
        reads.add(in -> assertThat(in.bytes()).isEqualTo(bytes));
      }
      case 3 -> {
        double[] doubles = random.doubles(length).toArray();
        writes.add(out -> out.doubles(doubles));
        reads.add(in -> assertThat(in.doubles()).isEqualTo(doubles));
      }
      case 4 -> {
        String text = "a · text ".repeat(length);
        writes.add(out -> out.text(text));
        reads.add(in -> assertThat(in.text()).isEqualTo(text));
      }
      case 5 -> {
        BitSet bits = BitSet.valueOf(longs);
        writes.add(out -> out.bits(bits));
        reads.add(in -> assertThat(in.bits()).isEqualTo(bits));
      }
      case 6 -> {
        boolean flag = random.nextBoolean();
        writes.add(out -> out.maybe(flag ? "there" : null, out::text));
        reads.add(in -> assertThat(in.maybe(in::text)).isEqualTo(flag ? "there" : null));
      }
      default -> {
        writes.add(out -> out.section("fold " + length));
        reads.add(in -> in.section("fold " + length));
      }
    }
  }

  @Test
  void writesWhatHasNoOrderSorted() {
    Map<String, Integer> some = new HashMap<>();
    Map<String, Integer> grown = new HashMap<>(1024);
    for (int i = 0; i < 100; i++) {
      some.put("key " + i, i);
      grown.put("key " + (99 - i), 99 - i);
    }
    assertThat(map(grown)).isEqualTo(map(some));
  }

  private static byte[] map(Map<String, Integer> map) {
    return written(out -> out.sorted(map, (key, value) -> out.text(key + value)));
  }

  @Test
  void namesTheSectionThatDoesNotFit() {
    byte[] bytes =
        written(out -> {
          out.section("books");
          out.number(7);
          out.section("desk");
        });
    SnapshotReader other = reader(bytes);
    other.section("books");
    assertThat(other.number()).isEqualTo(7);
    assertThatThrownBy(() -> other.section("weeks"))
        .isInstanceOf(CromfordException.class)
        .hasMessage(
            "the snapshot does not fit: the section `weeks` should begin behind `books`, but `desk` does");

    SnapshotReader less = reader(bytes);
    less.section("books");
    assertThatThrownBy(() -> less.section("desk"))
        .hasMessageContaining("`desk` should begin behind `books`, but none does");
    SnapshotReader more = reader(bytes);
    more.section("books");
    more.number();
    more.section("desk");
    assertThatThrownBy(more::number).hasMessageContaining("it ends within `desk`");
    SnapshotReader rest = reader(bytes);
    rest.section("books");
    assertThatThrownBy(rest::end).hasMessageContaining("there is more behind `books`");
  }

  private static byte[] written(Consumer<SnapshotWriter> write) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    SnapshotWriter writer = new SnapshotWriter(bytes);
    write.accept(writer);
    writer.flush();
    return bytes.toByteArray();
  }

  private static SnapshotReader reader(byte[] bytes) {
    return new SnapshotReader(new ByteArrayInputStream(bytes));
  }
}
