package io.cromford.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.cromford.app.ConsoleBrowser.Look;
import io.cromford.app.ConsoleBrowser.Sight;
import io.cromford.serving.RepairOrder;
import io.cromford.serving.Repaired;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The pages Data and SQL in a real browser, on a small factory with rows in quarantine.
@Timeout(600)
class DataIT {
  private static final String HOSTILE = "<script>window.hacked=1</script>";

  private static final int HOSTILE_LINE = 6;
  private static final int KEPT_LINE = 8;
  private static final int RACED_LINE = 10;

  @TempDir private static Path folder;
  private static SmallFactory factory;
  private static ChildRun serving;
  private static ConsoleBrowser browser;

  @BeforeAll
  static void serve() throws Exception {
    factory = SmallFactory.in(folder);
    List<String> rows = new ArrayList<>(Files.readAllLines(factory.data()));
    rows.set(HOSTILE_LINE - 1, with(rows, HOSTILE_LINE, "CUSTOMER_ID", HOSTILE));
    rows.set(KEPT_LINE - 1, with(rows, KEPT_LINE, "TX_AMOUNT", "seven"));
    rows.set(RACED_LINE - 1, with(rows, RACED_LINE, "TX_AMOUNT", "eight"));
    Files.write(factory.data(), rows);
    serving = factory.live();
    browser = new ConsoleBrowser();
  }

  @AfterAll
  static void stop() throws Exception {
    ConsoleBrowser.stop(browser, serving);
  }

  private static String with(List<String> rows, int line, String column, String value) {
    String[] cells = rows.get(line - 1).split(",");
    cells[List.of(rows.getFirst().split(",")).indexOf(column)] = value;
    return String.join(",", cells);
  }

  private static Sight owner(Look look, String page) {
    Sight sight = browser.open(factory.owners(), look);
    sight.isConnected();
    sight.page().navigate(factory.access().url() + "/#/" + page);
    return sight;
  }

  @Test
  void showsSourcesFeaturesAndRefusedRowsInBothThemesAndWidths() {
    for (Look look : Look.values()) {
      try (Sight sight = owner(look, "data")) {
        sight.sees("decided on");
        sight.sees("Usual a day");
        sight.page().locator("td").getByText(" to ").first().waitFor();
        sight.sees("the newest first");
        sight.sees("as usual");
        sight.sees("amount");
        sight.isSound();
      }
    }
  }

  private static Page.LocatorOptions hasText(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }

  /// Opens the record of a line.
  private static void open(Sight sight, int line) {
    sight
        .page()
        .getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Records in quarantine"))
        .locator("tbody tr", new Locator.LocatorOptions().setHasText("payments"))
        .filter(new Locator.FilterOptions().setHasText(factory.data().getFileName() + ":" + line))
        .filter(new Locator.FilterOptions().setHasNotText("chargebacks"))
        .click();
    sight.page().locator("dialog form").waitFor();
  }

  private static Locator field(Sight sight, String column) {
    return sight.page().locator("dialog").getByLabel(column);
  }

  @Test
  void opensAHostileRowAsTextAndHasItMended() {
    try (Sight sight = owner(Look.PHONE_DARK, "data")) {
      open(sight, HOSTILE_LINE);
      assertThat(field(sight, "customer_id").inputValue()).isEqualTo(HOSTILE);
      sight.sees("is not a bigint");
      sight.isSound();
      field(sight, "customer_id").fill("nobody");
      sight.page().locator("dialog textarea[name=reason]").fill("the feed is hostile");
      sight.page().locator("dialog input[name=by]").fill("Kim");
      sight.page().locator("dialog button[type=submit]").click();
      sight.sees("Mended by Kim");
      assertThat(field(sight, "customer_id").inputValue()).isEqualTo("nobody");
      sight.isSound();
      field(sight, "customer_id").fill("596");
      sight.confirms("it is known by now", "Kim");
      sight.sees("Taken in: it is learnt from from now on.");
      assertThat(sight.page().evaluate("window.hacked")).isNull();
    }
  }

  @Test
  void saysWhoWasFirstAndOverwritesNothing() throws Exception {
    try (Sight sight = owner(Look.WIDE_LIGHT, "data")) {
      open(sight, RACED_LINE);
      sight.picture("repair");
      String title = sight.page().locator("dialog h2").textContent();
      long number = Long.parseLong(title.replaceAll("\\D", ""));
      RepairOrder order =
          new RepairOrder(number, Map.of("amount", Optional.of("8.00")), "typed wrong", "Lee");
      Repaired repaired = new RemoteControl(factory.access()).repair(order);
      assertThat(repaired.became()).isEqualTo(Repaired.Became.OBSERVATION);
      field(sight, "amount").fill("80.00");
      sight.page().locator("dialog textarea[name=reason]").fill("typed wrong");
      sight.page().locator("dialog input[name=by]").fill("Kim");
      sight.page().locator("dialog button[type=submit]").click();
      sight.sees("Lee mended it at");
      sight.forgives();
      sight.isSound();
      sight.presses("Try again");
      sight.sees("Not in quarantine any more");
      sight.isSound();
    }
  }

  @Test
  void replaysOneRuleWithAReason() {
    try (Sight sight = owner(Look.WIDE_LIGHT, "data")) {
      sight.presses("Replay type of payments");
      sight.confirms("the feed was mended", "Kim");
      sight.sees("stay in quarantine");
      sight
          .page()
          .locator("tr.opens", new Page.LocatorOptions().setHasText("type"))
          .first()
          .click();
      sight.sees("that broke");
      sight.presses("Show all rules");
      sight.isSound();
    }
  }

  @Test
  void leadsFromADecisionToItsRowInTheFile() throws Exception {
    List<String> rows = Files.readAllLines(factory.data());
    int row = rows.size() - 5;
    String id = rows.get(row).split(",")[0];
    JsonNode decision = new RemoteControl(factory.access()).get("/v1/decisions/" + id);
    assertThat(decision.path("lineage").path("file").asString())
        .isEqualTo(factory.data().getFileName().toString());
    assertThat(decision.path("lineage").path("row").asLong()).isEqualTo(row);
    try (Sight sight = owner(Look.PHONE_LIGHT, "decisions/" + id)) {
      sight.sees("Where it came from");
      sight.sees(factory.data().getFileName().toString());
      sight.isSound();
    }
  }

  @Test
  void opensAFeatureWithItsSql() {
    try (Sight sight = owner(Look.PHONE_DARK, "data")) {
      sight
          .page()
          .getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Features"))
          .locator("tr.opens", new Locator.LocatorOptions().setHasText("amount"))
          .first()
          .click();
      sight.page().locator("dialog pre").waitFor();
      assertThat(sight.page().locator("dialog pre").textContent()).contains("AS amount");
      assertThat(sight.page().locator("dialog .bars.large .bar-then").count()).isGreaterThan(3);
      assertThat(sight.page().locator("dialog .bars.large .bar-now").count()).isGreaterThan(3);
      sight.page().locator("dialog").getByText("Hollow: then").waitFor();
      sight.page().locator("dialog").getByText("Filled: now").waitFor();
      assertThat(sight.page().locator("dialog li", hasText("shift")).innerText())
          .containsPattern("(?s)shift [0-9.]+ .*an alarm above [0-9.]+");
      sight.isSound();
    }
  }

  @Test
  void answersAnyQuestionThatReadsAndSaysWhyNotToOthers() throws Exception {
    try (Sight sight = owner(Look.WIDE_LIGHT, "sql")) {
      Locator statement = sight.page().locator("textarea");
      sight.sees("position");
      statement.fill("SELECT action, count(*) AS decisions FROM decisions GROUP BY action");
      statement.press("Control+Enter");
      sight.sees("Save as CSV");
      sight.sees("pass");
      sight.isSound();
      sight.picture("sql");
      Download file = sight.page().waitForDownload(() -> sight.presses("Save as CSV"));
      assertThat(Files.readString(file.path())).startsWith("action,decisions\r\n");
      statement.fill("SELECT '" + HOSTILE + "' AS a");
      statement.press("Control+Enter");
      sight.sees(HOSTILE);
      assertThat(sight.page().evaluate("window.hacked")).isNull();
      statement.fill("DROP TABLE decisions");
      statement.press("Control+Enter");
      sight.sees("only those that read");
      statement.fill("SELECT * FROM read_csv('/etc/passwd')");
      statement.press("Control+Enter");
      sight.sees("Permission Error");
    }
  }

  @Test
  void completesTablesAndColumns() {
    try (Sight sight = owner(Look.WIDE_DARK, "sql")) {
      sight.sees("decisions");
      sight.page().getByText("columns").first().waitFor();
      Locator statement = sight.page().locator("textarea");
      statement.fill("");
      statement.pressSequentially("SELECT * FROM deci");
      sight.page().locator("#sql-words li").first().waitFor();
      sight.isSound();
      statement.press("Tab");
      assertThat(statement.inputValue()).isEqualTo("SELECT * FROM decisions ");
    }
  }

  @Test
  void asksNothingWithoutTheToken() {
    try (Sight sight = browser.open(factory.access().url() + "/#/sql", Look.PHONE_LIGHT)) {
      sight.sees("You can look, not act");
      sight.isSound();
    }
  }
}
