package io.cromford.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.cromford.app.ConsoleBrowser.Look;
import io.cromford.app.ConsoleBrowser.Sight;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// Every page of the console in a real browser, on a factory in which everything that data or
/// people can name is hostile: ids, customers, a file's name, refused rows, the factory file's
/// words, reasons, names and notes. And what the pages say where there is nothing to say.
@Timeout(600)
class ConsoleBadInputIT {
  /// Without comma and quotes, so that it may stand in each field.
  private static final String HOSTILE = "<img src=x onerror=window.hacked=1><b>";

  private static final String ID = "<img src=x onerror=window.hacked=1>/../%2f?#&'";
  private static final String DAY = "2018-04-20";
  private static final String OPEN_FROM = "2018-05-13";

  @TempDir private static Path folder;
  private static SmallFactory factory;
  private static ChildRun serving;
  private static ConsoleBrowser browser;

  @BeforeAll
  static void serve() throws Exception {
    factory = SmallFactory.in(folder);
    Path named = plant();
    Ran ran = factory.run("run", "--data", named, "--exit", "--port", 0);
    assertThat(ran.exit()).as(ran.err()).isZero();
    serving = factory.serve(0);
    browser = new ConsoleBrowser();
    act();
  }

  /// Whatever a file can hold.
  private static Path plant() throws IOException {
    factory.edit("tx_id: bigint", "tx_id: varchar");
    factory.edit("customer_id: bigint", "customer_id: varchar");
    factory.edit("terminal_id: bigint", "terminal_id: varchar");
    factory.edit(
        "purpose: Find the card payments of a day that are worth a phone call, while the card can still be blocked.",
        "purpose: '%1$s'\n  limits: ['%1$s']\n  tier: '%1$s'\n  validations: ['%1$s']"
            .formatted(HOSTILE));
    factory.edit("owner: the fraud desk", "owner: '%s'".formatted(HOSTILE));
    factory.takesVerdicts("varchar");
    Path features = factory.folder().resolve("features.sql");
    Files.writeString(features, Files.readString(features) + "\n-- " + HOSTILE + "\n");
    List<String> rows = new ArrayList<>();
    for (String row : Files.readAllLines(factory.data())) {
      String[] cells = row.split(",");
      if (!rows.isEmpty()) {
        cells[2] = HOSTILE + cells[2];
        cells[3] = HOSTILE + cells[3];
        cells[1] = rows.size() == 5 ? HOSTILE : cells[1];
      }
      rows.add(String.join(",", cells));
    }
    Path named = folder.resolve("payments " + HOSTILE + ".csv");
    Files.write(named, rows);
    Files.write(factory.data(), rows);
    factory.knowsOutcomes(ConsoleBadInputIT::isKnown);
    return named;
  }

  /// A day lacks its outcomes, so there is an alarm; the last week has none yet, so there is work.
  private static boolean isKnown(String row) {
    return !row.contains(DAY) && SmallFactory.isBefore(row, OPEN_FROM);
  }

  /// Whatever people can say.
  private static void act() throws Exception {
    decide(ID, "899.00");
    String said = "\"reason\": \"%1$s\", \"by\": \"%1$s\"".formatted(HOSTILE);
    ask("/admin/flywheel/freeze", "{%s}".formatted(said));
    String alarm =
        JsonMapper.shared().readTree(get("/v1/alarms")).get("alarms").get(0).get("key").asString();
    ask("/admin/alarms/ack", "{\"key\": \"%s\", %s}".formatted(alarm, said));
    String rules = version("last-resort");
    ask("/admin/models/propose", "{\"version\": \"%s\", %s}".formatted(rules, said));
    String alert =
        JsonMapper.shared().readTree(get("/v1/work")).get("alerts").get(0).get("id").asString();
    String work = "\"ids\": [\"%s\"], \"by\": \"%s\"".formatted(alert, HOSTILE);
    ask("/admin/work/claim", "{%s}".formatted(work));
    ask("/admin/work/note", "{%s, \"note\": \"%s\"}".formatted(work, HOSTILE));
    ask(
        "/v1/outcomes?source=verdicts",
        "{\"tx_id\": \"%s\", \"confirmed\": true, \"analyst\": \"%s\"}".formatted(ID, HOSTILE));
  }

  private static void decide(String id, String amount) throws Exception {
    ask(
        "/v1/decisions",
        "{\"tx_id\": \"%1$s\", \"ts\": \"2018-05-19T22:00:00\", \"customer_id\": \"%2$s\", \"terminal_id\": \"%2$s\", \"amount\": %3$s}"
            .formatted(id, HOSTILE, amount));
  }

  private static String version(String role) throws Exception {
    var models = JsonMapper.shared().readTree(get("/v1/models")).get("models");
    for (var line : models) {
      if (line.get("roles").toString().contains(role)) {
        return line.get("version").asString();
      }
    }
    throw new AssertionError("nobody is " + role);
  }

  private static String get(String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(HttpRequest.newBuilder(URI.create(url() + path)).build(), BodyHandlers.ofString())
          .body();
    }
  }

  private static void ask(String path, String body) throws Exception {
    HttpResponse<String> answer = factory.post(path, body);
    assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
  }

  private static String url() {
    return factory.access().url().toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @AfterAll
  static void stop() throws Exception {
    ConsoleBrowser.stop(browser, serving);
  }

  private static void shows(Sight sight, String where) {
    sight.page().locator(where).getByText(HOSTILE).first().waitFor();
    sight.isSound();
  }

  @Test
  void showsWhateverIsPlantedAsTextOnEveryPageInBothThemesAndWidths() {
    for (Look look : Look.values()) {
      try (Sight sight = browser.open(factory.owners(), look)) {
        sight.isConnected();
        sight.sees("The flywheel is frozen by " + HOSTILE);
        shows(sight, "main");
        sight.goes("decisions");
        sight.sees("50 shown.");
        shows(sight, ".found");
        sight.goes("decisions/" + encoded(ID));
        sight.page().locator("tr.this").waitFor();
        shows(sight, ".pairs");
        sight.goes("work");
        sight.presses("Claimed");
        shows(sight, "tbody");
        sight.goes("learning");
        sight.sees("Waits for a person");
        sight.sees("disturbed");
        shows(sight, "main");
        sight.goes("model/champion");
        sight.sees("Use and responsibility");
        sight.page().locator("summary").last().click();
        sight.page().locator("pre").getByText(HOSTILE).first().waitFor();
        shows(sight, ".pairs");
        sight.goes("data");
        sight.page().locator("tr.opens").getByText(HOSTILE).first().waitFor();
        shows(sight, "main");
        sight.goes("oncall");
        sight.sees("Acknowledged by " + HOSTILE);
        shows(sight, ".changes");
        sight.goes("sql");
        sight.sees("position");
        sight.isSound();
        sight.goes("nowhere/" + encoded(ID));
        sight.sees("There is no such page.");
        sight.isSound();
      }
    }
  }

  /// Were something planted, it would be noticed.
  @Test
  void noticesMarkupThatIsNoText() {
    try (Sight sight = browser.open(url(), Look.WIDE_LIGHT)) {
      sight.isConnected();
      sight.isClean();
      sight.page().evaluate("t => document.body.insertAdjacentHTML('beforeend', t)", HOSTILE);
      sight.page().waitForFunction("window.refused.some((one) => one.startsWith('script-src'))");
      assertThatThrownBy(sight::isClean).isInstanceOf(AssertionError.class);
    }
  }

  @Test
  void showsRefusedRowsResultsAndErrorsAsText() {
    try (Sight sight = browser.open(factory.owners(), Look.PHONE_DARK)) {
      sight.isConnected();
      sight.goes("data");
      sight.page().locator("tr.opens").getByText(HOSTILE).first().click();
      sight.page().locator("dialog").getByText("payments " + HOSTILE).first().waitFor();
      sight.page().locator("dialog input").first().waitFor();
      assertThat(
              (List<?>)
                  sight
                      .page()
                      .evaluate(
                          "[...document.querySelectorAll('dialog input')].map((i) => i.value)"))
          .anySatisfy(value -> assertThat(value.toString()).startsWith(HOSTILE));
      sight.isSound();
      sight.page().keyboard().press("Escape");
      sight.goes("sql");
      sight.sees("position");
      Locator statement = sight.page().locator("textarea");
      statement.fill(
          "SELECT '%1$s' AS \"%1$s\", column0 FROM (VALUES ('%1$s')) AS t(column0)"
              .formatted(HOSTILE));
      statement.press("Control+Enter");
      sight.page().locator("thead").getByText(HOSTILE).first().waitFor();
      shows(sight, "tbody");
      statement.fill("SELECT \"%s\" FROM decisions".formatted(HOSTILE));
      statement.press("Control+Enter");
      sight.page().locator(".problem").getByText(HOSTILE).first().waitFor();
      sight.forgives();
      sight.isSound();
      sight.goes("decisions");
      sight.sees("50 shown.");
      sight.page().getByLabel("Look in").fill(HOSTILE);
      sight.page().getByLabel("for", new Page.GetByLabelOptions().setExact(true)).fill(HOSTILE);
      sight.presses("Search");
      sight.page().locator(".problem").getByText(HOSTILE).first().waitFor();
      sight.forgives();
      sight.isSound();
    }
  }

  @Test
  void showsHostileDecisionsAsTheyHappen() throws Exception {
    try (Sight sight = browser.open(url(), Look.WIDE_DARK)) {
      sight.isConnected();
      sight.sees("No decision in these seconds");
      decide("<b>" + HOSTILE, "1.00");
      shows(sight, ".ticker");
    }
  }

  @Test
  void saysWhatIsSoOfWhatItDoesNotKnow() {
    try (Sight sight = browser.open(url() + "/#/decisions/nobody", Look.PHONE_LIGHT)) {
      sight.sees("there is no observation with this id");
      sight.sees("All decisions");
      sight.forgives();
      sight.isSound();
      sight.goes("model/" + encoded(HOSTILE));
      sight.sees("no model version starts with");
      sight.sees("All versions");
      sight.forgives();
      sight.isSound();
      for (String place :
          List.of("decisions/%", "model/%E0%A4%A", "//", "decisions/" + "9".repeat(5000))) {
        sight.goes(place);
        sight.page().locator("h1, .empty-title").first().waitFor();
      }
      sight.forgives();
      sight.isSound();
    }
  }

  @Test
  void goesByTheFactorysClockWhereTheBrowsersIsFarOff() {
    for (Duration ahead : List.of(Duration.ofDays(366), Duration.ofDays(-366))) {
      try (Sight sight = browser.open(factory.owners(), Look.PHONE_LIGHT, ahead)) {
        sight.isConnected();
        sight.sees("this browser’s clock is 366 d " + (ahead.isNegative() ? "behind" : "ahead"));
        sight.sees("runs on from its data");
        sight.isSound();
        for (String place : List.of("decisions", "work", "learning", "data", "oncall")) {
          sight.goes(place);
          sight.page().locator("main h2").first().waitFor();
          sight.page().locator("main .loading").first().waitFor(GONE);
          assertThat(sight.page().locator("main").innerText()).doesNotContain("NaN", "Invalid");
        }
        sight.isSound();
      }
    }
  }

  private static final Locator.WaitForOptions GONE =
      new Locator.WaitForOptions()
          .setState(com.microsoft.playwright.options.WaitForSelectorState.DETACHED);

  /// The same factory years later: its clock is the wall's now, and nothing came in meanwhile.
  @Test
  void saysSinceWhenNothingHappened() throws Exception {
    SmallFactory later = SmallFactory.in(Files.createDirectory(folder.resolve("later")));
    Ran ran = later.runToTheEnd();
    assertThat(ran.exit()).as(ran.err()).isZero();
    ChildRun child = later.serve(0, "wall");
    try (Sight sight = browser.open(later.owners(), Look.WIDE_LIGHT)) {
      sight.isConnected();
      sight.sees("Nothing was decided since");
      sight.sees("Nothing was decided in the last 26 mature weeks");
      sight.page().locator(".clock").getByText("live").waitFor();
      sight.isSound();
      sight.goes("learning");
      sight.sees("Nothing was decided since");
      sight.sees("earlier weeks are not shown");
      sight.presses("Money saved");
      sight.isSound();
      for (String place : List.of("decisions", "work", "data", "oncall")) {
        sight.goes(place);
        sight.page().locator("main h2").first().waitFor();
        sight.isSound();
      }
    } finally {
      child.terminate();
      child.end();
    }
  }

  /// What is dated after the machine's clock is refused, so that no clock goes there.
  @Test
  void isAtHomeInTheYearInWhichTimeBegan() throws Exception {
    SmallFactory far = SmallFactory.in(Files.createDirectory(folder.resolve("far")), 1970);
    Ran ran = far.runToTheEnd();
    assertThat(ran.exit()).as(ran.err()).isZero();
    ChildRun child = far.serve(0);
    try (Sight sight = browser.open(far.owners(), Look.WIDE_DARK)) {
      sight.isConnected();
      sight.page().locator(".clock").getByText("May 1970").first().waitFor();
      sight.sees("runs on from its data");
      for (String place :
          List.of("", "decisions", "work", "learning", "model/champion", "data", "oncall")) {
        sight.goes(place);
        sight.page().locator("main h2").first().waitFor();
        sight.page().locator("main .loading").first().waitFor(GONE);
        assertThat(sight.page().locator("main").innerText())
            .as(place)
            .doesNotContain("NaN", "Invalid", "1 Jan 1970");
        sight.isSound();
      }
    } finally {
      child.terminate();
      child.end();
    }
  }
}
