package io.cromford.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportCommandTest {
  private static final String SUMS =
      """
      SELECT count(*), sum(e.amount), sum(d.score), sum(f.terminal_count_30d),
             count(*) FILTER (WHERE o.fraud), max(d.reasons), max(d.arrival), sum(d.position)
      FROM %s e JOIN %s d USING (tx_id) JOIN %s f USING (tx_id) LEFT JOIN %s o USING (tx_id)
      """;

  @TempDir private Path folder;

  private static String row(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      StringBuilder text = new StringBuilder();
      for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
        text.append(CellText.of(rows, i)).append(',');
      }
      return text.toString();
    }
  }

  private static String file(Path out, String table, String form) {
    return "'" + out.resolve(table + "." + form) + "'";
  }

  @Test
  void writesWhatSqlAnswersFrom() throws Exception {
    SmallFactory factory = SmallFactory.in(folder);
    assertThat(factory.runToTheEnd().exit()).isZero();
    String expected =
        factory
            .run(
                "sql",
                SUMS.formatted("events", "decisions", "features", "outcomes"),
                "--format",
                "csv")
            .out()
            .lines()
            .skip(1)
            .findFirst()
            .orElseThrow();
    for (String form : List.of("parquet", "csv")) {
      Path out = folder.resolve(form);
      Ran ran = factory.run("export", "--out", out, "--format", form);
      assertThat(ran.exit()).as(ran.err()).isZero();
      assertThat(ran.out()).containsPattern("up to position \\d+ of the ledger, 2018-05-2");
      String found =
          row(
              SUMS.formatted(
                  file(out, "events", form),
                  file(out, "decisions", form),
                  file(out, "features", form),
                  file(out, "outcomes", form)));
      String[] values = found.replace("\"", "").split(",", 2);
      assertThat(values[0]).isEqualTo(expected.split(",")[0]);
      if (form.equals("parquet")) {
        assertThat(found.replace(",", "")).isEqualTo(expected.replaceAll("[\",]", ""));
      }
    }
    try (var files = Files.list(folder.resolve("csv"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("events.csv", "outcomes.csv", "decisions.csv", "features.csv");
    }
    Ran again = factory.run("export", "--out", folder.resolve("csv"), "--format", "csv");
    assertThat(again.exit()).isEqualTo(5);
    assertThat(again.err()).contains("is there already.\nMaybe name an empty folder");
  }

  @Test
  void saysThatItCannotWrite() throws Exception {
    SmallFactory factory = SmallFactory.in(folder);
    assertThat(factory.run("export", "--out", folder.resolve("x")).exit()).isEqualTo(3);
    assertThat(folder.resolve("x")).doesNotExist();
    factory.run("build", "--data", factory.data());
    Path noFolder = Files.writeString(folder.resolve("file"), "");
    Ran ran = factory.run("export", "--out", noFolder);
    assertThat(ran.exit()).isEqualTo(7);
    assertThat(ran.err()).contains("cannot be written", "Maybe name a folder that is yours");
  }
}
