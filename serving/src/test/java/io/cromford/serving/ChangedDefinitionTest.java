package io.cromford.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.core.Progress;
import io.cromford.ledger.LedgerReader;
import io.cromford.ledger.RecordKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A factory file or a feature query that was changed between two runs.
class ChangedDefinitionTest {
  @TempDir private static Path once;
  @TempDir private Path folder;

  private Workshop workshop = new Workshop(Path.of("."));

  @BeforeAll
  static void runOnce() {
    try (Factory factory = new Workshop(once).write(Workshop.payments(1)).open()) {
      Workshop.run(factory);
    }
  }

  @BeforeEach
  void copy() throws IOException {
    workshop = new Workshop(folder);
    Path state = once.resolve("state");
    try (Stream<Path> files = Files.walk(state)) {
      for (Path file : files.toList()) {
        Files.copy(file, workshop.state().resolve(state.relativize(file).toString()));
      }
    }
  }

  @Test
  void writesASchemaOnceAndAgainWhenItChanges() {
    assertThat(schemas()).extracting(SourceSchema::version).containsExactly(1, 1);
    workshop.open().close();
    assertThat(schemas()).hasSize(2);
    workshop.withFactory(
        "terminal_id: bigint\n",
        "channel: {type: varchar, nullable: true}\n      terminal_id: bigint\n");
    workshop.open().close();
    assertThat(schemas())
        .last()
        .satisfies(schema -> {
          assertThat(schema.source()).isEqualTo("payments");
          assertThat(schema.version()).isEqualTo(2);
          assertThat(schema.columns()).contains(new SourceSchema.Field("channel", "varchar", true));
        });
  }

  @Test
  void takesNullableColumnsThatWereAddedAndReadsOldRecordsWithoutThem() {
    String report;
    String before;
    try (Factory factory = workshop.open()) {
      factory.buildFeatures(Progress.SILENT);
      report = factory.report().toString();
      before = factory.find("1000").orElseThrow().event().toString();
    }
    workshop.withFactory(
        "terminal_id: bigint\n",
        "channel: {type: varchar, nullable: true}\n      terminal_id: bigint\n");
    try (Factory factory = workshop.open()) {
      factory.buildFeatures(Progress.SILENT);
      assertThat(factory.report()).hasToString(report);
      assertThat(factory.parity(Progress.SILENT).mismatches()).isZero();
      DecisionView old = factory.find("1000").orElseThrow();
      assertThat(old.event()).contains(new DecisionView.Field("channel", "null"));
      assertThat(old.event().toString().replace("Field[name=channel, json=null], ", ""))
          .isEqualTo(before);
      factory.goOn();
      assertThat(pay(factory, "9000", "web")).isInstanceOf(Result.Decided.class);
      assertThat(pay(factory, "9000", "web")).isInstanceOf(Result.AlreadyKnown.class);
      assertThat(factory.find("9000").orElseThrow().event())
          .contains(new DecisionView.Field("channel", "\"web\""));
      assertThat(sentAgain(factory)).isInstanceOf(Result.AlreadyKnown.class);
    }
  }

  /// The first payment of all, which lies in the ledger without a channel.
  private static Result sentAgain(Factory factory) {
    String[] first = Workshop.payments(1).getFirst().split(",");
    Submission submission =
        Workshop.live(
            factory,
            "payments",
            first[0],
            first[1].replace(' ', 'T'),
            first[2],
            "",
            first[3],
            first[4]);
    submission.record().setNull(3);
    return Workshop.submit(factory, List.of(submission)).getFirst();
  }

  private static Result pay(Factory factory, String id, String channel) {
    return Workshop.submit(
            factory,
            List.of(
                Workshop.live(
                    factory, "payments", id, "2018-04-29T12:00:00", "1", channel, "1", "10.00")))
        .getFirst();
  }

  @Test
  void takesOtherColumnOrdersAndSourceOrders() {
    String report;
    try (Factory factory = workshop.open()) {
      report = factory.report().toString();
    }
    workshop.withFactory(
        "      customer_id: bigint\n      terminal_id: bigint\n",
        "      terminal_id: bigint\n      customer_id: bigint\n");
    try (Factory factory = workshop.open()) {
      factory.buildFeatures(Progress.SILENT);
      assertThat(factory.report()).hasToString(report);
      assertThat(factory.parity(Progress.SILENT).mismatches()).isZero();
    }
  }

  @Test
  void refusesOtherTypesAndNamesBoth() {
    workshop.withFactory("amount: decimal(10,2)", "amount: decimal(12,2)");
    refused("source `payments`: column `amount` was decimal(10,2) and is now decimal(12,2).")
        .hasMessageContaining("\nMaybe put it back, or give the source another name");
  }

  @Test
  void refusesColumnsThatAreGoneOrNewAndNotNullable() {
    workshop.withFactory("terminal_id: bigint\n", "terminal_id: bigint\n      channel: varchar\n");
    refused("source `payments`: column `channel` varchar is new and not nullable");
    workshop.withFactory(
        "      channel: varchar\n", "      channel: {type: varchar, nullable: true}\n");
    workshop.open().close();
    workshop.withFactory("      channel: {type: varchar, nullable: true}\n", "");
    refused("source `payments`: column `channel` was varchar and is gone.");
  }

  @Test
  void takesAColumnThatMayBeNullFromNowOnAndNotTheOtherWay() throws IOException {
    workshop = new Workshop(Files.createDirectory(folder.resolve("fresh")));
    workshop.write(List.of()).open().close();
    workshop.withFactory("terminal_id: bigint\n", "terminal_id: {type: bigint, nullable: true}\n");
    workshop.open().close();
    workshop.withFactory("terminal_id: {type: bigint, nullable: true}\n", "terminal_id: bigint\n");
    refused("column `terminal_id` was bigint and nullable, and is no longer nullable.");
  }

  @Test
  void refusesASourceThatIsGone() {
    workshop.withFactory("  chargebacks:\n", "  refunds:\n");
    refused("the ledger has records of the source `chargebacks`")
        .hasMessageContaining("it declares payments, refunds.\nMaybe it was taken out or renamed");
  }

  @Test
  void takesOtherRulesFromNowOn() {
    workshop.withFactory("amount-not-negative: amount >= 0", "small: amount < 5");
    try (Factory factory = workshop.open()) {
      factory.buildFeatures(Progress.SILENT);
      factory.goOn();
      Result result =
          Workshop.submit(
                  factory,
                  List.of(
                      Workshop.live(
                          factory, "payments", "9000", "2018-04-29T12:00:00", "1", "1", "10.00")))
              .getFirst();
      assertThat(result)
          .isInstanceOfSatisfying(
              Result.Refused.class, refused -> assertThat(refused.rule()).isEqualTo("small"));
    }
  }

  @Test
  void recordsOtherPoliciesAndLeavesWhatWasDecidedByTheFormerOnes() {
    FactoryReport report;
    try (Factory factory = workshop.open()) {
      report = factory.report();
    }
    workshop.withFactory("alerts-per-day: 2", "alerts-per-day: 3");
    try (Factory factory = workshop.open()) {
      assertThat(factory.report().training()).isEqualTo(report.training());
      assertThat(counted(factory.report())).isNotEmpty().isEqualTo(counted(report));
    }
    workshop.open().close();
    List<FactoryHistory.Entry> changes =
        FactoryHistory.of(workshop.state()).entries().stream()
            .filter(entry -> entry.what().equals("policies"))
            .toList();
    assertThat(changes).hasSize(1);
    assertThat(changes.getFirst().text())
        .matches(
            "version [0-9a-f]{12}: decision.alertsPerDay: 2 → 3; flywheel.rollout.mostAlerts: 16 → 19");
    for (String id : List.of("900", "1200", "1500")) {
      DecisionAudit.Rebuilt rebuilt =
          DecisionAudit.of(
              workshop.checked(),
              workshop.state(),
              folder.resolve("scratch-" + id),
              id,
              Progress.SILENT);
      assertThat(rebuilt.agrees()).as(id).isTrue();
    }
  }

  @Test
  void refusesAnotherEntity() {
    workshop.withFactory("entity: customer_id", "entity: terminal_id");
    refused("`decision.entity` was `customer_id` and is now `terminal_id`")
        .hasMessageContaining("\nMaybe put it back");
  }

  private static List<FactoryReport.Week> counted(FactoryReport report) {
    FactoryReport.Live live = report.live();
    return live == null
        ? List.of()
        : live.weeks().stream().filter(FactoryReport.Week::counted).toList();
  }

  @Test
  void takesAFeatureQueryThatSaysTheSameInOtherWords() {
    workshop.withFeatures("SELECT tx_id,", "-- what a payment is judged by\nSELECT  tx_id,");
    try (Factory factory = workshop.open()) {
      factory.buildFeatures(Progress.SILENT);
      assertThat(factory.status().ready()).isTrue();
    }
  }

  private AbstractThrowableAssert<?, ? extends Throwable> refused(String message) {
    return assertThatThrownBy(workshop::open)
        .isInstanceOfSatisfying(
            CromfordException.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.STATE_CONFLICT))
        .hasMessageContaining(message);
  }

  private List<SourceSchema> schemas() {
    List<SourceSchema> schemas = new ArrayList<>();
    try (LedgerReader reader = LedgerReader.openReadOnly(workshop.state().resolve("ledger"))) {
      while (reader.next()) {
        if (reader.kind() == RecordKind.SCHEMA) {
          schemas.add(SourceSchema.decode(reader.body()));
        }
      }
    }
    return schemas;
  }
}
