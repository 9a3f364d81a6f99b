package io.cromford.model;

/// The arrays of one tree as the file has them, indexed by the file's node numbers; empty until
/// read. A leaf has the left child -1 and its value in `value`.
final class TreeNodes {
  int[] left = {};
  int[] right = {};
  int[] feature = {};
  float[] value = {};
  int[] missingLeft = {};
  float[] cover = {};
}
