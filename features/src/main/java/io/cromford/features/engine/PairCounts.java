package io.cromford.features.engine;

import io.cromford.core.SnapshotReader;
import io.cromford.core.SnapshotWriter;
import java.util.Arrays;

/// Counts how often a value occurs for a key, for as long as it does: 16 bytes a slot, at most 5/8
/// of them taken.
///
/// An open-addressing hash table with linear probing; what falls to 0 is taken out by shifting back
/// what follows, so that it never fills with graves.
final class PairCounts {
  private int[] keys = new int[32];
  private long[] values = new long[32];
  private int[] counts = new int[32];
  private int size;

  /// Writes the pairs in their order, which where they lie is not: that depends on what was there
  /// before.
  void save(SnapshotWriter out) {
    int[] ends = ends();
    long[] sorted = sorted(ends);
    out.count(size);
    int at = 0;
    for (int key = 0; key < ends.length; key++) {
      Arrays.sort(sorted, at, ends[key]);
      for (; at < ends[key]; at++) {
        out.count(key);
        out.number(sorted[at]);
        out.count(count(key, sorted[at]));
      }
    }
  }

  /// Where the values of each key end if they lie one key after the other.
  private int[] ends() {
    int most = -1;
    for (int i = 0; i < keys.length; i++) {
      most = counts[i] == 0 ? most : Math.max(most, keys[i]);
    }
    int[] ends = new int[most + 1];
    for (int i = 0; i < keys.length; i++) {
      if (counts[i] != 0) {
        ends[keys[i]]++;
      }
    }
    for (int key = 1; key < ends.length; key++) {
      ends[key] += ends[key - 1];
    }
    return ends;
  }

  /// The values, one key after the other.
  private long[] sorted(int[] ends) {
    int[] next = ends.clone();
    long[] sorted = new long[size];
    for (int i = 0; i < keys.length; i++) {
      if (counts[i] != 0) {
        sorted[--next[keys[i]]] = values[i];
      }
    }
    return sorted;
  }

  void restore(SnapshotReader in) {
    for (int left = in.count(); left > 0; left--) {
      int key = in.count();
      long value = in.number();
      increment(key, value);
      counts[slot(key, value)] = in.count();
    }
  }

  /// The number of pairs that occur.
  int size() {
    return size;
  }

  /// How often the value occurs.
  int count(int key, long value) {
    return counts[slot(key, value)];
  }

  /// Counts one more.
  ///
  /// @return how often it occurs now, from 1
  int increment(int key, long value) {
    int at = slot(key, value);
    if (counts[at] == 0) {
      if ((size + 1) * 8L > keys.length * 5L) {
        grow();
        at = slot(key, value);
      }
      keys[at] = key;
      values[at] = value;
      size++;
    }
    return ++counts[at];
  }

  /// Counts one less.
  ///
  /// @return how often it occurs now, from 0
  int decrement(int key, long value) {
    int at = slot(key, value);
    if (counts[at] == 0) {
      throw new IllegalStateException("value %d of key %d is not there".formatted(value, key));
    }
    int left = --counts[at];
    if (left == 0) {
      remove(at);
    }
    return left;
  }

  /// Bytes of memory.
  long heapBytes() {
    return 16L * keys.length;
  }

  private int slot(int key, long value) {
    int mask = keys.length - 1;
    int at = hash(key, value) & mask;
    while (counts[at] != 0 && (keys[at] != key || values[at] != value)) {
      at = (at + 1) & mask;
    }
    return at;
  }

  private void remove(int from) {
    int mask = keys.length - 1;
    int hole = from;
    int at = (hole + 1) & mask;
    while (counts[at] != 0) {
      int home = hash(keys[at], values[at]) & mask;
      if (((at - home) & mask) >= ((at - hole) & mask)) {
        keys[hole] = keys[at];
        values[hole] = values[at];
        counts[hole] = counts[at];
        hole = at;
      }
      at = (at + 1) & mask;
    }
    counts[hole] = 0;
    size--;
  }

  private void grow() {
    int[] oldKeys = keys;
    long[] oldValues = values;
    int[] oldCounts = counts;
    keys = new int[oldKeys.length * 2];
    values = new long[keys.length];
    counts = new int[keys.length];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldCounts[i] != 0) {
        int at = slot(oldKeys[i], oldValues[i]);
        keys[at] = oldKeys[i];
        values[at] = oldValues[i];
        counts[at] = oldCounts[i];
      }
    }
  }

  private static int hash(int key, long value) {
    long hash = (value ^ key * 0xD1B54A32D192ED03L) * 0x9E3779B97F4A7C15L;
    return (int) (hash >>> 32);
  }
}
