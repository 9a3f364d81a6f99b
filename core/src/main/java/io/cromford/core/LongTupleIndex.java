package io.cromford.core;

import org.jspecify.annotations.Nullable;

/// Numbers tuples of longs in the order of their first appearance: 0, 1, 2, …
///
/// An open-addressing hash table with linear probing. It grows by doubling at a load of 5/8, so it
/// takes 8 · width bytes per tuple and 4 bytes per slot: 15 to 21 bytes for a single long. Nobody
/// waits for it to grow: the tuples lie in pages that are never copied, and each tuple that is
/// added brings a few others from the former table to the next; until all are there, what is not
/// found in the one is looked for in the other, and both take memory. The slot is the upper bits of
/// the product with 2^64 / φ, which spreads numbers that lie close together, as ids do, more evenly
/// than chance would. Not for threads.
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

  /// Tuples that come to the next table with each that is added. Two would be enough to be there
  /// before it is full.
  private static final int MOVED_AT_ONCE = 8;

  private final int width;
  private final PagedLongs tuples;

  /// The number of the tuple + 1, or 0.
  private int[] table;

  /// By how many bits a hash is shifted right to become a slot.
  private int shift;

  /// The former table, which has all tuples below `formerSize`; those below `moved` are in the
  /// other too.
  private int @Nullable [] former;

  private int formerSize;
  private int moved;

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
    this.tuples = new PagedLongs(width);
    this.table = new int[32];
    this.shift = shift(table);
  }

  /// Writes the tuples; their table is made again from them.
  public void save(SnapshotWriter out) {
    tuples.save(out);
    out.count(table.length);
  }

  /// Takes on what was saved of an index of the same width.
  public void restore(SnapshotReader in) {
    tuples.restore(in);
    table = new int[in.count()];
    shift = shift(table);
    former = null;
    for (int number = 0; number < tuples.size(); number++) {
      enter(number);
    }
  }

  /// The number of tuples.
  public int size() {
    return tuples.size();
  }

  /// The number of the tuple that starts at an offset of an array.
  ///
  /// @return -1 if it has never been added
  public int find(long[] values, int offset) {
    int found = table[slot(table, shift, values, offset)];
    return found > 0 ? found - 1 : findInFormer(values, offset);
  }

  /// The number of the tuple that starts at an offset of an array, added if it is new.
  ///
  /// @throws IllegalStateException if the index is full
  public int add(long[] values, int offset) {
    int at = slot(table, shift, values, offset);
    int found = table[at] > 0 ? table[at] - 1 : findInFormer(values, offset);
    if (found >= 0) {
      return found;
    }
    int number = tuples.size();
    if (number == MAX_SIZE) {
      throw new IllegalStateException("an index holds at most %d keys".formatted(MAX_SIZE));
    }
    tuples.grow(number + 1);
    System.arraycopy(values, offset, tuples.page(number), tuples.offset(number), width);
    table[at] = number + 1;
    if (former != null) {
      move();
    }
    if (tuples.size() * 8L > table.length * 5L) {
      grow();
    }
    return number;
  }

  private int findInFormer(long[] values, int offset) {
    int[] before = former;
    return before == null ? -1 : before[slot(before, shift + 1, values, offset)] - 1;
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
      int number = Math.max(0, table[(int) (hash(values, i * width) >>> shift)] - 1);
      sum += value(number, 0);
    }
    return sum;
  }

  /// One long of a numbered tuple.
  public long value(int number, int position) {
    return tuples.get(number, position);
  }

  /// Bytes of memory.
  public long heapBytes() {
    return tuples.heapBytes() + 4L * table.length + (former == null ? 0 : 4L * former.length);
  }

  /// Where in a table a tuple is, or would be.
  private int slot(int[] slots, int by, long[] values, int offset) {
    if (width == 1) {
      return slot(slots, by, values[offset]);
    }
    int mask = slots.length - 1;
    int at = (int) (hash(values, offset) >>> by);
    while (slots[at] > 0 && !same(slots[at] - 1, values, offset)) {
      at = (at + 1) & mask;
    }
    return at;
  }

  /// The loop without the inner ones: most keys are a single long.
  private int slot(int[] slots, int by, long value) {
    int mask = slots.length - 1;
    int at = (int) ((value * GOLDEN) >>> by);
    while (slots[at] > 0 && value(slots[at] - 1, 0) != value) {
      at = (at + 1) & mask;
    }
    return at;
  }

  private boolean same(int number, long[] values, int offset) {
    for (int i = 0; i < width; i++) {
      if (value(number, i) != values[offset + i]) {
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
    former = table;
    formerSize = tuples.size();
    moved = 0;
    table = new int[table.length * 2];
    shift = shift(table);
  }

  private void move() {
    int end = Math.min(formerSize, moved + MOVED_AT_ONCE);
    while (moved < end) {
      enter(moved++);
    }
    if (moved == formerSize) {
      former = null;
    }
  }

  /// Enters a tuple that is not in the table.
  private void enter(int number) {
    int mask = table.length - 1;
    int at = (int) (hash(tuples.page(number), tuples.offset(number)) >>> shift);
    while (table[at] > 0) {
      at = (at + 1) & mask;
    }
    table[at] = number + 1;
  }

  private static int shift(int[] table) {
    return Long.numberOfLeadingZeros(table.length - 1L);
  }
}
