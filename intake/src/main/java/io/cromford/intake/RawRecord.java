package io.cromford.intake;

import io.cromford.core.Schema;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A record as it was read, before its contract: one raw value per column of the schema, as UTF-8.
///
/// A mutable buffer, made to be filled again and again: after [#clear] a reader sets the columns it
/// finds. What does not fit the schema (fields that it does not know, the defect of a row) is kept
/// beside the columns, so that quarantine holds the record whole. A record belongs to one thread.
public final class RawRecord {
  /// The most bytes of a record that can be accepted; a larger one is refused.
  public static final int MAX_BYTES = 1 << 20;

  /// The most bytes of a refused record that are kept; what is beyond is cut off, which the message
  /// says.
  public static final int MAX_KEPT_BYTES = 1 << 24;

  /// What a raw value is.
  public enum Kind {
    /// The record has no such field.
    ABSENT,
    /// JSON's null, or an empty CSV field without quotes.
    NULL,
    /// A text: every CSV field, a string of JSON.
    TEXT,
    /// A number of JSON.
    NUMBER,
    /// `true` or `false` of JSON.
    BOOLEAN,
    /// An object or array of JSON, as its text.
    NESTED
  }

  /// A field that the schema has no column for.
  ///
  /// @param name the field's name, or `field 7` in a CSV row with too many
  /// @param value its text
  public record Extra(String name, String value) {}

  /// Why the record cannot be held against its contract at all.
  ///
  /// @param rule which of the built-in rules it breaks
  /// @param column the field it is about, may be empty
  /// @param message what is wrong, without the value, and advice on a new line
  public record Defect(BrokenRule rule, String column, String message) {}

  /// A larger buffer is given up when it is cleared.
  private static final int USUAL_BYTES = 1 << 14;

  private final Schema schema;
  private final Kind[] kinds;
  private final int[] from;
  private final int[] to;
  private final List<Extra> extras = new ArrayList<>(0);
  private byte[] bytes = new byte[32];
  private int used;
  private @Nullable Defect defect;
  private long row;
  private long line;

  /// A record without values.
  public RawRecord(Schema schema) {
    this.schema = schema;
    this.kinds = new Kind[schema.size()];
    this.from = new int[schema.size()];
    this.to = new int[schema.size()];
    clear();
  }

  /// Takes away all values.
  public void clear() {
    Arrays.fill(kinds, Kind.ABSENT);
    used = 0;
    defect = null;
    extras.clear();
    if (bytes.length > USUAL_BYTES) {
      bytes = new byte[32];
    }
  }

  /// The columns.
  public Schema schema() {
    return schema;
  }

  /// What the value of a column is.
  public Kind kind(int column) {
    return kinds[column];
  }

  /// The value of a column as text.
  ///
  /// Bytes that are not UTF-8 are read as ISO 8859-1, so that nothing of them is lost.
  ///
  /// @return null if it is absent or null
  public @Nullable String text(int column) {
    return hasText(column) ? decode(bytes, from[column], to[column]) : null;
  }

  /// The fields that the schema has no column for.
  public List<Extra> extras() {
    return List.copyOf(extras);
  }

  /// Why the record cannot be held against its contract at all; null if it can.
  public @Nullable Defect defect() {
    return defect;
  }

  /// The number of the row in its file, from 0; 0 if it is from no file.
  public long row() {
    return row;
  }

  /// The line at which it starts, from 1; the row's number from 1 in files that have no lines; 0 if
  /// it is from no file.
  public long line() {
    return line;
  }

  /// Sets a column to a text.
  public void setText(int column, String text) {
    set(column, Kind.TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  /// Sets a column to a text, a number or a boolean in UTF-8.
  public void set(int column, Kind kind, byte[] value) {
    set(column, kind, value, 0, value.length);
  }

  /// Sets a column to a part of an array.
  public void set(int column, Kind kind, byte[] source, int start, int end) {
    int length = end - start;
    ensure(length);
    System.arraycopy(source, start, bytes, used, length);
    kinds[column] = kind;
    from[column] = used;
    used += length;
    to[column] = used;
  }

  /// Sets a column to a text, or to its beginning if the record would hold more than is kept of
  /// one.
  ///
  /// @return whether the text is whole
  boolean setBounded(int column, byte[] source, int start, int end) {
    int length = Math.min(end - start, MAX_KEPT_BYTES - used);
    set(column, Kind.TEXT, source, start, start + length);
    return length == end - start;
  }

  /// Takes over the bytes of a whole record, in which [#setPart] has said where the columns are.
  void setWhole(byte[] source, int start, int end) {
    used = 0;
    ensure(end - start);
    used = end - start;
    System.arraycopy(source, start, bytes, 0, used);
  }

  /// Says where a column's text is in the bytes that [#setWhole] will take over; one without bytes
  /// is null.
  void setPart(int column, int start, int end) {
    kinds[column] = start == end ? Kind.NULL : Kind.TEXT;
    from[column] = start;
    to[column] = end;
  }

  /// Sets a column to null.
  public void setNull(int column) {
    kinds[column] = Kind.NULL;
  }

  /// Adds a field that the schema has no column for.
  public void addExtra(String name, String value) {
    extras.add(new Extra(name, value));
  }

  /// Says why the record cannot be held against its contract; the first defect stays.
  public void setDefect(BrokenRule rule, String column, String message) {
    if (defect == null) {
      defect = new Defect(rule, column, message);
    }
  }

  /// Says where the record stood.
  ///
  /// @param row its number in the file, from 0
  /// @param line the line at which it starts, from 1
  public void setPlace(long row, long line) {
    this.row = row;
    this.line = line;
  }

  /// Takes over everything from a record of the same schema.
  public void copyFrom(RawRecord other) {
    clear();
    System.arraycopy(other.kinds, 0, kinds, 0, kinds.length);
    System.arraycopy(other.from, 0, from, 0, from.length);
    System.arraycopy(other.to, 0, to, 0, to.length);
    bytes = Arrays.copyOf(other.bytes, Math.max(32, other.used));
    used = other.used;
    defect = other.defect;
    extras.addAll(other.extras);
    setPlace(other.row, other.line);
  }

  /// The record as one JSON object: what quarantine keeps. [RecordJson#read] is its inverse.
  public String toJson() {
    return RecordJson.write(this);
  }

  /// The kinds of the columns, never the values: records hold personal data.
  @Override
  public String toString() {
    return "RawRecord" + Arrays.toString(kinds);
  }

  byte[] bytes() {
    return bytes;
  }

  int from(int column) {
    return from[column];
  }

  int to(int column) {
    return to[column];
  }

  boolean hasText(int column) {
    return kinds[column] != Kind.ABSENT && kinds[column] != Kind.NULL;
  }

  /// Decodes UTF-8, or what is none as ISO 8859-1.
  static String decode(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] < 0) {
        String text = decodeStrictly(bytes, from, to);
        return text != null
            ? text
            : new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
      }
    }
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }

  /// Decodes UTF-8.
  ///
  /// @return null if the bytes are none
  static @Nullable String decodeStrictly(byte[] bytes, int from, int to) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, from, to - from))
          .toString();
    } catch (CharacterCodingException _) {
      return null;
    }
  }

  private void ensure(int more) {
    if (bytes.length - used < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, used + more));
    }
  }
}
