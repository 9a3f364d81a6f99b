package io.cromford.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Bad rows of a file fare alike before go-live and after it, when they come through the endpoint.
class BadRowsTest {
  @TempDir private Path folder;

  private SmallFactory factory = new SmallFactory(Path.of("."), Path.of("."));

  @BeforeEach
  void make() throws IOException {
    factory = SmallFactory.in(folder);
  }

  @Test
  void quarantinesARowUnderTheSameRuleBeforeGoLiveAndAfter() throws IOException {
    List<String> lines = Files.readAllLines(factory.data());
    ByteArrayOutputStream soiled = new ByteArrayOutputStream();
    for (int i = 0; i < lines.size(); i++) {
      write(soiled, lines.get(i));
      if (i == 500 || i == lines.size() - 500) {
        List<String> columns = List.of(lines.getFirst().split(","));
        bad(columns, lines.get(i)).forEach(bad -> write(soiled, bad));
        soiled.writeBytes(
            with(columns, lines.get(i), "TX_DATETIME", "\u00C3(")
                .getBytes(StandardCharsets.ISO_8859_1));
        write(soiled, "");
      }
    }
    Files.write(factory.data(), soiled.toByteArray());
    StringBuilder log = new StringBuilder();
    Ran run = logging(log, factory::runToTheEnd);
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(log + run.err() + run.out())
        .doesNotContain("4970-1234", "seven euros", "surplus", "04/31/2018", "1e400", "99999");
    assertThat(rulesOfPayments())
        .isEqualTo(
            Map.of(
                "amount-not-negative", 2,
                "before-1970", 2,
                "max-ahead", 2,
                "max-late", 2,
                "quote", 2,
                "ragged-row", 4,
                "range", 2,
                "row-too-long", 2,
                "type", 8));
  }

  /// Runs something and keeps what is logged meanwhile, as a file of the log would have it.
  private static Ran logging(StringBuilder log, Supplier<Ran> work) {
    Logger root = Logger.getLogger("");
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord record) {
            log.append(new SimpleFormatter().format(record));
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    root.addHandler(handler);
    try {
      return work.get();
    } finally {
      root.removeHandler(handler);
    }
  }

  private static List<String> bad(List<String> columns, String line) {
    return List.of(
        with(columns, line, "TX_AMOUNT", "1e400"),
        with(columns, line, "TX_AMOUNT", "seven euros"),
        with(columns, line, "TX_AMOUNT", "NaN"),
        with(columns, line, "TX_AMOUNT", "-7.00"),
        with(columns, line, "TX_AMOUNT", "\"7.00\"x"),
        with(columns, line, "TX_DATETIME", "04/31/2018"),
        with(columns, line, "TX_DATETIME", "2099-01-01 00:00:00"),
        with(columns, line, "TX_DATETIME", "1969-01-01 00:00:00"),
        with(columns, line, "TX_DATETIME", "2001-01-01 00:00:00"),
        line + ",surplus",
        line.substring(0, line.lastIndexOf(',')),
        with(columns, line, "TRANSACTION_ID", "4970-1234") + "9".repeat(10_000_000));
  }

  private static String with(List<String> columns, String line, String column, String value) {
    String[] fields = line.split(",");
    fields[columns.indexOf(column)] = value;
    return String.join(",", fields);
  }

  private Map<String, Integer> rulesOfPayments() {
    Ran sql =
        factory.run(
            "sql",
            "SELECT rule, count(*) FROM quarantine WHERE source = 'payments' GROUP BY rule",
            "--format",
            "csv");
    assertThat(sql.exit()).as(sql.err()).isZero();
    return sql.out()
        .lines()
        .skip(1)
        .map(line -> line.split(","))
        .collect(
            Collectors.toMap(
                f -> f[0].toLowerCase(Locale.ROOT),
                f -> Integer.parseInt(f[1]),
                (a, _) -> a,
                TreeMap::new));
  }

  private static void write(ByteArrayOutputStream out, String line) {
    out.writeBytes((line + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
