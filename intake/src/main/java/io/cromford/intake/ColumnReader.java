package io.cromford.intake;

import io.cromford.core.Column;
import io.cromford.core.ColumnType;
import io.cromford.core.Row;
import io.cromford.intake.ContractResult.Refused;
import io.cromford.intake.RawRecord.Kind;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Turns the raw value of one column into a slot of a row: cleans it, parses it, or says why not.
final class ColumnReader {
  private final int index;
  private final Column column;
  private final NumberParser numbers = new NumberParser();
  private final TimestampParser times;
  private final @Nullable TimestampPattern pattern;

  private final boolean trim;
  private final boolean round;
  private final Map<String, String> mapped;
  private final byte @Nullable [] fallback;
  private final @Nullable BigDecimal factor;

  ColumnReader(
      int index,
      Column column,
      List<Cleaning> clean,
      ZoneId zone,
      @Nullable TimestampPattern pattern) {
    this.index = index;
    this.column = column;
    this.times = new TimestampParser(zone);
    this.pattern = pattern;
    boolean trims = false;
    boolean rounds = false;
    Map<String, String> values = Map.of();
    byte[] standIn = null;
    BigDecimal unit = null;
    for (Cleaning cleaning : clean) {
      switch (cleaning) {
        case Cleaning.Trim() -> trims = true;
        case Cleaning.Round() -> rounds = true;
        case Cleaning.MapValues(var map) -> values = map;
        case Cleaning.Default(var value) -> standIn = value.getBytes(StandardCharsets.UTF_8);
        case Cleaning.Unit(var by) -> unit = by;
      }
    }
    this.trim = trims;
    this.round = rounds;
    this.mapped = values;
    this.fallback = standIn;
    this.factor = unit;
  }

  /// Fills the column of a row.
  ///
  /// @return null if the value holds
  @Nullable Refused read(RawRecord raw, Row row) {
    if (!raw.hasText(index)) {
      return missing(raw, row);
    }
    byte[] bytes = raw.bytes();
    int from = raw.from(index);
    int to = raw.to(index);
    if (trim) {
      while (from < to && isSpace(bytes[from])) {
        from++;
      }
      while (from < to && isSpace(bytes[to - 1])) {
        to--;
      }
    }
    if (!mapped.isEmpty()) {
      return readMapped(raw, row, RawRecord.decode(bytes, from, to));
    }
    if (from == to && column.type().kind() != ColumnType.Kind.VARCHAR) {
      return missing(raw, row);
    }
    return parse(raw, row, raw.kind(index), bytes, from, to);
  }

  private @Nullable Refused readMapped(RawRecord raw, Row row, String found) {
    String text = mapped.getOrDefault(found, found);
    if (text.isEmpty() && column.type().kind() != ColumnType.Kind.VARCHAR) {
      return missing(raw, row);
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Kind kind = mapped.containsKey(found) ? Kind.TEXT : raw.kind(index);
    return parse(raw, row, kind, bytes, 0, bytes.length);
  }

  private @Nullable Refused missing(RawRecord raw, Row row) {
    if (fallback != null) {
      return parse(raw, row, Kind.TEXT, fallback, 0, fallback.length);
    }
    if (column.nullable()) {
      row.setNull(index);
      return null;
    }
    String problem =
        raw.kind(index) == Kind.ABSENT
            ? "the field `%s` is missing".formatted(name())
            : "`%s` has no value".formatted(name());
    return Contract.refuse(
        BrokenRule.NOT_NULL,
        name(),
        "",
        "%s.\nMaybe declare it nullable, or a default: `clean: {%s: {default: …}}`."
            .formatted(problem, name()));
  }

  private @Nullable Refused parse(
      RawRecord raw, Row row, Kind kind, byte[] bytes, int from, int to) {
    if (!suits(kind)) {
      return refuse(raw, BrokenRule.TYPE, wrongKind(kind));
    }
    if (column.type().kind() == ColumnType.Kind.VARCHAR) {
      return readText(raw, row, bytes, from, to);
    }
    Verdict verdict =
        factor == null ? value(bytes, from, to) : scaledValue(bytes, from, to, factor);
    if (verdict == Verdict.OK) {
      row.setSlot(index, slot());
      return null;
    }
    return refused(raw, verdict, bytes, from, to);
  }

  private boolean suits(Kind kind) {
    return switch (kind) {
      case TEXT -> true;
      case NUMBER ->
          switch (column.type().kind()) {
            case BIGINT, DOUBLE, DECIMAL, BOOLEAN -> true;
            case TIMESTAMP -> pattern != null;
            case VARCHAR -> false;
          };
      case BOOLEAN -> column.type().kind() == ColumnType.Kind.BOOLEAN;
      case NESTED, ABSENT, NULL -> false;
    };
  }

  private @Nullable Refused readText(RawRecord raw, Row row, byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] < 0) {
        return readUnicode(raw, row, bytes, from, to);
      }
    }
    row.setText(index, new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
    return null;
  }

  private @Nullable Refused readUnicode(RawRecord raw, Row row, byte[] bytes, int from, int to) {
    String text = RawRecord.decodeStrictly(bytes, from, to);
    if (text == null) {
      return refuse(
          raw,
          BrokenRule.ENCODING,
          "`%s` is not UTF-8.\nMaybe the file is in another encoding: convert it with iconv."
              .formatted(column.name()));
    }
    row.setText(index, text);
    return null;
  }

  private Verdict value(byte[] bytes, int from, int to) {
    ColumnType type = column.type();
    return switch (type.kind()) {
      case BIGINT -> numbers.bigint(bytes, from, to, round);
      case DECIMAL -> numbers.decimal(bytes, from, to, type.precision(), type.scale(), round);
      case DOUBLE -> numbers.real(bytes, from, to);
      case BOOLEAN -> truth(bytes, from, to) < 0 ? Verdict.NOT_OF_TYPE : Verdict.OK;
      case TIMESTAMP -> time(bytes, from, to);
      case VARCHAR -> Verdict.OK;
    };
  }

  private long slotValue;

  private long slot() {
    return switch (column.type().kind()) {
      case BIGINT, DECIMAL -> numbers.value();
      case DOUBLE -> Double.doubleToRawLongBits(numbers.realValue());
      case BOOLEAN, TIMESTAMP -> slotValue;
      case VARCHAR -> 0;
    };
  }

  private Verdict time(byte[] bytes, int from, int to) {
    Verdict verdict = times.parse(bytes, from, to, round);
    slotValue = times.value();
    if (verdict != Verdict.NOT_OF_TYPE || pattern == null) {
      return verdict;
    }
    OptionalLong millis = pattern.parse(RawRecord.decode(bytes, from, to));
    slotValue = millis.orElse(0);
    return millis.isPresent() ? Verdict.OK : Verdict.NOT_OF_TYPE;
  }

  /// 1, 0, or -1 for what is neither.
  private int truth(byte[] bytes, int from, int to) {
    int truth =
        switch (to - from) {
          case 1 -> bytes[from] == '1' ? 1 : bytes[from] == '0' ? 0 : -1;
          case 4 -> is(bytes, from, "true") ? 1 : -1;
          case 5 -> is(bytes, from, "false") ? 0 : -1;
          default -> -1;
        };
    slotValue = Math.max(truth, 0);
    return truth;
  }

  /// Whether the bytes are a lower-case word, in any case.
  private static boolean is(byte[] bytes, int from, String word) {
    for (int i = 0; i < word.length(); i++) {
      if ((bytes[from + i] | 0x20) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private Verdict scaledValue(byte[] bytes, int from, int to, BigDecimal by) {
    Verdict verdict = numbers.real(bytes, from, to);
    if (verdict != Verdict.OK) {
      return verdict;
    }
    String text = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    BigDecimal product = new BigDecimal(text).multiply(by);
    byte[] scaled = product.toString().getBytes(StandardCharsets.ISO_8859_1);
    return value(scaled, 0, scaled.length);
  }

  private Refused refused(RawRecord raw, Verdict verdict, byte[] bytes, int from, int to) {
    return switch (verdict) {
      case NOT_OF_TYPE -> refuse(raw, BrokenRule.TYPE, notOfType(bytes, from, to));
      case TOO_LARGE ->
          refuse(raw, BrokenRule.RANGE, "`%s` is too large for a %s".formatted(name(), type()));
      case TOO_FINE ->
          refuse(
              raw,
              BrokenRule.SCALE,
              "`%s` is finer than a %s.\nMaybe declare `clean: {%s: round}`."
                  .formatted(name(), type(), name()));
      case SKIPPED_TIME ->
          refuse(
              raw,
              BrokenRule.TYPE,
              "`%s` is a time that its zone skips when the clocks go forward.\n".formatted(name())
                  + "Maybe the times are in another zone.");
      case OK -> throw new IllegalStateException("a value that holds is not refused");
    };
  }

  private String notOfType(byte[] bytes, int from, int to) {
    String message = "`%s` is not a %s".formatted(name(), type());
    boolean spaced = to > from && (isSpace(bytes[from]) || isSpace(bytes[to - 1]));
    if (spaced) {
      return message
          + ": it has white space.\nMaybe declare `clean: {%s: trim}`.".formatted(name());
    }
    return message
        + switch (column.type().kind()) {
          case TIMESTAMP ->
              (".\nMaybe declare its form, `timestamps: {%s: dd/MM/yyyy HH:mm:ss}`, "
                      + "or write 2018-04-01T00:00:31.")
                  .formatted(name());
          case BOOLEAN -> ".\nMaybe map its values to true and false.";
          case DOUBLE -> ".\nMaybe leave a value empty that is not known; NaN is no number.";
          case BIGINT, DECIMAL, VARCHAR -> "";
        };
  }

  private String wrongKind(Kind kind) {
    String found =
        switch (kind) {
          case NUMBER -> "a JSON number";
          case BOOLEAN -> "a JSON boolean";
          case NESTED -> "a JSON object or array";
          case TEXT, NULL, ABSENT -> "text";
        };
    return "`%s` is a %s, not %s".formatted(name(), type(), found);
  }

  private Refused refuse(RawRecord raw, BrokenRule rule, String message) {
    int to = Math.min(raw.to(index), raw.from(index) + 4 * Refused.MAX_VALUE);
    String value = raw.hasText(index) ? RawRecord.decode(raw.bytes(), raw.from(index), to) : "";
    return Contract.refuse(rule, name(), value, message);
  }

  private String name() {
    return column.name();
  }

  private String type() {
    return column.type().toString();
  }

  /// A value of at most [Refused#MAX_VALUE] characters, without control characters.
  static String shortened(String value) {
    StringBuilder text = new StringBuilder();
    int end = value.length() > Refused.MAX_VALUE ? Refused.MAX_VALUE - 1 : value.length();
    for (int i = 0; i < end; i++) {
      char c = value.charAt(i);
      text.append(Character.isISOControl(c) ? '\uFFFD' : c);
    }
    return end < value.length() ? text.append('…').toString() : text.toString();
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || (b >= '\t' && b <= '\r');
  }
}
