package io.cromford.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import io.cromford.core.Cases;
import io.cromford.core.Column;
import io.cromford.core.ColumnType;
import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.core.Row;
import io.cromford.core.Schema;
import io.cromford.intake.ContractResult.Refused;
import io.cromford.intake.SourceDefinition.Outcome;
import io.cromford.intake.SourceDefinition.Terms;
import io.cromford.intake.SourceDefinition.Timing;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What files give, good and bad. A row shows as its values, `!rule` first if it has a defect.
class ReadersTest {
  private static final Schema AB =
      Schema.of(
          new Column("a", ColumnType.VARCHAR, false), new Column("b", ColumnType.VARCHAR, false));

  @TempDir Path folder;

  @Test
  void readsRowsWithTheirLines() throws Exception {
    assertThat(csv("a,b\n1,2\n\n\"x\ny\",\"say \"\"hi\"\"\"\r\n,\"\"\n3,4"))
        .containsExactly("2: 1|2", "4: x\ny|say \"hi\"", "6: null|", "7: 3|4");
  }

  @Test
  void skipsAByteOrderMarkAndTakesAnyLineEnd() throws Exception {
    assertThat(csv("\uFEFFa,b\r\n1,2\r\n3,4\r5,6\n")).containsExactly("2: 1|2", "3: 3|4", "4: 5|6");
  }

  @Test
  void refusesRaggedRowsAndReadsOn() throws Exception {
    assertThat(csv("a,b\n1\n1,2,3,4\n5,6\n"))
        .containsExactly("2: !ragged-row 1|null", "3: !ragged-row 1|2 surplus=3,4", "4: 5|6");
    assertThat(defect("a,b\n1\n"))
        .isEqualTo(
            "the row has 1 fields, the header 2.\n"
                + "Maybe a field that holds the delimiter lacks its quotes.");
  }

  @Test
  void refusesTextBehindAClosingQuoteAndReadsOn() throws Exception {
    assertThat(csv("a,b\n\"x\"y,2\n5,6\n")).containsExactly("2: !quote xy|2", "3: 5|6");
  }

  @Test
  void stopsAtAQuoteLeftOpenAndNamesItsLine() throws Exception {
    Path file = write("open.csv", "a,b\n1,2\n3,\"4\n5,6\n7,8\n");
    List<String> rows = new ArrayList<>();
    assertUnreadable(
        () -> read(source(file.toString()), rows),
        file
            + ":3: a quote is left open; it reaches to the end of the file.\n"
            + "Maybe close it, or double the quotes inside a field.");
    assertThat(rows).containsExactly("2: 1|2");
    Path later = write("later.csv", "a,b\n3,\"4\n5,6\n7,\"8\"\n");
    assertUnreadable(
        () -> read(source(later.toString()), new ArrayList<>()),
        later
            + ":2: a quote is left open; it reaches to line 4, where text follows the next quote.\n"
            + "Maybe close it, or double the quotes inside a field.");
  }

  @Test
  void refusesARowOf10MegabytesKeepsItWholeAndReadsOn() throws Exception {
    String big = "x".repeat(10_000_000);
    Path file = write("big.csv", "a,b\n1," + big + "\n\"" + big + "\",2\n3,4\n");
    SourceDefinition source = source(file.toString());
    RawRecord raw = new RawRecord(AB);
    try (FileRows rows = new FileRows(source, source.reading(), TakenRows.NONE)) {
      rows.read(raw);
      Refused refused = new Contract(source).checkValues(raw, new Row(AB));
      assertThat(refused.rule()).isEqualTo("row-too-long");
      assertThat(refused.message())
          .isEqualTo(
              "the row has 10000003 bytes, more than 1048576.\n"
                  + "Maybe a line end or a quote is missing.");
      assertThat(raw.text(1)).isEqualTo(big);
      rows.read(raw);
      assertThat(raw.text(0)).isEqualTo(big);
      rows.read(raw);
      assertThat(show(raw)).isEqualTo("4: 3|4");
    }
  }

  @Test
  void cutsWhatIsKeptOfAHugeRow() throws Exception {
    String huge = "x".repeat(3 * RawRecord.MAX_KEPT_BYTES + 17);
    Path file = write("huge.csv", "a,b\n1," + huge + "\n\"" + huge + "\"\"\",\n3,4\n");
    SourceDefinition source = source(file.toString());
    RawRecord raw = new RawRecord(AB);
    try (FileRows rows = new FileRows(source, source.reading(), TakenRows.NONE)) {
      rows.read(raw);
      assertThat(raw.text(1)).hasSize(RawRecord.MAX_KEPT_BYTES - 1);
      assertThat(raw.defect().message())
          .startsWith(
              "the row has %d bytes, more than 1048576; the first 16777216 bytes are kept"
                  .formatted(huge.length() + 3));
      rows.read(raw);
      assertThat(raw.text(0)).hasSize(RawRecord.MAX_KEPT_BYTES).endsWith("xxx");
      rows.read(raw);
      assertThat(show(raw)).isEqualTo("4: 3|4");
    }
  }

  @Test
  void namesWhatAWrongHeaderHasAndWhatWasMeant() throws Exception {
    Path file = write("header.csv", "a,bb,c\n1,2,3\n");
    assertUnreadable(
        () -> read(source(file.toString()), new ArrayList<>()),
        file
            + ":1: no column `b`, which `s.b` is read from.\n"
            + "Maybe you meant `bb`; the file has a, bb, c.");
    Path semicolons = write("semicolons.csv", "a;b\n1;2\n");
    assertThatThrownBy(() -> read(source(semicolons.toString()), new ArrayList<>()))
        .hasMessageContaining("Maybe the delimiter is `;`; the header reads a;b.");
    Path twice = write("twice.csv", "a,b,a\n1,2,3\n");
    assertThatThrownBy(() -> read(source(twice.toString()), new ArrayList<>()))
        .hasMessageContaining("column `a` appears twice");
  }

  @Test
  void refusesAnEmptyFileAndUtf16() throws Exception {
    Path empty = write("empty.csv", "");
    assertUnreadable(
        () -> read(source(empty.toString()), new ArrayList<>()),
        empty + " is empty.\nMaybe its export failed.");
    Path wide = folder.resolve("wide.csv");
    Files.write(wide, "\uFEFFa,b\n".getBytes(StandardCharsets.UTF_16LE));
    assertThatThrownBy(() -> read(source(wide.toString()), new ArrayList<>()))
        .hasMessageContaining("is UTF-16, not UTF-8.\nMaybe convert it");
    assertThat(csv("a,b\n")).isEmpty();
  }

  @Test
  void saysThatAFileDoesNotExistAndWhichWasMeant() throws Exception {
    write("payments.csv", "a,b\n");
    Path wrong = folder.resolve("payment.csv");
    assertThatThrownBy(() -> read(source(wrong.toString()), new ArrayList<>()))
        .isInstanceOfSatisfying(
            CromfordException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND))
        .hasMessage(wrong + " does not exist.\nMaybe you meant `payments.csv`.");
    assertThatThrownBy(() -> read(source(folder + "/*.json"), new ArrayList<>()))
        .hasMessageContaining("no file there.\nMaybe the path is wrong");
  }

  @Test
  void givesWhatIsGoodBeforeATruncatedGzipEnds() throws Exception {
    StringBuilder text = new StringBuilder("a,b\n");
    Random random = new Random(1);
    for (int i = 0; i < 50_000; i++) {
      text.append(i).append(',').append(random.nextLong()).append('\n');
    }
    Path whole = gzip("whole.csv.gz", text.toString());
    byte[] bytes = Files.readAllBytes(whole);
    Path cut = folder.resolve("cut.csv.gz");
    Files.write(cut, Arrays.copyOf(bytes, bytes.length / 2));
    List<String> rows = new ArrayList<>();
    assertThatThrownBy(() -> read(source(cut.toString()), rows))
        .isInstanceOfSatisfying(
            CromfordException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INPUT_UNREADABLE))
        .hasMessageStartingWith(
            cut + ":" + (rows.size() + 2) + ": the gzip is cut off here.\nMaybe");
    assertThat(rows).hasSizeBetween(20_000, 30_000);
    assertThat(rows.getLast()).startsWith(rows.size() + 1 + ": " + (rows.size() - 1) + "|");
    assertThat(rows.getLast().substring(rows.getLast().indexOf(':')))
        .isEqualTo(": " + text.toString().lines().toList().get(rows.size()).replace(',', '|'));
  }

  @Test
  void refusesADamagedGzipAndOneThatIsNone() throws Exception {
    Path file = gzip("damaged.csv.gz", "a,b\n1,2\n");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 6] ^= 1;
    Files.write(file, bytes);
    assertThatThrownBy(() -> read(source(file.toString()), new ArrayList<>()))
        .hasMessageContaining("the gzip is damaged");
    Path plain = write("plain.csv.gz", "a,b\n");
    assertThatThrownBy(() -> read(source(plain.toString()), new ArrayList<>()))
        .hasMessageContaining("the gzip is damaged: Not in GZIP format");
  }

  @Test
  void readsFilesOfAFolderAndOfAGlobInTheOrderOfTheirNames() throws Exception {
    write("b.csv", "a,b\n3,4\n");
    gzip("a.csv.gz", "b,a\n2,1\n");
    write("c.jsonl", "{\"a\": \"5\", \"b\": \"6\"}\n");
    write("_SUCCESS", "");
    assertThat(rows(source(folder.toString()))).containsExactly("2: 1|2", "2: 3|4", "1: 5|6");
    assertThat(rows(source(folder + "/*.csv*"))).containsExactly("2: 1|2", "2: 3|4");
    write("d.dat", "a,b\n");
    assertThatThrownBy(() -> rows(source(folder.toString())))
        .hasMessageContaining("its name does not say how it is written.\nMaybe declare");
  }

  @Test
  void readsJsonLinesAndGoesOnBehindABadOne() throws Exception {
    Path file =
        write(
            "x.jsonl",
            "{\"a\": \"1\", \"b\": null}\n\n{\"a\": \n[1]\r\n{\"b\": \"x\", \"a\": \"\\u00e9\"}");
    assertThat(rows(source(file.toString())))
        .containsExactly(
            "1: 1|null",
            "3: !json null|null line={\"a\": ",
            "4: !json null|null line=[1]\r",
            "5: é|x");
  }

  @Test
  void refusesAJsonLineOf10Megabytes() throws Exception {
    String big = "{\"a\": \"" + "x".repeat(10_000_000) + "\"}";
    Path file = write("big.jsonl", big + "\n{\"a\": \"1\", \"b\": \"2\"}\n");
    SourceDefinition source = source(file.toString());
    RawRecord raw = new RawRecord(AB);
    try (FileRows rows = new FileRows(source, source.reading(), TakenRows.NONE)) {
      rows.read(raw);
      assertThat(raw.defect().rule()).isEqualTo(BrokenRule.ROW_TOO_LONG);
      assertThat(raw.extras().getFirst().value()).isEqualTo(big);
      rows.read(raw);
      assertThat(show(raw)).isEqualTo("2: 1|2");
    }
  }

  @Test
  void readsParquetExactly() throws Exception {
    Path file = folder.resolve("x.parquet");
    try (var duckdb = DriverManager.getConnection("jdbc:duckdb:");
        var statement = duckdb.createStatement()) {
      statement.execute(
          "COPY (SELECT i::VARCHAR AS a, CASE WHEN i %% 2 = 0 THEN (i / 100)::DECIMAL(10,2) END AS b, [i] AS n FROM range(5000) t(i)) TO '%s' (FORMAT parquet)"
              .formatted(file));
    }
    List<String> rows = rows(source(file.toString()));
    assertThat(rows).hasSize(5000).startsWith("1: 0|0.00", "2: 1|null", "3: 2|0.02");
    assertThat(rows.getLast()).isEqualTo("5000: 4999|null");
    Path wrong = write("wrong.parquet", "a,b\n1,2\n");
    assertThatThrownBy(() -> rows(source(wrong.toString())))
        .hasMessageContaining("cannot be read as Parquet")
        .hasMessageContaining("Maybe");
  }

  @Test
  void readsWhatFastCsvWritesWhateverTheQuoting() {
    Cases.check(
        2_000,
        random -> {
          List<List<String>> rows = randomRows(random);
          StringWriter text = new StringWriter();
          try (CsvWriter writer =
              CsvWriter.builder()
                  .fieldSeparator(';')
                  .quoteStrategy(
                      random.nextBoolean() ? QuoteStrategies.ALWAYS : QuoteStrategies.EMPTY)
                  .lineDelimiter(random.nextBoolean() ? LineDelimiter.LF : LineDelimiter.CRLF)
                  .build(text)) {
            writer.writeRecord("b", "x", "a");
            rows.forEach(writer::writeRecord);
          }
          assertThat(parse(text.toString(), random, rows.size())).isEqualTo(expected(rows));
        });
  }

  /// A quote in the text may end up wherever: what is read is read without an error of ours.
  @Test
  void survivesAnyBytes() {
    Cases.check(
        5_000,
        random -> {
          StringBuilder text = new StringBuilder("b;x;a\n");
          int length = random.nextInt(60);
          for (int i = 0; i < length; i++) {
            text.append("ab\";\n\r\"é".charAt(random.nextInt(8)));
          }
          try {
            parse(text.toString(), random, 1_000);
          } catch (CromfordException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.INPUT_UNREADABLE);
          }
        });
  }

  @Test
  void readsTheSameInOneGoAndInPieces() {
    Cases.check(
        5_000,
        random -> {
          StringBuilder text = new StringBuilder("b;x;a\n");
          int length = random.nextInt(80);
          for (int i = 0; i < length; i++) {
            text.append(";;;;;;\n\n\nabcé\"\r".charAt(random.nextInt(15)));
          }
          byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
          assertThat(shown(new ByteArrayInputStream(bytes)))
              .isEqualTo(shown(new Trickle(bytes, random)));
        });
  }

  /// Every row with its line and its defect, and what ended the file if it was not its end.
  private static List<String> shown(InputStream in) {
    Reading reading =
        new Reading(
            Reading.Format.CSV, "x", Map.of(), new Reading.CsvCharacters(';', '"'), Map.of());
    List<String> found = new ArrayList<>();
    RawRecord raw = new RawRecord(AB);
    try (CsvReader reader = new CsvReader("x", InputBytes.of("x", in), source(reading), reading)) {
      while (reader.read(raw)) {
        found.add(show(raw));
      }
    } catch (CromfordException e) {
      found.add(e.getMessage());
    }
    return found;
  }

  private static List<String> parse(String text, SplittableRandom random, int atMost) {
    Reading reading =
        new Reading(
            Reading.Format.CSV, "x", Map.of(), new Reading.CsvCharacters(';', '"'), Map.of());
    SourceDefinition source = source(reading);
    List<String> found = new ArrayList<>();
    InputBytes bytes =
        InputBytes.of("x", new Trickle(text.getBytes(StandardCharsets.UTF_8), random));
    try (CsvReader reader = new CsvReader("x", bytes, source, reading)) {
      RawRecord raw = new RawRecord(AB);
      while (found.size() <= atMost && reader.read(raw)) {
        found.add(raw.text(0) + "|" + raw.text(1));
      }
    }
    return found;
  }

  private static List<String> expected(List<List<String>> rows) {
    return rows.stream().map(row -> row.get(2) + "|" + row.get(0)).toList();
  }

  private static List<List<String>> randomRows(SplittableRandom random) {
    List<List<String>> rows = new ArrayList<>();
    int count = random.nextInt(20);
    for (int i = 0; i < count; i++) {
      rows.add(List.of(randomField(random), randomField(random), randomField(random)));
    }
    return rows;
  }

  private static String randomField(SplittableRandom random) {
    StringBuilder text = new StringBuilder("f");
    int length = random.nextInt(12);
    for (int i = 0; i < length; i++) {
      text.append("ab\"; \n\r,é€".charAt(random.nextInt(10)));
    }
    return text.toString();
  }

  /// Gives a few bytes at a time, so that every boundary is met.
  private static final class Trickle extends InputStream {
    private final ByteArrayInputStream in;
    private final SplittableRandom random;

    Trickle(byte[] bytes, SplittableRandom random) {
      this.in = new ByteArrayInputStream(bytes);
      this.random = random;
    }

    @Override
    public int read() {
      return in.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      return in.read(into, offset, Math.min(length, random.nextInt(1, 5)));
    }
  }

  private List<String> csv(String text) throws Exception {
    return rows(source(write("x.csv", text).toString()));
  }

  private String defect(String text) throws Exception {
    SourceDefinition source = source(write("x.csv", text).toString());
    RawRecord raw = new RawRecord(AB);
    try (FileRows rows = new FileRows(source, source.reading(), TakenRows.NONE)) {
      rows.read(raw);
      return raw.defect().message();
    }
  }

  private static List<String> rows(SourceDefinition source) {
    List<String> found = new ArrayList<>();
    read(source, found);
    return found;
  }

  private static void read(SourceDefinition source, List<String> into) {
    RawRecord raw = new RawRecord(AB);
    try (FileRows rows = new FileRows(source, source.reading(), TakenRows.NONE)) {
      while (rows.read(raw) != null) {
        into.add(show(raw));
      }
    }
  }

  private static String show(RawRecord raw) {
    StringBuilder text = new StringBuilder().append(raw.line()).append(": ");
    if (raw.defect() != null) {
      text.append('!').append(raw.defect().rule().text()).append(' ');
    }
    text.append(raw.text(0)).append('|').append(raw.text(1));
    raw.extras().forEach(extra -> text.append(' ').append(extra.name() + "=" + extra.value()));
    return text.toString();
  }

  private static SourceDefinition source(String path) {
    return source(Reading.of(path));
  }

  private static SourceDefinition source(Reading reading) {
    return new SourceDefinition(
        "s",
        AB,
        new Outcome("a", "payments", "tx_id"),
        new Timing(null, new Arrival.After("payments", "ts", Duration.ZERO)),
        Terms.NONE,
        reading);
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private Path gzip(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }

  private static void assertUnreadable(Runnable reading, String message) {
    assertThatThrownBy(reading::run)
        .isInstanceOfSatisfying(
            CromfordException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INPUT_UNREADABLE))
        .hasMessage(message);
  }
}
