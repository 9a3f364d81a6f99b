package io.cromford.features.engine;

import io.cromford.core.SnapshotReader;
import io.cromford.core.SnapshotWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Numbers texts in the order of their first appearance: 0, 1, 2, …
///
/// The bytes lie in pages, so a text takes its UTF-8 length, 8 bytes for its place and 6 to 13 for
/// the hash table. It never forgets: it grows with the distinct texts of the columns that windows
/// read.
final class TextDictionary {
  private static final int PAGE_BYTES = 1 << 16;

  private byte[][] pages = new byte[0][];
  private int pageUsed = PAGE_BYTES;
  private long[] places = new long[16];
  private int[] lengths = new int[16];
  private int[] table = new int[32];
  private int size;

  /// An empty dictionary.
  TextDictionary() {
    Arrays.fill(table, -1);
  }

  void save(SnapshotWriter out) {
    out.section("texts");
    out.count(pages.length);
    for (byte[] page : pages) {
      out.bytes(page);
    }
    out.count(pageUsed);
    out.longs(places);
    out.ints(lengths);
    out.ints(table);
    out.count(size);
  }

  void restore(SnapshotReader in) {
    in.section("texts");
    pages = new byte[in.count()][];
    for (int i = 0; i < pages.length; i++) {
      pages[i] = in.bytes();
    }
    pageUsed = in.count();
    places = in.longs();
    lengths = in.ints();
    table = in.ints();
    size = in.count();
  }

  /// The number of a text, which is added if it is new.
  int code(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int at = slot(bytes);
    if (table[at] < 0) {
      table[at] = add(bytes);
      if (size * 8L > table.length * 5L) {
        grow();
      }
      return size - 1;
    }
    return table[at];
  }

  /// The text of a number.
  String text(int code) {
    return new String(page(code), start(code), lengths[code], StandardCharsets.UTF_8);
  }

  /// Orders two numbers by the bytes of their texts, as SQL engines do without a collation.
  int compare(int a, int b) {
    return Arrays.compareUnsigned(
        page(a), start(a), start(a) + lengths[a], page(b), start(b), start(b) + lengths[b]);
  }

  /// Bytes of memory.
  long heapBytes() {
    long bytes = 12L * places.length + 4L * table.length;
    for (byte[] page : pages) {
      bytes += page.length;
    }
    return bytes;
  }

  private int add(byte[] bytes) {
    if (pages.length == 0 || bytes.length > PAGE_BYTES - pageUsed) {
      pages = Arrays.copyOf(pages, pages.length + 1);
      pages[pages.length - 1] = new byte[Math.max(PAGE_BYTES, bytes.length)];
      pageUsed = 0;
    }
    if (size == places.length) {
      places = Arrays.copyOf(places, size * 3 / 2);
      lengths = Arrays.copyOf(lengths, places.length);
    }
    System.arraycopy(bytes, 0, pages[pages.length - 1], pageUsed, bytes.length);
    places[size] = (pages.length - 1L) << Integer.SIZE | pageUsed;
    lengths[size] = bytes.length;
    pageUsed = Math.min(PAGE_BYTES, pageUsed + bytes.length);
    return size++;
  }

  private byte[] page(int code) {
    return pages[(int) (places[code] >>> Integer.SIZE)];
  }

  private int start(int code) {
    return (int) places[code];
  }

  private int slot(byte[] bytes) {
    int mask = table.length - 1;
    int at = hash(bytes, 0, bytes.length) & mask;
    while (table[at] >= 0 && !same(table[at], bytes)) {
      at = (at + 1) & mask;
    }
    return at;
  }

  private boolean same(int code, byte[] bytes) {
    int start = start(code);
    return Arrays.equals(page(code), start, start + lengths[code], bytes, 0, bytes.length);
  }

  private void grow() {
    table = new int[table.length * 2];
    Arrays.fill(table, -1);
    int mask = table.length - 1;
    for (int code = 0; code < size; code++) {
      int at = hash(page(code), start(code), lengths[code]) & mask;
      while (table[at] >= 0) {
        at = (at + 1) & mask;
      }
      table[at] = code;
    }
  }

  private static int hash(byte[] bytes, int from, int length) {
    long hash = 0;
    for (int i = from; i < from + length; i++) {
      hash = (hash ^ bytes[i]) * 0x9E3779B97F4A7C15L;
      hash ^= hash >>> 29;
    }
    return (int) (hash ^ hash >>> 32);
  }
}
