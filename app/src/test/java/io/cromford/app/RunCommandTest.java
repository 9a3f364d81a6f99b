package io.cromford.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@Timeout(240)
class RunCommandTest {
  @TempDir private Path folder;

  private SmallFactory factory = new SmallFactory(Path.of("."), Path.of("."));

  @BeforeEach
  void make() throws Exception {
    factory = SmallFactory.in(folder);
  }

  private String reportOf(Path state, Object... more) throws Exception {
    Path report = folder.resolve("report.json");
    List<Object> options =
        new ArrayList<>(
            List.of(
                "--data",
                factory.data(),
                "--state",
                state,
                "--exit",
                "--port",
                0,
                "--report",
                report));
    options.addAll(List.of(more));
    Ran ran = factory.run("run", options.toArray());
    assertThat(ran.exit()).as(ran.err()).isZero();
    ObjectNode all = (ObjectNode) JsonMapper.shared().readTree(Files.readString(report));
    all.remove("timings");
    return all.toString();
  }

  private long outcomes() {
    Ran ran =
        factory.run(
            "sql", "SELECT count(*) FROM outcomes WHERE fraud IS NOT NULL", "--format", "csv");
    assertThat(ran.exit()).as(ran.err()).isZero();
    return Long.parseLong(ran.out().lines().toList().getLast());
  }

  @Test
  void replaysAtAPaceWithTheSameResult() throws Exception {
    long start = System.nanoTime();
    String paced = reportOf(folder.resolve("paced"), "--speed", 300_000);
    double seconds = (System.nanoTime() - start) / 1e9;
    assertThat(seconds).as("21 days at 300,000 times real time").isGreaterThan(6);
    assertThat(paced).isEqualTo(reportOf(folder.resolve("unpaced")));
  }

  @Test
  void leavesTheLastOutcomesForTheRunningClock() throws Exception {
    long rows = Files.readAllLines(factory.data()).size() - 1L;
    ChildRun run =
        ChildRun.start(List.of(), "run", factory.folder(), "--data", factory.data(), "--port", 0);
    run.awaitLine("serving on");
    assertThat(outcomes()).as(run.said()).isBetween(rows * 6 / 7 - 500, rows - 500);
    run.terminate();
    run.end();
    assertThat(factory.runToTheEnd().exit()).isZero();
    assertThat(outcomes()).isEqualTo(rows);
  }

  @Test
  void refusesAPortThatIsNone() {
    Ran ran = factory.run("run", "--data", factory.data(), "--exit", "--port", 70_000);
    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("--port 70000 is no port", "from 1 to 65535");
    assertThat(factory.folder().resolve("state")).doesNotExist();
  }
}
