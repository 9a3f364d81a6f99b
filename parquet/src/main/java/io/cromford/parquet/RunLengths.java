package io.cromford.parquet;

import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;

/// Small numbers in Parquet's hybrid encoding: where one stands eight times or more, how often,
/// else all side by side in as few bits as the largest needs.
///
/// The library's encoder takes a value at a time through classes that it has for each width;
/// loading and compiling them cost a short run several times what this does.
///
/// @see <a href="https://parquet.apache.org/docs/file-format/data-pages/encodings/">Encodings</a>
final class RunLengths {
  /// What is packed side by side comes in groups of so many; a shorter run is not worth its header.
  private static final int GROUP = 8;

  private final int[] numbers;
  private final int width;
  private final byte[] bytes;
  private int size;

  private RunLengths(int[] numbers, int width, int count) {
    this.numbers = numbers;
    this.width = width;
    // Each eight numbers cost at most a header and what they cost packed.
    this.bytes = new byte[(count + GROUP) / GROUP * (width + Integer.BYTES) + 2 * Long.BYTES];
  }

  /// The bits that every number below a limit fits in, at least 1.
  static int width(int limit) {
    return Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(limit - 1));
  }

  /// Encodes numbers of an array.
  ///
  /// @param width bits of each, 1 to 32
  static BytesInput of(int[] numbers, int from, int count, int width) {
    RunLengths runs = new RunLengths(numbers, width, count);
    runs.encode(from, from + count);
    return BytesInput.from(runs.bytes, 0, runs.size);
  }

  private void encode(int from, int to) {
    int at = from;
    while (at < to) {
      int run = runEnd(at, to);
      if (run - at < GROUP) {
        run = packedEnd(at, to);
        pack(at, run);
      } else {
        repeat(numbers[at], run - at);
      }
      at = run;
    }
  }

  private int runEnd(int from, int to) {
    int at = from + 1;
    while (at < to && numbers[at] == numbers[from]) {
      at++;
    }
    return at;
  }

  /// Where whole groups end because a run starts; only the last group of all may be short.
  private int packedEnd(int from, int to) {
    int at = from + GROUP;
    while (at < to && runEnd(at, Math.min(at + GROUP, to)) - at < GROUP) {
      at += GROUP;
    }
    return Math.min(at, to);
  }

  private void repeat(int number, int count) {
    header((long) count << 1);
    for (int bits = 0; bits < width; bits += Byte.SIZE) {
      bytes[size++] = (byte) (number >>> bits);
    }
  }

  private void pack(int from, int to) {
    int groups = (to - from + GROUP - 1) / GROUP;
    header((long) groups << 1 | 1);
    int end = size + groups * width;
    long bits = 0;
    int filled = 0;
    for (int i = from; i < to; i++) {
      bits |= Integer.toUnsignedLong(numbers[i]) << filled;
      filled += width;
      while (filled >= Byte.SIZE) {
        bytes[size++] = (byte) bits;
        bits >>>= Byte.SIZE;
        filled -= Byte.SIZE;
      }
    }
    bytes[size] = (byte) bits;
    Arrays.fill(bytes, Math.min(size + 1, end), end, (byte) 0);
    size = end;
  }

  /// A number in as many groups of seven bits as it needs, the lowest first.
  private void header(long number) {
    long rest = number;
    while (rest > 0x7f) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }
}
