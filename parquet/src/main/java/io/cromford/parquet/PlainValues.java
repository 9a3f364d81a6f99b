package io.cromford.parquet;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.bytes.BytesInput;
import org.jspecify.annotations.Nullable;

/// Values in Parquet's plain encoding.
final class PlainValues {
  private PlainValues() {}

  /// Encodes slots of a column.
  ///
  /// @param slots the column's, or those of its dictionary
  static BytesInput of(ColumnBuffer column, long[] slots, int count) {
    TextPool texts = column.texts();
    return BytesInput.from(
        switch (column.column().type().kind()) {
          case BIGINT, DOUBLE, DECIMAL, TIMESTAMP -> words(slots, count);
          case BOOLEAN -> bits(slots, count);
          case VARCHAR -> texts(texts, slots, count);
        });
  }

  private static byte[] words(long[] slots, int count) {
    byte[] bytes = new byte[count * Long.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().put(slots, 0, count);
    return bytes;
  }

  private static byte[] bits(long[] slots, int count) {
    byte[] bytes = new byte[(count + 7) / 8];
    for (int i = 0; i < count; i++) {
      bytes[i >> 3] |= (byte) (slots[i] << (i & 7));
    }
    return bytes;
  }

  private static byte[] texts(@Nullable TextPool texts, long[] numbers, int count) {
    if (texts == null) {
      throw new IllegalArgumentException("the column has no texts");
    }
    int size = 0;
    for (int i = 0; i < count; i++) {
      size += Integer.BYTES + texts.text((int) numbers[i]).length;
    }
    ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      byte[] text = texts.text((int) numbers[i]);
      bytes.putInt(text.length).put(text);
    }
    return bytes.array();
  }
}
