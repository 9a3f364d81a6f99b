package io.cromford.serving.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cromford.core.Cases;
import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.core.Problem;
import io.cromford.intake.Arrival;
import io.cromford.intake.Cleaning;
import io.cromford.intake.SourceDefinition;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class FactoryFileTest {
  @TempDir Path folder;

  @Test
  void readsTheExample() {
    FactoryDefinition factory =
        FactoryFile.read(FactoryTexts.EXAMPLE, Map.of("data", "/d/payments.csv")).orThrow();
    SourceDefinition payments = factory.data().observations();
    assertThat(factory.about().name()).isEqualTo("card-fraud");
    assertThat(payments.terms().clean()).isEqualTo(Map.of("amount", List.of(new Cleaning.Round())));
    assertThat(payments.reading().path()).isEqualTo("/d/payments.csv");
    assertThat(factory.data().outcomes().timing().arrival())
        .isEqualTo(new Arrival.After("payments", "ts", Duration.ofDays(7)));
    assertThat(factory.data().label())
        .isEqualTo(
            new LabelDefinition(
                "chargebacks",
                "fraud",
                Duration.ofDays(7),
                false,
                List.of(
                    new LabelDefinition.Provisional("verdicts", "confirmed", Duration.ofDays(1)))));
    assertThat(factory.data().source("verdicts").reading()).as("over the endpoint alone").isNull();
    assertThat(factory.learning().goLive()).isEqualTo(Instant.parse("2018-05-06T00:00:00Z"));
    assertThat(factory.decision().costs())
        .isEqualTo(
            new DecisionDefinition.CostsDefinition(
                "EUR", 5, new DecisionDefinition.Missed.Column("amount")));
    assertThat(factory.data().generate()).isNull();
  }

  @Test
  void readsProvisionalKindsInTheOrderOfTheirTrust() {
    String kinds =
        """
          hints:
            kind: outcome
            of: payments.tx_id
            schema: {tx_id: bigint, suspected: boolean}
            arrival: {after: payments.ts, delay: 1h}
        # Without --data\
        """;
    String confirmed = "{column: confirmed, maturity: 1d}";
    String text =
        FactoryTexts.exampleWith("# Without --data", kinds)
            .replace(confirmed, confirmed + ", {column: suspected, maturity: 2h}");
    LabelDefinition label =
        FactoryFile.read(FactoryTexts.write(folder, text), Map.of("data", "/d/payments.csv"))
            .orThrow()
            .data()
            .label();
    assertThat(label.source()).isEqualTo("chargebacks");
    assertThat(label.provisional())
        .containsExactly(
            new LabelDefinition.Provisional("verdicts", "confirmed", Duration.ofDays(1)),
            new LabelDefinition.Provisional("hints", "suspected", Duration.ofHours(2)));
  }

  @Test
  void standsTheGeneratedFileForDataThatIsNotGiven() {
    DataDefinition data = FactoryFile.read(FactoryTexts.EXAMPLE, Map.of()).orThrow().data();
    Path file =
        FactoryTexts.EXAMPLE.resolve("state/generated/card-payments-full-7.csv").toAbsolutePath();
    assertThat(data.generate().file()).isEqualTo(file);
    assertThat(data.observations().reading().path()).isEqualTo(file.toString());
  }

  @Test
  void startsRelativePathsFromTheFactoryFolder() {
    String text = FactoryTexts.exampleWith("csv: ${data}", "csv: in/*.csv.gz");
    FactoryDefinition factory =
        FactoryFile.read(FactoryTexts.write(folder, text), Map.of()).orThrow();
    assertThat(factory.data().observations().reading().path())
        .isEqualTo(folder.toAbsolutePath() + "/in/*.csv.gz");
  }

  @Test
  void takesTheDefaultOfAVariableThatIsNotGiven() {
    String text = FactoryTexts.exampleWith("port: 8080", "port: \"${port:9090}\"");
    Path factory = FactoryTexts.write(folder, text);
    assertThat(FactoryFile.read(factory, Map.of()).orThrow().serve().port()).isEqualTo(9090);
    assertThat(FactoryFile.read(factory, Map.of("port", "1")).orThrow().serve().port())
        .isEqualTo(1);
  }

  @Test
  void readsWhereAlarmsGo() {
    assertThat(FactoryFile.read(FactoryTexts.EXAMPLE, Map.of()).orThrow().serve().alarms())
        .isEqualTo(AlarmsDefinition.NONE);
    String text =
        FactoryTexts.exampleWith(
            "serve: {port: 8080}",
            """
            alarms:
              webhook: {url: "https://a.example/hook?x=1", secret-env: ALARMS_SECRET}
              alertmanager: {url: "http://127.0.0.1:9093"}
              repeat-after: 2h
              runbook: https://wiki.example/alarms
            """);
    AlarmsDefinition alarms =
        FactoryFile.read(FactoryTexts.write(folder, text), Map.of()).orThrow().serve().alarms();
    assertThat(alarms)
        .isEqualTo(
            new AlarmsDefinition(
                new AlarmsDefinition.Webhook(
                    URI.create("https://a.example/hook?x=1"), "ALARMS_SECRET"),
                URI.create("http://127.0.0.1:9093"),
                Duration.ofHours(2),
                "https://wiki.example/alarms"));
  }

  /// A change to the example, and what is said about it. The place is checked with it.
  private record Mistake(String old, String replacement, List<String> said) {}

  private static Mistake mistake(String old, String replacement, String... said) {
    return new Mistake(old, replacement, List.of(said));
  }

  private static final List<Mistake> MISTAKES =
      List.of(
          mistake(
              "event-time:",
              "event-tme:",
              "factory.yaml:26:5: `sources.payments` has no key `event-tme`.\n"
                  + "Maybe you meant `event-time`; there are kind, of, schema, id, event-time,",
              "the observation `payments` lacks `event-time`.\nMaybe add `event-time: {column: …}`"),
          mistake(
              "[{column: confirmed, maturity: 1d}]",
              "[{column: frau, maturity: 1d}]",
              "no outcome has a column `frau`.\nMaybe you meant `fraud`"),
          mistake(
              "[{column: confirmed, maturity: 1d}]",
              "[{column: fraud, maturity: 7d}]",
              "a provisional outcome takes as long as the label.\nMaybe write a maturity shorter",
              "`chargebacks` tells two kinds of outcomes.\nMaybe name a column of another source"),
          mistake(
              "maturity: 7d",
              "maturity: 7 days",
              "`label.maturity` is `7 days`, not a duration.\nMaybe write it like `7d`"),
          mistake(
              "clean: {amount: round}",
              "clean: {amout: round}",
              "source `payments` has no column `amout`.\n"
                  + "Maybe you meant `amount`; there are tx_id, ts, customer_id, terminal_id, amount."),
          mistake(
              "clean: {amount: round}",
              "clean: {amount: rund}",
              "`sources.payments.clean.amount` is `rund`, not one of `trim`, `round`."),
          mistake(
              "large: amount >= 100",
              "large: amont >= 100",
              "segment `large`: ",
              "Maybe you meant `amount`"),
          mistake(
              "amount-not-negative: amount >= 0",
              "amount-not-negative: amuont >= 0",
              "factory.yaml:28:34: ",
              "amuont",
              "Maybe you meant `amount`"),
          mistake(
              "amount: decimal(10,2)",
              "amount: decimal(30,2)",
              "`sources.payments.schema.amount` is `decimal(30,2)`, not a column's type.\nMaybe one of"),
          mistake("entity: customer_id", "entity: costumer_id", "Maybe you meant `customer_id`"),
          mistake(
              "least-gain: 0.01",
              "least-gain: 0.6",
              "no challenger gains 0.6 of the metric: none would ever be promoted."),
          mistake(
              "confidence: 0.95\n  least-gain: 0.01",
              "confidence: 0.5\n  least-gain: 0",
              "nearly every second challenger that is no better would be promoted.\nMaybe write"),
          mistake(
              "segment-loss-at-most: 0.05",
              "segment-loss-at-most: 1",
              "a challenger may lose everything on a segment."),
          mistake(
              "shadow: 1d", "shadow: 6d", "a challenger would find the one before it still on its"),
          mistake("keep-warm: 14d", "keep-warm: 8d", "is let go before the outcomes tell"),
          mistake("shadow: 1d", "shadow: 0d", "there is a canary, but no shadow before it."),
          mistake("  entity: customer_id ", "", "`decision` lacks `entity`.\nMaybe add it."),
          mistake("trials: 20", "trials: 0", "`training.trials` is `0`, not a whole number"),
          mistake("trials: 20", "trials:", "`training.trials` is empty; it has to be"),
          mistake(
              "trials: 20",
              "trials: \"20\"",
              "is the text `20`, not a whole number",
              "without quotes"),
          mistake("entity: customer_id", "entity: true", "is true, not a name"),
          mistake("trials: 20", "trials: [20]", "`training.trials` is a list, not a whole number"),
          mistake("trials: 20", "trials: 20\n  trials: 30", "is there twice, first on line 77"),
          mistake(
              "of: payments.tx_id",
              "of: payment.tx_id",
              "`payment` is no observation.\nMaybe you meant"),
          mistake(
              "of: payments.tx_id",
              "of: payments.ts",
              "the id of `payments` is `tx_id`, not `ts`.\nMaybe write `payments.tx_id`."),
          mistake(
              "after: payments.ts",
              "after: payments.amount",
              "the event time of `payments` is `ts`"),
          mistake(
              "{tx_id: bigint, fraud: boolean}",
              "{tx_id: varchar, fraud: boolean}",
              "the id of `chargebacks` is a varchar, that of `payments` a bigint."),
          mistake(
              "{tx_id: bigint, fraud: boolean}",
              "{tx_id: bigint, fraud: varchar}",
              "the label `fraud` is a varchar",
              "map its words"),
          mistake(
              "{tx_id: bigint, fraud: boolean}",
              "{tx_id: bigint, fraud: boolean, amount: double}",
              "`amount` is a column of `chargebacks` and of `payments`"),
          mistake("column: fraud,", "column: frau,", "no outcome has a column `frau`.", "`fraud`"),
          mistake("delay: 7d", "delay: 9d", "learnt as unknown", "the delay of `chargebacks`"),
          mistake(
              "kind: outcome\n",
              "kind: observation\n",
              "no source is an outcome",
              "second observation"),
          mistake(
              "column: ts, zone",
              "column: amount, zone",
              "the event time `amount` is a decimal(10,2)"),
          mistake("zone: UTC", "zone: Utopia", "is `Utopia`, not a time zone."),
          mistake(
              "go-live: 2018-05-06", "go-live: 2018-02-30", "not a moment.\nMaybe write it like"),
          mistake("investigation: 5 EUR", "investigation: 5", "not an amount of money"),
          mistake("missed: amount", "missed: 40 USD", "costs are in EUR and in USD."),
          mistake("missed: amount", "missed: ts", "`ts` is a timestamp, no amount of money."),
          mistake("{action: none}", "{action: block}", "blocks without an end", "`for: 14d`"),
          mistake("confidence: 0.95", "confidence: 95", "a number from 0.5 to 0.9999"),
          mistake("csv: ${data}", "csv: ${date}", "the variable `date` has no value."),
          mistake(
              "csv: ${data}", "csv: ${data", "is not a variable.\nMaybe write it like `${data}`"),
          mistake("      csv: ${data}\n", "", "`read` of `payments` names no files."),
          mistake("csv: ${data}\n", "csv: a\n      json: b\n", "names files twice"),
          mistake("factory: card-fraud", "factory: Card Fraud", "small letters, digits and dashes"),
          mistake("factory: card-fraud", "factory:\tcard-fraud\n\tx", "this is not YAML:"),
          mistake(
              "factory: card-fraud", "factory: &a card-fraud", "anchors and aliases are not read"),
          mistake("serve: {port: 8080}", "serve: {port: 80800}", "from 0 to 65535"),
          mistake(
              "serve: {port: 8080}",
              "alarms: {webhook: {url: \"ftp://a/b\"}}",
              "`alarms.webhook.url` is `ftp://a/b`, not a URL of http or https"),
          mistake(
              "serve: {port: 8080}",
              "alarms: {webhook: {url: \"https://me:secret@a/b\"}}",
              "without a user or a fragment.\nMaybe write it like"),
          mistake(
              "serve: {port: 8080}",
              "alarms: {webhook: {url: \"https://a/b\", secret-env: 5e3a}}",
              "`alarms.webhook.secret-env` is `5e3a`, not the name of an environment variable.\n"
                  + "Maybe write it like `ALARMS_SECRET`; the secret itself has no place in the file."),
          mistake(
              "serve: {port: 8080}",
              "alarms: {repeat-after: 4h}",
              "alarms are repeated, but they go nowhere.\nMaybe add `webhook:"),
          mistake(
              "serve: {port: 8080}",
              "alarms: {alertmanager: {url: \"http://a/api/v2/alerts\"}}",
              "is not the base URL.\nMaybe write it like"),
          mistake(
              "serve: {port: 8080}",
              "alarms: {repeat-after: 5s, alertmanager: {url: \"http://a\"}}",
              "more often than once a minute.\nMaybe write it like `4h`."),
          mistake(
              "promote: auto",
              "promote: auto\n  envelope: {learners: [xgboost], parameters: {dept: {from: 1, to: 2}}}",
              "no learner that competes has a parameter `dept`.\nMaybe you meant `depth`"),
          mistake(
              "promote: auto",
              "promote: auto\n  envelope: {parameters: {depth: {from: 3, to: 2}}}",
              "no `depth` lies from 3.0 to 2.0.\nMaybe write the smaller one first."),
          mistake(
              "promote: auto",
              "promote: auto\n  envelope: {features: latest}",
              "not the hash of a feature view, or `current`.\nMaybe write `current`"),
          mistake("retrain-every: 7d", "retrain-every: 3d", "at least as long as the test"),
          mistake("window: 56d", "window: 7d", "write a longer window"),
          mistake("serve: {port: 8080}", "--- \nx: y", "a second document starts here"));

  @TestFactory
  List<DynamicTest> saysWhatIsWrongWhereAndWhatToWrite() {
    return MISTAKES.stream()
        .map(mistake ->
            DynamicTest.dynamicTest(
                mistake.replacement().isBlank() ? mistake.old() : mistake.replacement(),
                () -> {
                  String text = FactoryTexts.exampleWith(mistake.old(), mistake.replacement());
                  assertThat(said(text)).contains(mistake.said());
                }))
        .toList();
  }

  @Test
  void saysEverythingAtOnceInTheOrderOfTheFile() {
    String text =
        FactoryTexts.exampleWith("maturity: 7d", "maturity: soon")
            .replace("clean: {amount: round}", "clean: {amout: round}")
            .replace("promote: auto", "promote: maybe")
            .replace("trials: 20", "tirals: 20");
    List<Problem> problems = problems(text);
    assertThat(problems).hasSize(5);
    assertThat(problems).extracting(Problem::line).isSorted();
    assertThat(problems).allMatch(problem -> problem.column() > 0 && !problem.advice().isEmpty());
  }

  @Test
  void refusesWhatIsLargerThanAFactoryFileCanBe() {
    assertThat(said("a: " + "[".repeat(500))).contains("nested more than 20 deep");
    assertThat(said("# " + "x".repeat(YamlReader.MAX_LENGTH))).contains("more than 1,048,576");
    assertThat(said("")).contains("the file is empty.\nMaybe start with `cromford init DIR`.");
    assertThat(said("just a text")).contains("the file is `just a text`, not a section.");
  }

  @Test
  void refusesAFolderWithoutAFactoryFile() {
    assertThatThrownBy(() -> FactoryFile.read(folder, Map.of()))
        .isInstanceOfSatisfying(
            CromfordException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND))
        .hasMessageContaining("there is no")
        .hasMessageContaining("\nMaybe make a factory with `cromford init");
  }

  @Test
  void refusesAFileThatIsNotText() throws IOException {
    Files.write(folder.resolve(FactoryFile.NAME), new byte[] {(byte) 0xC3, 0x28});
    assertThatThrownBy(() -> FactoryFile.read(folder, Map.of()))
        .isInstanceOf(CromfordException.class)
        .hasMessageContaining("is not UTF-8 text");
  }

  /// Whatever is typed: a definition or problems with places in the file, never an exception.
  @Test
  void survivesAnyText() {
    String example = FactoryTexts.example();
    String signs = " \n\t:{}[],-#&*!|>'\"%@`$7dx~";
    Cases.check(
        400,
        random -> {
          StringBuilder text = new StringBuilder(example);
          for (int change = random.nextInt(1, 6); change > 0; change--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(3)) {
              case 0 -> text.deleteCharAt(at);
              case 1 -> text.insert(at, signs.charAt(random.nextInt(signs.length())));
              default -> text.delete(at, Math.min(text.length(), at + random.nextInt(40)));
            }
          }
          long lines = text.chars().filter(c -> c == '\n').count() + 1;
          FactoryReading reading =
              FactoryFile.read(FactoryTexts.write(folder, text.toString()), Map.of());
          if (reading instanceof FactoryReading.Invalid(var problems)) {
            assertThat(problems).isNotEmpty();
            assertThat(problems)
                .allSatisfy(problem -> assertThat((long) problem.line()).isBetween(1L, lines + 1));
          }
        });
  }

  private String said(String text) {
    return String.join("\n", problems(text).stream().map(Problem::toString).toList());
  }

  private List<Problem> problems(String text) {
    FactoryReading reading = FactoryFile.read(FactoryTexts.write(folder, text), Map.of());
    assertThat(reading).isInstanceOf(FactoryReading.Invalid.class);
    return ((FactoryReading.Invalid) reading).problems();
  }
}
