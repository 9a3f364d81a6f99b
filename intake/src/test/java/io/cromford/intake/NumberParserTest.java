package io.cromford.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.cromford.core.Cases;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NumberParserTest {
  private final NumberParser parser = new NumberParser();

  @Test
  void roundsTheNoiseOfABinaryFraction() {
    assertThat(decimal("85.64999999999999", 10, 2, true)).isEqualTo(Verdict.OK);
    assertThat(parser.value()).isEqualTo(8565);
    assertThat(decimal("85.649999999999991", 10, 2, true)).isEqualTo(Verdict.OK);
    assertThat(parser.value()).isEqualTo(8565);
    assertThat(decimal("85.64499999999999999999999999999", 10, 2, true)).isEqualTo(Verdict.OK);
    assertThat(parser.value()).isEqualTo(8564);
    assertThat(decimal("-0.005", 10, 2, true)).isEqualTo(Verdict.OK);
    assertThat(parser.value()).isEqualTo(-1);
  }

  @Test
  void refusesWhatIsFinerWithoutRounding() {
    assertThat(decimal("85.64999999999999", 10, 2, false)).isEqualTo(Verdict.TOO_FINE);
    assertThat(decimal("1e-400", 10, 2, false)).isEqualTo(Verdict.TOO_FINE);
    assertThat(decimal("85.6500000", 10, 2, false)).isEqualTo(Verdict.OK);
    assertThat(parser.value()).isEqualTo(8565);
  }

  @Test
  void refusesWhatIsTooLarge() {
    assertThat(decimal("1e400", 10, 2, true)).isEqualTo(Verdict.TOO_LARGE);
    assertThat(decimal("1e999999999999999", 10, 2, true)).isEqualTo(Verdict.TOO_LARGE);
    assertThat(decimal("100000000", 10, 2, true)).isEqualTo(Verdict.TOO_LARGE);
    assertThat(decimal("99999999.995", 10, 2, true)).isEqualTo(Verdict.TOO_LARGE);
    assertThat(decimal("99999999.99", 10, 2, true)).isEqualTo(Verdict.OK);
    assertThat(decimal("0e999999999999999", 10, 2, true)).isEqualTo(Verdict.OK);
  }

  @Test
  void refusesWhatIsNoNumber() {
    for (String text : new String[] {"", "-", ".", "e5", "1e", "1e+", "NaN", "Infinity", "0x10"}) {
      assertThat(decimal(text, 10, 2, true)).as(text).isEqualTo(Verdict.NOT_OF_TYPE);
      assertThat(real(text)).as(text).isEqualTo(Verdict.NOT_OF_TYPE);
    }
    for (String text : new String[] {"1,5", "1_000", " 1", "1 ", "1d", "1.2.3", "--1", "٣"}) {
      assertThat(decimal(text, 10, 2, true)).as(text).isEqualTo(Verdict.NOT_OF_TYPE);
      assertThat(real(text)).as(text).isEqualTo(Verdict.NOT_OF_TYPE);
    }
  }

  @Test
  void takesTheWholeRangeOfABigint() {
    assertThat(bigint("-9223372036854775808", false)).isEqualTo(Verdict.OK);
    assertThat(parser.value()).isEqualTo(Long.MIN_VALUE);
    assertThat(bigint("9223372036854775807", false)).isEqualTo(Verdict.OK);
    assertThat(parser.value()).isEqualTo(Long.MAX_VALUE);
    assertThat(bigint("9223372036854775808", false)).isEqualTo(Verdict.TOO_LARGE);
    assertThat(bigint("9223372036854775807.5", true)).isEqualTo(Verdict.TOO_LARGE);
    assertThat(bigint("18446744073709551616", false)).isEqualTo(Verdict.TOO_LARGE);
    assertThat(bigint("12.0", false)).isEqualTo(Verdict.OK);
    assertThat(bigint("12.5", false)).isEqualTo(Verdict.TOO_FINE);
  }

  @Test
  void refusesDoublesThatAreInfinite() {
    assertThat(real("1e400")).isEqualTo(Verdict.TOO_LARGE);
    assertThat(real("-1e400")).isEqualTo(Verdict.TOO_LARGE);
    assertThat(real("1e-400")).isEqualTo(Verdict.OK);
    assertThat(parser.realValue()).isZero();
  }

  @Test
  void agreesWithBigDecimalOnAnyText() {
    Cases.check(
        60_000,
        random -> {
          String text = randomText(random);
          int precision = random.nextInt(1, 19);
          int scale = random.nextInt(0, precision + 1);
          boolean round = random.nextBoolean();
          assertThat(decimal(text, precision, scale, round))
              .as(text)
              .isEqualTo(expected(text, scale, BigInteger.TEN.pow(precision), round));
          assertThat(bigint(text, round)).as(text).isEqualTo(expectedBigint(text, round));
        });
  }

  @Test
  void agreesWithTheJdkOnDoubles() {
    Cases.check(
        60_000,
        random -> {
          String text =
              random.nextBoolean()
                  ? Double.toString(Double.longBitsToDouble(random.nextLong()))
                  : randomText(random);
          Verdict verdict = real(text);
          BigDecimal exact = bigDecimal(text);
          if (exact == null) {
            assertThat(verdict).as(text).isEqualTo(Verdict.NOT_OF_TYPE);
          } else if (Double.isInfinite(Double.parseDouble(text))) {
            assertThat(verdict).as(text).isEqualTo(Verdict.TOO_LARGE);
          } else {
            assertThat(verdict).as(text).isEqualTo(Verdict.OK);
            assertThat(Double.doubleToRawLongBits(parser.realValue()))
                .as(text)
                .isEqualTo(Double.doubleToRawLongBits(Double.parseDouble(text)));
          }
        });
  }

  private Verdict expectedBigint(String text, boolean round) {
    BigDecimal number = bigDecimal(text);
    if (number == null) {
      return Verdict.NOT_OF_TYPE;
    }
    BigInteger whole = number.setScale(0, RoundingMode.DOWN).toBigInteger();
    BigInteger rounded = number.setScale(0, RoundingMode.HALF_UP).toBigInteger();
    boolean fine = number.stripTrailingZeros().scale() > 0;
    boolean tooLarge = (fine && !round ? whole : rounded).bitLength() > 63;
    if (tooLarge || (fine && !round)) {
      return tooLarge ? Verdict.TOO_LARGE : Verdict.TOO_FINE;
    }
    assertThat(parser.value()).as(text).isEqualTo(rounded.longValueExact());
    return Verdict.OK;
  }

  private Verdict expected(String text, int scale, BigInteger limit, boolean round) {
    BigDecimal number = bigDecimal(text);
    if (number == null) {
      return Verdict.NOT_OF_TYPE;
    }
    BigInteger cut = number.setScale(scale, RoundingMode.DOWN).unscaledValue().abs();
    BigDecimal rounded = number.setScale(scale, RoundingMode.HALF_UP);
    boolean fine = rounded.compareTo(number) != 0;
    if (fine && !round) {
      return cut.compareTo(limit) >= 0 ? Verdict.TOO_LARGE : Verdict.TOO_FINE;
    }
    if (rounded.unscaledValue().abs().compareTo(limit) >= 0) {
      return Verdict.TOO_LARGE;
    }
    assertThat(parser.value()).as(text).isEqualTo(rounded.unscaledValue().longValueExact());
    return Verdict.OK;
  }

  private static BigDecimal bigDecimal(String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException _) {
      return null;
    }
  }

  /// Mostly numbers, some nearly so, some garbage.
  private static String randomText(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    text.append(random.nextInt(4) == 0 ? "-" : random.nextInt(8) == 0 ? "+" : "");
    append(text, random, random.nextInt(14));
    if (random.nextInt(3) > 0) {
      text.append('.');
      append(text, random, random.nextInt(random.nextBoolean() ? 4 : 24));
    }
    if (random.nextInt(5) == 0) {
      text.append(random.nextBoolean() ? 'e' : 'E').append(random.nextInt(-30, 31));
    }
    if (random.nextInt(10) == 0) {
      int at = random.nextInt(text.length() + 1);
      text.insert(at, ".+-x ,_0".charAt(random.nextInt(8)));
    }
    return text.toString();
  }

  private static void append(StringBuilder text, SplittableRandom random, int digits) {
    String alphabet = random.nextInt(4) == 0 ? "0" : random.nextInt(4) == 0 ? "9" : "0123456789";
    for (int i = 0; i < digits; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
  }

  private Verdict decimal(String text, int precision, int scale, boolean round) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return parser.decimal(bytes, 0, bytes.length, precision, scale, round);
  }

  private Verdict bigint(String text, boolean round) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return parser.bigint(bytes, 0, bytes.length, round);
  }

  private Verdict real(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return parser.real(bytes, 0, bytes.length);
  }
}
