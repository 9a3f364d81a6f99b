package io.cromford.serving;

import io.cromford.core.Progress;
import io.cromford.flywheel.work.ReasonCode;
import io.cromford.flywheel.work.WorkItem;
import io.cromford.flywheel.work.WorkStep;
import io.cromford.intake.ArrivalStream;
import io.cromford.intake.Arrived;
import io.cromford.ledger.LedgerHead;
import io.cromford.model.ModelContents;
import io.cromford.model.Registry;
import io.cromford.model.RuleModel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/// A life in which about everything happens that leaves a trace in a ledger: several kinds of
/// outcomes, early, late and corrected; rows that break their contract; models that come to serve
/// and one that is taken back; a query that is changed; alarms; days, weeks and monitors; what
/// persons say.
final class EventfulLife {
  private static final String AMOUNT = "       CAST(amount AS DOUBLE) AS amount,\n";
  private static final String WINDOWS =
      """
             COUNT(DISTINCT terminal_id) OVER customer_3d AS customer_terminals,
             MAX(amount) OVER customer_3d AS customer_most,
      """;
  private static final LocalDateTime CHANGE = Workshop.START.plusDays(17);
  private static final int BATCH = 7;

  private final Workshop workshop;
  private final SplittableRandom random;
  private final List<LedgerHead> heads = new ArrayList<>();

  EventfulLife(Path folder, long seed) {
    this.random = new SplittableRandom(seed);
    this.workshop =
        new Workshop(folder)
            .withFactory("label: {column: fraud, maturity: 2d, when-unknown: false}\n", LABEL)
            .withFactory("reasons: 1\n", "reasons: 1\n" + DECISION)
            .withFactory("least-gain: 0}", "least-gain: 0, keep-warm: 6d}")
            .withFeatures(AMOUNT, "")
            .withFeatures("SELECT tx_id,\n", "SELECT tx_id,\n" + WINDOWS)
            .write(rows(Workshop.payments(seed)));
  }

  private static final String LABEL =
      """
        verdicts:
          kind: outcome
          of: payments.tx_id
          schema: {tx_id: bigint, confirmed: boolean, analyst: {type: varchar, nullable: true}}
          arrival: {after: payments.ts, delay: 4h}
      segments: {small: amount < 50}
      label:
        column: fraud
        maturity: 2d
        when-unknown: false
        provisional: [{column: confirmed, maturity: 1d}]
      """;

  private static final String DECISION =
      """
        known-positives: {action: block, for: 1d}
        explore: {one-in: 3}
      """;

  /// Some rows break a rule, come late, or come twice.
  private List<String> rows(List<String> payments) {
    List<String> rows = new ArrayList<>();
    for (String row : payments) {
      String[] cells = row.split(",");
      if (random.nextInt(60) == 0) {
        cells[4] = "-" + cells[4];
      }
      rows.add(String.join(",", cells));
      if (random.nextInt(60) == 0) {
        rows.add(rows.get(Math.max(0, rows.size() - random.nextInt(150) - 1)));
      }
    }
    return rows;
  }

  Workshop workshop() {
    return workshop;
  }

  /// Where the ledger stood now and then.
  List<LedgerHead> heads() {
    return List.copyOf(heads);
  }

  /// Lives all of it; the factory is closed and opened again now and then.
  void live() {
    try (Factory factory = workshop.open();
        ArrivalStream arrivals = factory.arrivals()) {
      replay(factory, arrivals, Workshop.build(factory, arrivals), CHANGE);
    }
    workshop.withFeatures("SELECT tx_id,\n", "SELECT tx_id,\n" + AMOUNT);
    workshop.withFactory("alerts-per-day: 2", "alerts-per-day: 3");
    try (Factory factory = workshop.open();
        ArrivalStream arrivals = factory.arrivals()) {
      Arrived next = Workshop.build(factory, arrivals);
      next = replay(factory, arrivals, next, CHANGE.plusDays(5));
      factory.promote(flood(), "I trust it", "ada");
      next = replay(factory, arrivals, next, CHANGE.plusDays(7));
      work(factory);
      factory.proposePolicy(new PolicyChange(5, 2.5), new Wish("we are many", "ada"));
      factory.withdrawPolicy("", new Wish("too many", "kim"));
      factory.proposePolicy(new PolicyChange(4, null), new Wish("we are more", "ada"));
      factory.approvePolicy("", new Wish("so we are", "kim"));
      factory.freeze("a holiday", "ada");
      next = replay(factory, arrivals, next, CHANGE.plusDays(8));
      factory.resume("it is over", "ada");
      replay(factory, arrivals, next, Workshop.END.plusDays(9));
    }
    try (Factory factory = workshop.open()) {
      goOn(factory);
    }
  }

  private static void work(Factory factory) {
    List<String> alerts =
        factory.work(List.of(WorkItem.Status.OPEN)).entries().stream()
            .map(entry -> entry.line().id())
            .limit(3)
            .toList();
    for (WorkStep step : List.of(WorkStep.SEEN, WorkStep.CLAIM, WorkStep.NOTE)) {
      String note = step == WorkStep.NOTE ? "called twice" : "";
      factory.work(new WorkOrder(step, alerts, "ada", Optional.empty(), note));
    }
    factory.work(
        new WorkOrder(
            WorkStep.CLOSE,
            alerts.subList(0, 1),
            "ada",
            Optional.of(ReasonCode.FRAUD_CONFIRMED),
            "the customer says so"));
  }

  private void goOn(Factory factory) {
    factory.buildFeatures(Progress.SILENT);
    factory.train(Progress.SILENT);
    factory.freeze("fits take long here", "ada");
    factory.goOn();
    for (int i = 0; i < 300; i++) {
      step(factory);
      if (i % 100 == 50) {
        heads.add(factory.ledgerHead());
      }
      workshop.pass(Duration.ofMinutes(random.nextInt(90)));
    }
    factory.silence("breach/*", Duration.ofHours(5), "known", "ada");
    factory
        .alarms()
        .book()
        .open()
        .forEach(alarm -> factory.acknowledge(alarm.key(), "I look", "ada"));
    factory.replayQuarantine(ReplayOrder.all("it was mended", "ada"));
    mend(factory);
    factory.declareComplete(Instant.parse("2018-05-05T00:00:00Z"), "each was looked at", "ada");
    for (int i = 0; i < 60; i++) {
      step(factory);
    }
  }

  /// Half of what is left in quarantine is mended rightly, half of the rest wrongly.
  private static void mend(Factory factory) {
    var rows = factory.quarantine(QuarantineView.Asked.newest(1000)).newest();
    for (int i = 0; i < rows.size(); i++) {
      boolean isPayment = rows.get(i).record().source().equals("payments");
      if (isPayment && i % 4 != 3) {
        Optional<String> amount = Optional.of(i % 4 == 2 ? "-7" : "12.50");
        factory.repair(
            new RepairOrder(
                rows.get(i).position(), Map.of("amount", amount), "a sign too many", "ada"));
      }
    }
    factory.replayQuarantine(new ReplayOrder("", "unknown-id", "their payments are there", "ada"));
  }

  /// A payment or an outcome, of one that is known or not.
  private void step(Factory factory) {
    String id = Integer.toString(9000 + random.nextInt(100));
    String truth = Boolean.toString(random.nextBoolean());
    switch (random.nextInt(4)) {
      case 0, 1 -> pay(factory, id);
      case 2 -> send(factory, "verdicts", id, truth, random.nextBoolean() ? "kim" : "lee");
      default -> send(factory, "chargebacks", id, truth);
    }
  }

  private void pay(Factory factory, String id) {
    Instant now = Instant.ofEpochMilli(factory.status().clockMillis());
    String at = now.minusSeconds(random.nextInt(40_000)).toString().replace("Z", "");
    String card = Integer.toString(random.nextInt(40));
    send(factory, "payments", id, at, card, Integer.toString(random.nextInt(12)), "95.00");
  }

  private static void send(Factory factory, String source, String... values) {
    Workshop.submit(factory, List.of(Workshop.live(factory, source, values)));
  }

  private Arrived replay(
      Factory factory, ArrivalStream arrivals, Arrived first, LocalDateTime until) {
    long millis = Workshop.instant(until).toEpochMilli();
    Arrived next = first;
    List<Submission> batch = new ArrayList<>();
    while (next != null && next.arrivalMillis() < millis) {
      batch.add(Workshop.submission(next));
      if (batch.size() == BATCH) {
        Workshop.submit(factory, batch);
        batch = new ArrayList<>();
      }
      next = arrivals.next();
    }
    Workshop.submit(factory, batch);
    heads.add(factory.ledgerHead());
    return next;
  }

  /// A model that alerts on everything, fitted on the latest features.
  private String flood() {
    Registry registry = Registry.open(workshop.state().resolve("models"));
    List<Control.Promoted> promoted = new ArrayList<>();
    Control.forEach(
        workshop.state(),
        (_, control) -> {
          if (control instanceof Control.Promoted one) {
            promoted.add(one);
          }
        });
    ModelContents like = registry.load(promoted.getLast().model()).contents();
    List<String> names = like.schema().features().stream().map(feature -> feature.name()).toList();
    RuleModel.Condition all = RuleModel.Condition.parse("customer_count >= 0", names).orElseThrow();
    return registry
        .publish(
            new ModelContents(
                new RuleModel(names.size(), List.of(all)),
                like.featuresSql(),
                like.schema(),
                like.training(),
                like.metricsJson(),
                "made for a test"))
        .id();
  }
}
