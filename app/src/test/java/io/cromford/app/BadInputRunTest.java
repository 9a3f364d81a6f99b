package io.cromford.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.cromford.core.Progress;
import io.cromford.serving.Factory;
import io.cromford.serving.definition.Check;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What bad input gets at the command line: a message with the place, advice, and an exit code.
class BadInputRunTest {
  @TempDir private Path folder;

  private SmallFactory factory = new SmallFactory(Path.of("."), Path.of("."));

  @BeforeEach
  void make() throws IOException {
    factory = SmallFactory.in(folder);
  }

  @Test
  void saysThatAFileIsMissingOrEmpty() throws IOException {
    refused(
        3, "nowhere.csv: there is no such file.", "run", "--data", folder.resolve("nowhere.csv"));
    Path empty = Files.createFile(folder.resolve("empty.csv"));
    refused(4, "empty.csv is empty.", "run", "--data", empty, "--exit", "--port", 0);
  }

  @Test
  void refusesAnAttackOnDataThatIsGiven() {
    refused(
        2,
        "--attack needs payments that are made, and these are given.",
        "run",
        "--attack",
        "--data",
        factory.data());
  }

  @Test
  void takesUpACutOffGzipWhereItEndedOnceItIsMended() throws IOException {
    JsonNode whole = report(folder.resolve("whole"), factory.data());
    byte[] gzip = gzip(Files.readAllBytes(factory.data()));
    Path file = folder.resolve("cut.csv.gz");
    Files.write(file, Arrays.copyOf(gzip, gzip.length / 3));
    Path state = folder.resolve("cut");
    refusedAsCutOff(file, state);
    Files.write(file, Arrays.copyOf(gzip, gzip.length * 9 / 10));
    refusedAsCutOff(file, state);
    Files.write(file, gzip);
    assertThat(report(state, file)).isEqualTo(whole);
  }

  private void refusedAsCutOff(Path file, Path state) {
    refused(
        4,
        "the gzip is cut off here.",
        "run",
        "--data",
        file,
        "--state",
        state,
        "--exit",
        "--port",
        0);
  }

  @Test
  void learnsFromAFileOfOutcomesThatHoldsPositivesOnly() throws IOException {
    JsonNode whole = report(folder.resolve("whole"), factory.data());
    List<String> lines = Files.readAllLines(factory.data());
    int fraud = List.of(lines.getFirst().split(",")).indexOf("TX_FRAUD");
    Path frauds = folder.resolve("frauds.csv");
    Files.write(
        frauds,
        lines.stream()
            .filter(line -> line.equals(lines.getFirst()) || line.split(",")[fraud].equals("1"))
            .toList());
    factory.edit(
        "read: {csv: \"${data}\", columns: {tx_id: TRANSACTION_ID, fraud: TX_FRAUD}}",
        "read: {csv: \"%s\", columns: {tx_id: TRANSACTION_ID, fraud: TX_FRAUD}}".formatted(frauds));
    JsonNode report = report(folder.resolve("positives"), factory.data());
    long positives = Files.readAllLines(frauds).size() - 1L;
    assertThat(report.at("/intake/chargebacks/accepted").asLong()).isEqualTo(positives);
    // A day that is not shown to be complete by its usual volume may be left out.
    for (String figure : List.of("/training/runs/0/rows", "/training/runs/0/positives")) {
      long complete = whole.at(figure).asLong();
      assertThat(report.at(figure).asLong()).as(figure).isBetween(complete * 4 / 5, complete);
    }
  }

  @Test
  void refusesASecondWriter() throws IOException {
    Path state = folder.resolve("state");
    var checked =
        Check.check(factory.folder(), Map.of("data", factory.data().toString())).orThrow();
    try (Factory first = Factory.open(checked, state, Progress.SILENT)) {
      assertThat(first.status().ready()).isFalse();
      refused(
          6,
          "is being written to by the process " + ProcessHandle.current().pid(),
          "build",
          "--data",
          factory.data(),
          "--state",
          state);
    }
  }

  @Test
  void saysThatAFolderCannotBeWritten() throws IOException {
    Path state = Files.writeString(folder.resolve("no-folder"), "a file");
    refused(7, "no-folder", "build", "--data", factory.data(), "--state", state.resolve("state"));
  }

  @Test
  void saysThatThePortIsTaken() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = other.getLocalPort();
      refused(
          8,
          "port " + port + " on 127.0.0.1",
          "run",
          "--data",
          factory.data(),
          "--exit",
          "--port",
          port);
    }
    assertThat(factory.runToTheEnd().exit()).isZero();
  }

  @Test
  void refusesAChangedContract() throws IOException {
    assertThat(factory.run("build", "--data", factory.data()).exit()).isZero();
    factory.edit("amount: decimal(10,2)", "amount: decimal(12,2)");
    refused(
        5,
        "source `payments`: column `amount` was decimal(10,2) and is now decimal(12,2).",
        "build",
        "--data",
        factory.data());
  }

  @Test
  void refusesAQueryThatDoesNotHold() throws IOException {
    query("COUNT(*) OVER customer_1d ", "COUNT(*) FILTER (WHERE amout > 1) OVER customer_1d ");
    refused(2, "Maybe you meant `amount`", "check");
    query("EXTRACT(HOUR FROM ts) ", "SOUNDEX(ts) ");
    refused(2, "SOUNDEX", "check");
    query("PARTITION BY customer_id ORDER BY ts\n", "PARTITION BY customer_id\n");
    refused(2, "ORDER BY", "check");
    query("COUNT(*) OVER terminal_30d ", "terminal_count_30d + 1 ");
    refused(2, "a cyclic definition: `terminal_count_30d` is defined by itself", "check");
    query("AND INTERVAL '7' DAY PRECEDING", "AND CURRENT ROW EXCLUDE TIES");
    Ran leak = refused(2, "`fraud`", "check");
    assertThat(leak.err()).contains("features.sql:", "INTERVAL '7' DAY PRECEDING");
  }

  /// Changes the query for one check.
  private void query(String from, String to) throws IOException {
    Path file = factory.folder().resolve("features.sql");
    Path kept = folder.resolve("features.sql");
    if (Files.notExists(kept)) {
      Files.copy(file, kept);
    }
    String text = Files.readString(kept);
    assertThat(text).contains(from);
    Files.writeString(file, text.replace(from, to));
  }

  private Ran refused(int exit, String message, String command, Object... more) {
    Ran ran = factory.run(command, more);
    assertThat(ran.exit()).as(ran.err()).isEqualTo(exit);
    assertThat(ran.err()).contains(message, "\nMaybe ").doesNotContain("\tat ");
    return ran;
  }

  private JsonNode report(Path state, Path data) throws IOException {
    Path file = folder.resolve("report.json");
    Ran ran =
        factory.run(
            "run", "--data", data, "--state", state, "--exit", "--port", 0, "--report", file);
    assertThat(ran.exit()).as(ran.err()).isZero();
    ObjectNode all = (ObjectNode) JsonMapper.shared().readTree(Files.readAllBytes(file));
    all.remove("timings");
    return all;
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }
}
