package io.cromford.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.cromford.ledger.Ledger;
import io.cromford.ledger.LedgerReader;
import io.cromford.ledger.RecordKind;
import io.cromford.ledger.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// However a run is cut off, and on whatever cores: in the end the same data gave the same report,
/// models and decisions.
class RunKillIT {
  /// A run that is over before it is killed was faster than the undisturbed one: then again,
  /// sooner.
  private static final int MOST_ROUNDS = 6;

  private static final int KILLS_IN_A_ROW = 6;
  private static final int STATES_KILLED_ONCE = 3;
  private static final List<String> ANY_CORE = List.of();

  @TempDir static Path folder;

  private static SmallFactory factory = new SmallFactory(Path.of("."), Path.of("."));
  private static Life undisturbed = new Life("", List.of(), List.of());
  private static long millis;

  /// What a factory has come to.
  ///
  /// @param report without its timings
  /// @param models the versions in its registry
  /// @param decisions their records, in order
  private record Life(String report, List<String> models, List<String> decisions) {}

  @BeforeAll
  static void runUndisturbed() throws Exception {
    factory = SmallFactory.in(folder);
    factory.edit("learners: [logistic]", "learners: [xgboost, logistic]");
    factory.edit("trials: 1", "trials: 3");
    soil(factory.data());
    long start = System.nanoTime();
    undisturbed = end(folder.resolve("undisturbed"), ANY_CORE);
    millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
    assertThat(undisturbed.decisions()).hasSizeGreaterThan(1000);
    assertThat(undisturbed.models()).hasSizeGreaterThan(1);
  }

  /// Rows that are refused, repeated, late or in conflict, here and there.
  private static void soil(Path data) throws IOException {
    SplittableRandom random = new SplittableRandom(11);
    List<String> lines = Files.readAllLines(data);
    List<String> soiled = new ArrayList<>(lines.subList(0, 1));
    for (String line : lines.subList(1, lines.size())) {
      soiled.add(line);
      switch (random.nextInt(200)) {
        case 0 -> soiled.add(line);
        case 1 -> soiled.add(line.replaceFirst(",[^,]*$", ",1"));
        case 2 -> soiled.add("x" + line);
        case 3 -> soiled.add(line.replace("2018-", "2099-"));
        case 4 -> soiled.add(soiled.size() > 900 ? soiled.get(soiled.size() - 900) : line);
        default -> {}
      }
    }
    Files.write(data, soiled);
  }

  @Test
  void endsTheSameHoweverOftenItIsKilled() throws Exception {
    SplittableRandom random = new SplittableRandom(3);
    long longest = millis;
    int killed = 0;
    for (int round = 0; killed <= KILLS_IN_A_ROW / 2 && round < MOST_ROUNDS; round++) {
      Path state = folder.resolve("killed-" + round);
      int before = killed;
      while (killed - before < KILLS_IN_A_ROW
          && killAfter(state, random.nextLong(longest / 8, longest * 3 / 4))) {
        killed++;
      }
      assertThat(end(state, ANY_CORE)).as("round %d", round).isEqualTo(undisturbed);
      longest = longest * 2 / 3;
    }
    assertThat(killed).isGreaterThan(KILLS_IN_A_ROW / 2);
  }

  @Test
  void endsTheSameWhereverItIsKilled() throws Exception {
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < STATES_KILLED_ONCE; i++) {
      Path state = folder.resolve("killed-once-" + i);
      long from = millis * i / STATES_KILLED_ONCE;
      killAfter(state, from + random.nextLong(Math.max(1, millis / STATES_KILLED_ONCE)));
      assertThat(end(state, ANY_CORE)).as("killed in third %d", i).isEqualTo(undisturbed);
    }
  }

  @Test
  void endsTheSameWhenItIsKilledAmidLiveTraffic() throws Exception {
    Path state = folder.resolve("killed-live");
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 3; i++) {
      ChildRun run = start(state, ANY_CORE);
      run.awaitLine("features");
      run.endsWithin(Duration.ofMillis(random.nextLong(Math.max(1, millis / 4))));
      run.kill();
    }
    assertThat(end(state, ANY_CORE)).isEqualTo(undisturbed);
  }

  @Test
  void stopsWithinSecondsWhenItIsAskedToAndGoesOn() throws Exception {
    Path state = folder.resolve("terminated");
    ChildRun run = start(state, ANY_CORE);
    run.awaitLine("fit");
    assertThat(run.isAlive()).as(run.said()).isTrue();
    run.terminate();
    assertThat(run.endsWithin(Duration.ofSeconds(10))).isTrue();
    assertThat(run.end()).isEqualTo(128 + 15);
    assertThat(run.said())
        .contains("stopped; the same command goes on from here.")
        .doesNotContain("Exception");
    assertThat(end(state, ANY_CORE)).isEqualTo(undisturbed);
  }

  @Test
  void endsTheSameAgainAndOnOneCore() throws Exception {
    assertThat(end(folder.resolve("again"), ANY_CORE)).isEqualTo(undisturbed);
    assertThat(end(folder.resolve("one-core"), oneCore())).isEqualTo(undisturbed);
  }

  private static List<String> oneCore() {
    boolean there =
        Stream.of("/usr/bin/taskset", "/bin/taskset").map(Path::of).anyMatch(Files::isExecutable);
    return there
        ? List.of("taskset", "-c", "0")
        : List.of("env", "JAVA_TOOL_OPTIONS=-XX:ActiveProcessorCount=1");
  }

  /// Whether it was still running.
  private static boolean killAfter(Path state, long afterMillis) throws Exception {
    ChildRun run = start(state, ANY_CORE);
    boolean ended = run.endsWithin(Duration.ofMillis(afterMillis));
    run.kill();
    return !ended;
  }

  private static ChildRun start(Path state, List<String> before) throws IOException {
    return ChildRun.start(before, factory.running(state, "--exit", "--report", report(state)));
  }

  private static Path report(Path state) {
    return state.resolveSibling(state.getFileName() + ".json");
  }

  private static Life end(Path state, List<String> before) throws Exception {
    ChildRun run = start(state, before);
    assertThat(run.end()).as(run.said()).isZero();
    Path ledger = state.resolve("ledger");
    assertThat(Ledger.verify(ledger)).isInstanceOf(Verification.Intact.class);
    JsonNode report = JsonMapper.shared().readTree(Files.readAllBytes(report(state)));
    assertThat(report.path("parity").path("mismatches").asLong(-1)).isZero();
    ((ObjectNode) report).remove("timings");
    return new Life(report.toPrettyString(), models(state.resolve("models")), decisions(ledger));
  }

  private static List<String> models(Path registry) throws IOException {
    try (Stream<Path> versions = Files.list(registry)) {
      return versions
          .map(version -> version.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .sorted()
          .toList();
    }
  }

  private static List<String> decisions(Path ledger) {
    List<String> decisions = new ArrayList<>();
    try (LedgerReader reader = LedgerReader.openReadOnly(ledger)) {
      while (reader.next()) {
        if (reader.kind() == RecordKind.DECISION) {
          byte[] body = new byte[reader.body().remaining()];
          reader.body().get(body);
          decisions.add(HexFormat.of().formatHex(body));
        }
      }
    }
    return decisions;
  }
}
