package io.cromford.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.cromford.app.ConsoleBrowser.Look;
import io.cromford.app.ConsoleBrowser.Sight;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The pages Decisions and Work queue in a real browser, on a small factory whose customers have
/// hostile names and whose last week has no outcomes yet.
@Timeout(300)
class ConsoleDecisionsIT {
  private static final String OPEN_FROM = "2018-05-13";
  private static final String NAME = "<script>window.hacked=1</script><img src=x onerror=hacked=1>";
  @TempDir private static Path folder;
  private static SmallFactory factory;
  private static ChildRun serving;
  private static ConsoleBrowser browser;

  @BeforeAll
  static void serve() throws Exception {
    factory = SmallFactory.in(folder);
    factory.edit("customer_id: bigint", "customer_id: varchar");
    factory.takesVerdicts("bigint");
    rename();
    factory.knowsOutcomes(row -> SmallFactory.isBefore(row, OPEN_FROM));
    serving = factory.live();
    browser = new ConsoleBrowser();
  }

  /// Gives all customers names that are none.
  private static void rename() throws IOException {
    List<String> rows = new ArrayList<>();
    for (String row : Files.readAllLines(factory.data())) {
      String[] cells = row.split(",");
      if (!rows.isEmpty()) {
        cells[2] = NAME + cells[2];
      }
      rows.add(String.join(",", cells));
    }
    Files.write(factory.data(), rows);
  }

  @AfterAll
  static void stop() throws Exception {
    ConsoleBrowser.stop(browser, serving);
  }

  private static String url() {
    return factory.access().url().toString();
  }

  private static void goTo(Sight sight, String link) {
    sight
        .page()
        .getByRole(AriaRole.NAVIGATION)
        .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(link).setExact(true))
        .click();
  }

  private static void isNotHacked(Sight sight) {
    assertThat(sight.page().evaluate("window.hacked === undefined")).isEqualTo(true);
    assertThat(sight.page().locator("main script, main img").count()).isZero();
  }

  private static Locator alerts(Sight sight) {
    return sight.page().locator("[data-id]");
  }

  private static void says(Sight sight, String name) {
    sight.page().locator(".name-field input").fill(name);
  }

  private static void tick(Sight sight, String id) {
    sight.page().getByLabel("Row " + id, new Page.GetByLabelOptions().setExact(true)).check();
  }

  @Test
  void isSoundInBothThemesAndWidthsWhateverCustomersAreCalled() {
    for (Look look : Look.values()) {
      try (Sight sight = browser.open(url(), look)) {
        sight.isConnected();
        goTo(sight, "Work queue");
        sight.sees("Left of today’s budget");
        sight.sees(NAME);
        sight.isSound();
        goTo(sight, "Decisions");
        sight.sees("50 shown.");
        sight.sees(NAME);
        sight.isSound();
        sight.page().locator("tbody tr.opens a").first().click();
        sight.sees("Its features against what is usual");
        sight.page().locator(".signed-bar").first().waitFor();
        sight.page().locator("tr.this").waitFor();
        sight.isSound();
        isNotHacked(sight);
      }
    }
  }

  @Test
  void looksForACardWithoutPuttingItIntoAnAddress() {
    try (Sight sight = browser.open(url(), Look.WIDE_LIGHT)) {
      goTo(sight, "Decisions");
      sight.sees("50 shown.");
      String name = sight.page().locator("tbody tr.opens td:nth-child(5)").first().innerText();
      assertThat(name).startsWith(NAME);
      sight.page().getByLabel("for", new Page.GetByLabelOptions().setExact(true)).fill(name);
      sight.presses("Search");
      sight.page().locator(".found[aria-busy=false]").waitFor();
      sight
          .page()
          .waitForCondition(() ->
              sight.page().locator("tbody tr.opens td:nth-child(5)").allInnerTexts().stream()
                  .allMatch(name::equals));
      assertThat(sight.requests()).noneMatch(request -> request.contains("script"));
      sight.page().getByLabel("Look in").fill("custmer_id");
      sight.presses("Search");
      sight.sees("Maybe you meant `customer_id`");
      sight.forgives();
      isNotHacked(sight);
    }
  }

  /// Years of decisions are gone through beside the serving; no address and no log has a word of
  /// it.
  @Test
  void looksForOlderOnesAsAJob() throws Exception {
    try (Sight sight = browser.open(factory.owners(), Look.WIDE_LIGHT)) {
      goTo(sight, "Decisions");
      sight.sees("50 shown.");
      sight.presses("Search older too");
      sight.sees("1,050 shown.");
      sight.isSound();
      assertThat(sight.requests())
          .anyMatch(request -> request.matches(".*/v1/decisions/searches/[0-9a-f-]{36}"))
          .noneMatch(request -> request.contains("script"));
      isNotHacked(sight);
    }
    assertThat(serving.said()).doesNotContain("hacked");
  }

  /// The same queue from a terminal.
  @Test
  void worksOnAlertsByTheCommandLine() {
    Ran listed = factory.run("work list", "--status", "open", "--limit", 3);
    assertThat(listed.exit()).as(listed.err()).isZero();
    assertThat(listed.out().lines()).hasSize(4).last().asString().startsWith("today ");
    String id = listed.out().substring(0, listed.out().indexOf(' '));
    assertThat(factory.run("work claim", id).exit()).isZero();
    assertThat(factory.run("work note", id, "--note", "called\u001btwice").exit()).isZero();
    assertThat(factory.run("work list", "--status", "claimed").out())
        .contains(id, "held by ", "wrote: called?twice");
    Ran wrong = factory.run("work close", id, "--code", "done");
    assertThat(wrong.exit()).isEqualTo(2);
    assertThat(wrong.err())
        .contains("`done` is no reason code.\nMaybe one of fraud-confirmed, genuine-confirmed");
    assertThat(factory.run("work close", id, "--code", "unreachable").exit()).isZero();
    assertThat(factory.run("work list", "--status", "closed").out())
        .contains(id, "unreachable, by");
    assertThat(factory.run("work reopen", id, "--note", "they called").exit()).isZero();
    assertThat(factory.run("work release", "4711").err()).contains("Maybe");
  }

  @Test
  void saysWhyThereIsNoDecision() throws Exception {
    String bad =
        "{\"tx_id\": 900001, \"ts\": \"2018-05-27T00:00:00\", \"customer_id\": \"x\", \"terminal_id\": 1, \"amount\": -1}";
    assertThat(factory.post("/v1/decisions", bad).statusCode()).isEqualTo(422);
    try (Sight sight = browser.open(url() + "/#/decisions/nobody", Look.WIDE_LIGHT)) {
      sight.sees("there is no observation with this id");
      sight.page().navigate(url() + "/#/decisions/900001");
      sight.sees("lies in quarantine since");
      sight.page().navigate(url() + "/#/decisions/0");
      sight.sees("when nothing was decided yet");
      sight.page().navigate(url() + "/#/decisions/%3Cscript%3Ewindow.hacked=1%3C%2Fscript%3E");
      sight.sees("<script>window.hacked=1</script>");
      isNotHacked(sight);
    }
  }

  @Test
  void worksOnAlertsByKeysAndTakesNoneFromAnother() {
    try (Sight kim = browser.open(factory.owners(), Look.WIDE_LIGHT);
        Sight lee = browser.open(factory.owners(), Look.WIDE_DARK)) {
      goTo(kim, "Work queue");
      goTo(lee, "Work queue");
      alerts(kim).first().waitFor();
      String id = alerts(kim).first().innerText();
      tick(lee, id);
      says(lee, "lee");
      says(kim, "kim");
      tick(kim, id);
      kim.page().keyboard().press("c");
      kim.sees("Claimed: " + id);
      lee.page()
          .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("c Claim").setExact(true))
          .click();
      lee.sees("was claimed by kim at");
      lee.forgives();
      tick(kim, id);
      kim.page().keyboard().press("x");
      kim.page().locator("dialog select[name=code]").selectOption("unreachable");
      kim.confirms(NAME, "kim");
      kim.page().waitForCondition(() -> !alerts(kim).allInnerTexts().contains(id));
      kim.presses("Closed");
      kim.sees("unreachable: " + NAME + " (kim)");
      isNotHacked(kim);
      kim.isSound();
    }
  }

  @Test
  void takesAVerdictByOneKeyAndUndoesItByAnother() throws Exception {
    try (Sight sight = browser.open(factory.owners(), Look.WIDE_LIGHT)) {
      goTo(sight, "Work queue");
      alerts(sight).last().waitFor();
      String id = alerts(sight).last().innerText();
      sight.page().navigate(url() + "/#/decisions/" + id);
      sight.sees("Nobody has said yet what it was.");
      says(sight, "kim");
      sight.page().locator("h1").click();
      sight.page().keyboard().press("f");
      sight.sees("fraud (verdict)");
      sight.sees("by verdicts");
      sight.page().keyboard().press("u");
      sight.sees("taken back");
      sight.page().keyboard().press("g");
      sight.sees("genuine (verdict)");
      sight.page().keyboard().press("u");
      sight.sees("taken back");
      sight.page().waitForCondition(() -> seen(id).contains("\"by\":\"kim\""));
      sight.isSound();
    }
  }

  /// Who saw the score of an alert, as the factory says it.
  private static String seen(String id) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      String view =
          client
              .send(
                  HttpRequest.newBuilder(URI.create(url() + "/v1/decisions/" + id)).build(),
                  BodyHandlers.ofString())
              .body();
      return view.substring(view.indexOf("\"seen\":"));
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void showsDecisionsAsTheyHappen() throws Exception {
    try (Sight sight = browser.open(url() + "/#/decisions", Look.WIDE_LIGHT)) {
      sight.isConnected();
      sight.sees("No decision since this page was opened.");
      String payment =
          "{\"tx_id\": 900002, \"ts\": \"2018-05-19T22:00:00\", \"customer_id\": \"%s\", \"terminal_id\": 1, \"amount\": 10}"
              .formatted("<b>x</b>");
      assertThat(factory.post("/v1/decisions", payment).statusCode()).isEqualTo(200);
      sight.page().locator(".live-frame").getByText("900002").waitFor();
      isNotHacked(sight);
    }
  }
}
