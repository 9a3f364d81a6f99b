package io.cromford.core;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// The bytes of a row, little-endian: the nulls as one word, then a word per column, then the
/// texts.
///
/// A text's word is its length in UTF-8 bytes; the texts follow the words in column order. Two rows
/// are equal if and only if their bytes are, so a hash of the bytes stands for the row.
public final class RowCodec {
  private final Schema schema;
  private final boolean hasText;

  /// A codec for rows of this schema.
  public RowCodec(Schema schema) {
    this.schema = schema;
    this.hasText =
        schema.columns().stream().anyMatch(c -> c.type().kind() == ColumnType.Kind.VARCHAR);
  }

  /// Encodes a row.
  ///
  /// @return a new little-endian buffer, ready to be read
  public ByteBuffer encode(Row row) {
    byte[][] texts = hasText ? texts(row) : new byte[0][];
    int size = 8 + 8 * schema.size();
    for (byte[] text : texts) {
      size += text.length;
    }
    ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(row.nulls());
    for (int i = 0; i < schema.size(); i++) {
      bytes.putLong(hasText && isText(i) ? texts[i].length : row.slot(i));
    }
    for (byte[] text : texts) {
      bytes.put(text);
    }
    return bytes.flip();
  }

  /// Decodes a row from a buffer's position on, and moves the position behind it.
  ///
  /// @throws IllegalArgumentException if the bytes are too short for the schema
  public void decode(ByteBuffer bytes, Row row) {
    ByteBuffer in = bytes.order(ByteOrder.LITTLE_ENDIAN);
    int start = in.position();
    if (in.remaining() < 8 + 8 * schema.size()) {
      throw new IllegalArgumentException(
          "%d bytes are too few for %s".formatted(in.remaining(), schema.names()));
    }
    long nulls = in.getLong(start);
    int textAt = start + 8 + 8 * schema.size();
    for (int i = 0; i < schema.size(); i++) {
      long word = in.getLong(start + 8 + 8 * i);
      if (hasText && isText(i)) {
        textAt = decodeText(in, row, i, textAt, nulls, word);
      } else if ((nulls >>> i & 1) != 0) {
        row.setNull(i);
      } else {
        row.setSlot(i, word);
      }
    }
    in.position(textAt);
  }

  private static int decodeText(
      ByteBuffer in, Row row, int column, int at, long nulls, long length) {
    if ((nulls >>> column & 1) != 0) {
      row.setNull(column);
      return at;
    }
    if (length < 0 || length > in.limit() - at) {
      throw new IllegalArgumentException("a text of %d bytes is cut off".formatted(length));
    }
    byte[] text = new byte[(int) length];
    in.get(at, text);
    row.setText(column, new String(text, StandardCharsets.UTF_8));
    return at + text.length;
  }

  private byte[][] texts(Row row) {
    byte[][] texts = new byte[schema.size()][];
    for (int i = 0; i < texts.length; i++) {
      String text = row.text(i);
      texts[i] = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
    }
    return texts;
  }

  private boolean isText(int column) {
    return schema.column(column).type().kind() == ColumnType.Kind.VARCHAR;
  }
}
