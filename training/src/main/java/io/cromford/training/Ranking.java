package io.cromford.training;

import java.util.Arrays;

/// Rows by descending score, with equal scores as groups.
///
/// Sorts 64-bit keys of (score, row) once: n log n, 8 bytes a row. Rows of one group keep their
/// order.
final class Ranking {
  private final int[] rows;
  private final int[] groupEnds;

  private Ranking(int[] rows, int[] groupEnds) {
    this.rows = rows;
    this.groupEnds = groupEnds;
  }

  static Ranking of(Scored scored) {
    long[] keys = new long[scored.size()];
    for (int row = 0; row < keys.length; row++) {
      keys[row] = descending(scored.score(row)) << 32 | row;
    }
    Arrays.sort(keys);
    return new Ranking(rowsOf(keys), groupEndsOf(keys));
  }

  /// The row at a rank, from 0 for the highest score.
  int row(int rank) {
    return rows[rank];
  }

  int size() {
    return rows.length;
  }

  int groups() {
    return groupEnds.length;
  }

  /// The rank after a group's last row; the group starts where the one before ends.
  int groupEnd(int group) {
    return groupEnds[group];
  }

  int groupStart(int group) {
    return group == 0 ? 0 : groupEnds[group - 1];
  }

  /// The bits of a float so that larger floats sort first; -0 and 0 are equal.
  private static long descending(float score) {
    int bits = Float.floatToIntBits(score + 0.0f);
    int ascending = bits < 0 ? bits ^ Integer.MAX_VALUE : bits;
    return ~ascending;
  }

  private static int[] rowsOf(long[] keys) {
    int[] rows = new int[keys.length];
    for (int rank = 0; rank < keys.length; rank++) {
      rows[rank] = (int) keys[rank];
    }
    return rows;
  }

  private static int[] groupEndsOf(long[] keys) {
    int[] ends = new int[keys.length];
    int groups = 0;
    for (int rank = 0; rank < keys.length; rank++) {
      if (rank + 1 == keys.length || keys[rank] >> 32 != keys[rank + 1] >> 32) {
        ends[groups++] = rank + 1;
      }
    }
    return Arrays.copyOf(ends, groups);
  }
}
