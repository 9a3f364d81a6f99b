package io.cromford.app;

import io.cromford.generator.CardPayments;
import io.cromford.server.AdminAccess;
import io.cromford.serving.definition.Starter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/// A factory of some thousand payments that learns in a second: the starter, with less to do.
///
/// @param folder the factory's folder
/// @param data the file of its payments, seven weeks of them
record SmallFactory(Path folder, Path data) {
  private static final String VERDICTS =
      """
        verdicts:
          kind: outcome
          of: payments.tx_id
          schema:
            tx_id: bigint
            confirmed: {type: boolean, nullable: true}
            analyst: {type: varchar, nullable: true}
          arrival: {after: payments.ts, delay: 4h}

      # 3. Made-up data\
      """;

  /// Makes a factory in an empty folder.
  static SmallFactory in(Path parent) throws IOException {
    return in(parent, 2018);
  }

  /// Makes a factory of payments of another year.
  static SmallFactory in(Path parent, int year) throws IOException {
    Path folder = parent.resolve("small");
    Starter.write(folder);
    SmallFactory factory = new SmallFactory(folder, parent.resolve("payments.csv"));
    factory.edit("learners: [xgboost, logistic]", "learners: [logistic]");
    factory.edit("folds-at-most: 3", "folds-at-most: 1");
    factory.edit("trials: 10", "trials: 1");
    factory.edit("min-positives: 50", "min-positives: 5");
    factory.edit("alerts-per-day: 20", "alerts-per-day: 5");
    factory.edit("go-live: 2018", "go-live: " + year);
    CardPayments.write(
        new CardPayments.Parameters(
            7,
            LocalDate.of(year, 4, 1),
            49,
            new CardPayments.Population(150, 300, 40, 8),
            new CardPayments.Frauds(1, 1)),
        factory.data);
    return factory;
  }

  /// Has it take verdicts over the endpoint, and leaves out the outcomes from a day on, so that
  /// there is work.
  ///
  /// @param openFrom `2018-05-13`
  void takesVerdicts(String openFrom) throws IOException {
    edit("# 3. Made-up data", VERDICTS);
    edit(
        "when-unknown: false}",
        "when-unknown: false, provisional: [{column: confirmed, maturity: 1d}]}");
    Path outcomes = data.resolveSibling("outcomes.csv");
    edit(
        "read: {csv: \"${data}\", columns: {tx_id",
        "read: {csv: \"%s\", columns: {tx_id".formatted(outcomes));
    Files.write(
        outcomes,
        Files.readAllLines(data).stream()
            .filter(row -> row.startsWith("TRANS") || row.split(",")[1].compareTo(openFrom) < 0)
            .toList());
  }

  /// Starts a process that serves it, from its data's last moment on.
  ///
  /// @param port 0 for any free one
  ChildRun serve(int port) throws Exception {
    return serve(port, "data");
  }

  /// The same by another clock.
  ///
  /// @param clock `data` or `wall`
  ChildRun serve(int port, String clock) throws Exception {
    ChildRun child = ChildRun.start(List.of(), "serve", folder, "--port", port, "--clock", clock);
    child.awaitLine("serving on");
    return child;
  }

  /// Where the process that serves it answers.
  AdminAccess access() {
    return AdminAccess.find(folder.resolve("state")).orElseThrow();
  }

  /// The address of whoever may act.
  String owners() {
    return access().url() + "/#token=" + access().token();
  }

  /// Changes its file.
  void edit(String from, String to) throws IOException {
    Path file = folder.resolve("factory.yaml");
    String text = Files.readString(file);
    if (!text.contains(from)) {
      throw new IllegalArgumentException("the starter has no `" + from + "`");
    }
    Files.writeString(file, text.replace(from, to));
  }

  /// Runs a command about it: its words, and what follows the factory.
  Ran run(String command, Object... more) {
    List<Object> all = new ArrayList<>(List.of((Object[]) command.split(" ")));
    all.add(folder);
    all.addAll(List.of(more));
    return Ran.cromford(all.toArray());
  }

  /// The words of a run on its payments, on any free port.
  ///
  /// @param more options
  Object[] running(Path state, Object... more) {
    List<Object> all =
        new ArrayList<>(List.of("run", folder, "--data", data, "--state", state, "--port", 0));
    all.addAll(List.of(more));
    return all.toArray();
  }

  /// Runs the whole loop to its end.
  Ran runToTheEnd() {
    return run("run", "--data", data, "--exit", "--port", 0);
  }
}
