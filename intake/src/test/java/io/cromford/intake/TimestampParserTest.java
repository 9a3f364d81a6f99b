package io.cromford.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.cromford.core.Cases;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TimestampParserTest {
  private static final ZoneId BRUSSELS = ZoneId.of("Europe/Brussels");

  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .appendPattern("[XXX][XX][X]")
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  @Test
  void takesTheUsualForms() {
    long expected = Instant.parse("2018-04-01T00:00:31Z").toEpochMilli();
    for (String text :
        List.of(
            "2018-04-01 00:00:31",
            "2018-04-01T00:00:31",
            "2018-04-01T00:00:31Z",
            "2018-04-01T00:00:31.000",
            "2018-04-01T00:00:31.000000+00",
            "2018-04-01T02:00:31+02:00",
            "2018-04-01T02:00:31+0200",
            "2018-03-31 19:30:31-04:30")) {
      assertThat(parse(ZoneOffset.UTC, text, false)).as(text).isEqualTo(expected);
    }
    assertThat(parse(ZoneOffset.UTC, "2018-04-01T00:00", false)).isEqualTo(expected - 31_000);
    assertThat(parse(BRUSSELS, "2018-04-01 02:00:31", false)).isEqualTo(expected);
  }

  @Test
  void refusesOtherForms() {
    for (String text :
        List.of(
            "",
            "2018-04-01",
            "01/04/2018 00:00:31",
            "2018/04/01 00:00:31",
            "20180401T000031",
            "1522540831",
            "2018-02-29 00:00:00",
            "2018-13-01 00:00:00",
            "2018-04-31 00:00:00",
            "2018-04-01 24:00:00",
            "2018-04-01 00:60:00",
            "2018-04-01 00:00:60",
            "2018-04-01 00:00:31.",
            "2018-04-01 00:00:31 UTC",
            "2018-04-01 00:00:31+19",
            "2018-04-01 00:00:3",
            "+2018-04-01 00:00:31")) {
      assertThat(verdict(ZoneOffset.UTC, text, false)).as(text).isEqualTo(Verdict.NOT_OF_TYPE);
    }
  }

  @Test
  void refusesWhatIsFinerThanAMillisecondWithoutRounding() {
    String text = "2018-04-01 00:00:31.1235";
    assertThat(verdict(ZoneOffset.UTC, text, false)).isEqualTo(Verdict.TOO_FINE);
    assertThat(parse(ZoneOffset.UTC, text, true) % 1000).isEqualTo(124);
    assertThat(parse(ZoneOffset.UTC, "2018-04-01 00:00:31.123000000", false) % 1000).isEqualTo(123);
  }

  @Test
  void refusesATimeThatTheClocksSkipAndTakesTheFirstOfTwo() {
    assertThat(verdict(BRUSSELS, "2018-03-25 02:30:00", false)).isEqualTo(Verdict.SKIPPED_TIME);
    assertThat(parse(BRUSSELS, "2018-10-28 02:30:00", false))
        .isEqualTo(Instant.parse("2018-10-28T00:30:00Z").toEpochMilli());
  }

  @Test
  void agreesWithTheJdkInAnyZone() {
    List<ZoneId> zones =
        List.of(
            ZoneOffset.UTC,
            ZoneOffset.ofHoursMinutes(5, 30),
            BRUSSELS,
            ZoneId.of("America/New_York"),
            ZoneId.of("Australia/Lord_Howe"),
            ZoneId.of("Africa/Casablanca"));
    for (ZoneId zone : zones) {
      TimestampParser parser = new TimestampParser(zone);
      Cases.check(
          20_000,
          random -> {
            long second = random.nextLong(-10_000_000_000L, 6_000_000_000L);
            second = random.nextBoolean() ? Math.floorDiv(second, 1800) * 1800 : second;
            LocalDateTime local = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
            String text = DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(local);
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            Verdict verdict = parser.parse(bytes, 0, bytes.length, false);
            List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
            if (offsets.isEmpty()) {
              assertThat(verdict).as(text).isEqualTo(Verdict.SKIPPED_TIME);
            } else {
              assertThat(verdict).as(text).isEqualTo(Verdict.OK);
              assertThat(parser.value())
                  .as(text)
                  .isEqualTo(local.toInstant(offsets.getFirst()).toEpochMilli());
            }
          });
    }
  }

  @Test
  void agreesWithTheJdkOnDamagedTexts() {
    Cases.check(
        60_000,
        random -> {
          String text = damaged(random);
          Instant expected = expected(text);
          Verdict verdict = verdict(ZoneOffset.UTC, text, false);
          if (expected == null) {
            assertThat(verdict).as(text).isEqualTo(Verdict.NOT_OF_TYPE);
          } else if (!expected.equals(expected.truncatedTo(ChronoUnit.MILLIS))) {
            assertThat(verdict).as(text).isEqualTo(Verdict.TOO_FINE);
          } else {
            assertThat(parse(ZoneOffset.UTC, text, false))
                .as(text)
                .isEqualTo(expected.toEpochMilli());
          }
        });
  }

  /// What the JDK's own ISO parser says, but for a point without digits.
  private static Instant expected(String text) {
    try {
      TemporalAccessor found = ISO.parse(text);
      LocalDateTime local = LocalDateTime.from(found);
      boolean zoned = found.isSupported(ChronoField.OFFSET_SECONDS);
      ZoneOffset offset = zoned ? ZoneOffset.from(found) : ZoneOffset.UTC;
      return text.matches(".*[.](\\D.*)?") ? null : local.toInstant(offset);
    } catch (DateTimeException _) {
      return null;
    }
  }

  private static String damaged(SplittableRandom random) {
    StringBuilder text =
        new StringBuilder(
            LocalDateTime.ofEpochSecond(random.nextInt(), 0, ZoneOffset.UTC).toString());
    text.append(random.nextInt(3) == 0 ? ".25" : "");
    text.append(random.nextInt(3) == 0 ? "+02:30" : random.nextInt(3) == 0 ? "Z" : "");
    int damages = random.nextInt(3);
    for (int i = 0; i < damages; i++) {
      int at = random.nextInt(text.length());
      if (random.nextBoolean()) {
        text.setCharAt(at, "0123456789x".charAt(random.nextInt(11)));
      } else {
        text.deleteCharAt(at);
      }
    }
    return text.toString();
  }

  private static Verdict verdict(ZoneId zone, String text, boolean round) {
    byte[] bytes = ("\"" + text + "\"").getBytes(StandardCharsets.UTF_8);
    return new TimestampParser(zone).parse(bytes, 1, bytes.length - 1, round);
  }

  private static long parse(ZoneId zone, String text, boolean round) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    TimestampParser parser = new TimestampParser(zone);
    assertThat(parser.parse(bytes, 0, bytes.length, round)).as(text).isEqualTo(Verdict.OK);
    return parser.value();
  }
}
