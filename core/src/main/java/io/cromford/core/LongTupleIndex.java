package io.cromford.core;

import java.util.Arrays;

/// Numbers tuples of longs in the order of their first appearance: 0, 1, 2, …
///
/// An open-addressing hash table with linear probing. It grows by doubling at a load of 5/8, so it
/// takes 8 · width bytes per tuple and 4 bytes per slot: 15 to 21 bytes for a single long. The slot
/// is the upper bits of the product with 2^64 / φ, which spreads numbers that lie close together,
/// as ids do, more evenly than chance would. Not for threads.
///
/// @see <a href="https://en.wikipedia.org/wiki/Hash_function#Fibonacci_hashing">Knuth, The Art of
///   Computer Programming, volume 3, 6.4</a>
public final class LongTupleIndex {
  /// The most tuples one index can number.
  public static final int MAX_SIZE = 1 << 29;

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final int AHEAD = 64;

  /// Slots of a table that is larger than a core's cache.
  private static final int LARGE = 1 << 16;

  private final int width;
  private long[] tuples;
  private int[] table;

  /// By how many bits a hash is shifted right to become a slot.
  private int shift;

  private int size;

  // Only written: reading ahead must have a result, or the compiler leaves it out.
  @SuppressWarnings("UnusedVariable")
  private long touched;

  /// An empty index.
  ///
  /// @param width longs per tuple, at least 1
  public LongTupleIndex(int width) {
    if (width < 1) {
      throw new IllegalArgumentException("a tuple has at least one long, not " + width);
    }
    this.width = width;
    this.tuples = new long[16 * width];
    this.table = empty(32);
    this.shift = shift(table);
  }

  /// Writes the tuples; their table is made again from them.
  public void save(SnapshotWriter out) {
    out.count(size);
    out.longs(tuples);
    out.count(table.length);
  }

  /// Takes on what was saved of an index of the same width.
  public void restore(SnapshotReader in) {
    size = in.count();
    tuples = in.longs();
    table = empty(in.count());
    shift = shift(table);
    enterAll();
  }

  /// The number of tuples.
  public int size() {
    return size;
  }

  /// The number of the tuple that starts at an offset of an array.
  ///
  /// @return -1 if it has never been added
  public int find(long[] values, int offset) {
    int at = slot(values, offset);
    return table[at];
  }

  /// The number of the tuple that starts at an offset of an array, added if it is new.
  ///
  /// @throws IllegalStateException if the index is full
  public int add(long[] values, int offset) {
    int at = slot(values, offset);
    int found = table[at];
    if (found >= 0) {
      return found;
    }
    if (size == MAX_SIZE) {
      throw new IllegalStateException("an index holds at most %d keys".formatted(MAX_SIZE));
    }
    if ((size + 1) * width > tuples.length) {
      tuples =
          Arrays.copyOf(
              tuples, (int) Math.min(Integer.MAX_VALUE - 8, tuples.length * 3L / 2 + width));
    }
    System.arraycopy(values, offset, tuples, size * width, width);
    table[at] = size;
    size++;
    if (size * 8L > table.length * 5L) {
      grow();
    }
    return size - 1;
  }

  /// Reads where the search for a tuple starts, to have it in the cache.
  ///
  /// @return anything; a caller must use it, or the compiler leaves the reading out
  public long touch(long[] values, int offset) {
    return table[(int) (hash(values, offset) >>> shift)];
  }

  /// The numbers of many tuples that lie side by side, added where they are new.
  ///
  /// It gives what [#add] gives one by one. In a large table it first reads, for a few tuples at a
  /// time, what the lookups will need: these reads wait for memory together, while lookups, each of
  /// which branches on what it finds, wait one after the other.
  ///
  /// @param numbers filled from its start
  public void addAll(long[] values, int count, int[] numbers) {
    for (int from = 0; from < count; from += AHEAD) {
      int to = Math.min(count, from + AHEAD);
      if (count > 1 && table.length > LARGE) {
        touched += touchSlots(values, from, to) + touchTuples(values, from, to);
      }
      for (int i = from; i < to; i++) {
        numbers[i] = add(values, i * width);
      }
    }
  }

  private long touchSlots(long[] values, int from, int to) {
    long sum = 0;
    for (int i = from; i < to; i++) {
      sum += table[(int) (hash(values, i * width) >>> shift)];
    }
    return sum;
  }

  private long touchTuples(long[] values, int from, int to) {
    long sum = 0;
    for (int i = from; i < to; i++) {
      int number = Math.max(0, table[(int) (hash(values, i * width) >>> shift)]);
      sum += tuples[number * width];
    }
    return sum;
  }

  /// One long of a numbered tuple.
  public long value(int number, int position) {
    return tuples[number * width + position];
  }

  /// Bytes of memory.
  public long heapBytes() {
    return 8L * tuples.length + 4L * table.length;
  }

  private int slot(long[] values, int offset) {
    if (width == 1) {
      return slot(values[offset]);
    }
    int mask = table.length - 1;
    int at = (int) (hash(values, offset) >>> shift);
    while (table[at] >= 0 && !same(table[at], values, offset)) {
      at = (at + 1) & mask;
    }
    return at;
  }

  /// The loop without the inner ones: most keys are a single long.
  private int slot(long value) {
    int[] slots = table;
    int mask = slots.length - 1;
    int at = (int) ((value * GOLDEN) >>> shift);
    while (slots[at] >= 0 && tuples[slots[at]] != value) {
      at = (at + 1) & mask;
    }
    return at;
  }

  private boolean same(int number, long[] values, int offset) {
    int start = number * width;
    for (int i = 0; i < width; i++) {
      if (tuples[start + i] != values[offset + i]) {
        return false;
      }
    }
    return true;
  }

  private long hash(long[] values, int offset) {
    long hash = 0;
    for (int i = 0; i < width; i++) {
      hash = (hash ^ (hash >>> 32) ^ values[offset + i]) * GOLDEN;
    }
    return hash;
  }

  private void grow() {
    table = empty(table.length * 2);
    shift = shift(table);
    enterAll();
  }

  /// In the order of their numbers, so that a table hangs on nothing but the tuples and its length.
  private void enterAll() {
    int mask = table.length - 1;
    for (int number = 0; number < size; number++) {
      int at = (int) (hash(tuples, number * width) >>> shift);
      while (table[at] >= 0) {
        at = (at + 1) & mask;
      }
      table[at] = number;
    }
  }

  private static int[] empty(int slots) {
    int[] table = new int[slots];
    Arrays.fill(table, -1);
    return table;
  }

  private static int shift(int[] table) {
    return Long.numberOfLeadingZeros(table.length - 1L);
  }
}
