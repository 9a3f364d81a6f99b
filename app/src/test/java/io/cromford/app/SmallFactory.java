package io.cromford.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.cromford.generator.CardPayments;
import io.cromford.server.AdminAccess;
import io.cromford.serving.definition.Starter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// A factory of some thousand payments that learns in a second: the starter, with less to do.
///
/// @param folder the factory's folder
/// @param data the file of its payments, seven weeks of them
record SmallFactory(Path folder, Path data) {
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

  /// Has it take verdicts over the endpoint.
  ///
  /// @param idType that of its payments' ids, as the factory file has it
  void takesVerdicts(String idType) throws IOException {
    edit(
        "# 3. Made-up data",
        """
          verdicts:
            kind: outcome
            of: payments.tx_id
            schema:
              tx_id: %s
              confirmed: {type: boolean, nullable: true}
              analyst: {type: varchar, nullable: true}
            arrival: {after: payments.ts, delay: 4h}

        # 3. Made-up data\
        """
            .formatted(idType));
    edit(
        "when-unknown: false}",
        "when-unknown: false, provisional: [{column: confirmed, maturity: 1d}]}");
  }

  /// Has outcomes come from a file of their own: those of some of its payments, as they are now.
  ///
  /// @param isKnown by the payment's row
  void knowsOutcomes(Predicate<String> isKnown) throws IOException {
    Path outcomes = data.resolveSibling("outcomes.csv");
    edit(
        "read: {csv: \"${data}\", columns: {tx_id",
        "read: {csv: \"%s\", columns: {tx_id".formatted(outcomes));
    List<String> rows = Files.readAllLines(data);
    List<String> known = new ArrayList<>(List.of(rows.getFirst()));
    rows.stream().skip(1).filter(isKnown).forEach(known::add);
    Files.write(outcomes, known);
  }

  /// Whether a payment is of a day before another, `2018-05-13`: with the outcomes of such alone
  /// there is work.
  static boolean isBefore(String row, String day) {
    return row.split(",")[1].compareTo(day) < 0;
  }

  /// Runs the whole loop to its end, and serves it from there on.
  ChildRun live() throws Exception {
    Ran ran = runToTheEnd();
    assertThat(ran.exit()).as(ran.err()).isZero();
    return serve(0);
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

  /// Asks it something as its owner.
  HttpResponse<String> post(String path, String json) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create(access().url() + path))
              .header("content-type", "application/json")
              .header("authorization", access().header())
              .POST(HttpRequest.BodyPublishers.ofString(json))
              .build(),
          BodyHandlers.ofString());
    }
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
