package io.cromford.core;

import java.util.Arrays;

/// Blocks of longs, one per number from 0 on, in pages: it grows without copying what is there.
///
/// A block never straddles two pages. Hot loops take the page and the offset once and work on the
/// plain array. Not for threads.
public final class PagedLongs {
  /// A block's page is its number shifted right by this.
  public static final int PAGE_SHIFT = 12;

  /// A block's place in its page is its number and this, times the width.
  public static final int MASK = (1 << PAGE_SHIFT) - 1;

  /// Longs that a core's cache holds: a megabyte.
  private static final int CACHED = 1 << 17;

  private final int width;
  private long[][] pages = new long[0][];
  private int size;

  /// No blocks.
  ///
  /// @param width longs per block, at least 0
  public PagedLongs(int width) {
    this.width = width;
  }

  /// Writes all of them.
  public void save(SnapshotWriter out) {
    out.count(size);
    out.count(pages.length);
    for (long[] page : pages) {
      out.longs(page);
    }
  }

  /// Takes on what was saved of blocks of the same width.
  public void restore(SnapshotReader in) {
    size = in.count();
    pages = new long[in.count()][];
    for (int i = 0; i < pages.length; i++) {
      pages[i] = in.longs();
    }
  }

  /// Longs per block.
  public int width() {
    return width;
  }

  /// The number of blocks.
  public int size() {
    return size;
  }

  /// Adds blocks of zeros until there are this many.
  public void grow(int blocks) {
    if (blocks <= size) {
      return;
    }
    int needed = (blocks + MASK) >>> PAGE_SHIFT;
    int had = pages.length;
    if (needed > had) {
      pages = Arrays.copyOf(pages, needed);
      for (int i = had; i < needed; i++) {
        pages[i] = new long[width << PAGE_SHIFT];
      }
    }
    size = blocks;
  }

  /// The pages, for loops that add no blocks.
  public long[][] pages() {
    return pages;
  }

  /// The page of a block.
  public long[] page(int block) {
    return pages[block >>> PAGE_SHIFT];
  }

  /// Where a block starts in its page.
  public int offset(int block) {
    return (block & MASK) * width;
  }

  /// Whether a core's cache does not hold all blocks, so that reading ahead is worth its while.
  public boolean isLarge() {
    return (long) size * width > CACHED;
  }

  /// Reads the ends of blocks, to have them in the cache if it does not hold all.
  public long touch(int[] blocks, int count) {
    if (!isLarge()) {
      return 0;
    }
    long sum = 0;
    for (int i = 0; i < count; i++) {
      long[] page = page(blocks[i]);
      int at = offset(blocks[i]);
      sum += page[at] + page[at + width - 1];
    }
    return sum;
  }

  /// One long of a block.
  public long get(int block, int word) {
    return page(block)[offset(block) + word];
  }

  /// Sets one long of a block.
  public void set(int block, int word, long value) {
    page(block)[offset(block) + word] = value;
  }

  /// Bytes of memory.
  public long heapBytes() {
    return pages.length * (16L + 4 + ((long) width << PAGE_SHIFT) * Long.BYTES);
  }
}
