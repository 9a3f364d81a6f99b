package io.cromford.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.cromford.app.ConsoleBrowser.Look;
import io.cromford.app.ConsoleBrowser.Sight;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What can be done on the pages Decisions, Work queue and Data, by whom, and what is asked before.
@Timeout(600)
class ConsoleActionsIT {
  private static final int REFUSED_ROWS = 60;

  @TempDir private static Path folder;
  private static SmallFactory factory;
  private static ChildRun serving;
  private static ConsoleBrowser browser;

  @BeforeAll
  static void serve() throws Exception {
    factory = SmallFactory.in(folder);
    factory.takesVerdicts("bigint");
    factory.knowsOutcomes(row -> SmallFactory.isBefore(row, "2018-05-13"));
    List<String> rows = new ArrayList<>(Files.readAllLines(factory.data()));
    int amount = List.of(rows.getFirst().split(",")).indexOf("TX_AMOUNT");
    for (int row = 1; row <= REFUSED_ROWS; row++) {
      String[] cells = rows.get(row).split(",");
      cells[amount] = "eight";
      rows.set(row, String.join(",", cells));
    }
    Files.write(factory.data(), rows);
    serving = factory.live();
    browser = new ConsoleBrowser();
  }

  @AfterAll
  static void stop() throws Exception {
    ConsoleBrowser.stop(browser, serving);
  }

  private static String url() {
    return factory.access().url().toString();
  }

  private static JsonNode get(String path) {
    return new RemoteControl(factory.access()).get(path);
  }

  /// The alerts that nobody looks after, the most money at risk first.
  private static List<String> open() {
    return StreamSupport.stream(get("/v1/work?status=open").path("alerts").spliterator(), false)
        .map(alert -> alert.path("id").asString())
        .toList();
  }

  private static void claims(String who, String id) throws Exception {
    String body = "{\"ids\": [\"%s\"], \"by\": \"%s\"}".formatted(id, who);
    assertThat(factory.post("/admin/work/claim", body).statusCode()).isEqualTo(200);
  }

  private static void decides(int id) throws Exception {
    String payment =
        "{\"tx_id\": %d, \"ts\": \"2018-05-19T22:00:00\", \"customer_id\": 5, \"terminal_id\": 1, \"amount\": 10}"
            .formatted(id);
    assertThat(factory.post("/v1/decisions", payment).statusCode()).isEqualTo(200);
  }

  /// A page of the owner, who says who they are where it is asked.
  private static Sight owner(String page, String name) {
    Sight sight = browser.open(factory.owners(), Look.WIDE_LIGHT);
    sight.isConnected();
    sight.goes(page);
    if (!name.isEmpty()) {
      sight.page().locator(".name-field input").fill(name);
    }
    return sight;
  }

  private static void ticks(Sight sight, String id) {
    sight.page().getByLabel("Row " + id, new Page.GetByLabelOptions().setExact(true)).check();
  }

  private static void presses(Sight sight, String key) {
    sight.page().locator("h1").click();
    sight.page().keyboard().press(key);
  }

  private static Locator button(Sight sight, String name) {
    return sight
        .page()
        .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static Locator dialog(Sight sight) {
    return sight.page().locator("dialog");
  }

  private static long verdicts(Sight sight) {
    return sight.requests().stream().filter(request -> request.contains("/v1/outcomes")).count();
  }

  private static void isUntouched(Sight sight) {
    assertThat(verdicts(sight)).isZero();
    assertThat(sight.requests()).noneMatch(request -> request.contains("/admin/"));
  }

  @Test
  void doesNothingWithoutTheTokenOrAName() {
    String id = open().getLast();
    try (Sight visitor = browser.open(url() + "/#/decisions/" + id, Look.WIDE_LIGHT)) {
      visitor.sees("Nobody has said yet what it was.");
      visitor.sees("You can look, not act");
      for (String name : List.of("f Fraud", "g Genuine", "u Undo")) {
        assertThat(button(visitor, name).isDisabled()).as(name).isTrue();
      }
      presses(visitor, "f");
      visitor.page().locator(".toast").getByText("You can look, not act").waitFor();
      visitor.goes("work");
      ticks(visitor, id);
      assertThat(button(visitor, "f Fraud").isDisabled()).isTrue();
      presses(visitor, "g");
      visitor.page().locator(".toast").getByText("You can look, not act").last().waitFor();
      visitor.isSound();
      isUntouched(visitor);
    }
    try (Sight nobody = owner("decisions/" + id, "")) {
      nobody.page().locator(".verdict").getByText("Say who you are first").waitFor();
      assertThat(button(nobody, "f Fraud").isDisabled()).isTrue();
      presses(nobody, "f");
      nobody.page().locator(".toast").getByText("Say who you are first").waitFor();
      nobody.isSound();
      isUntouched(nobody);
      nobody.page().locator(".name-field input").fill("kim");
      assertThat(button(nobody, "f Fraud").isDisabled()).isFalse();
    }
  }

  @Test
  void releasesWhatAColleagueHoldsForAReason() throws Exception {
    String id = open().getFirst();
    try (Sight lee = owner("work", "lee")) {
      ticks(lee, id);
      claims("kim", id); // behind lee's back, as it were
      presses(lee, "r");
      lee.sees("Claimed by kim.");
      lee.forgives();
      lee.isSound();
      lee.confirms("kim is ill", "lee");
      lee.sees("Released: " + id);
      lee.page().locator("tbody").getByText("kim is ill (lee)").waitFor();
      assertThat(open()).contains(id);
    }
  }

  @Test
  void closesWhatAColleagueHoldsForAReason() throws Exception {
    String id = open().getFirst();
    try (Sight lee = owner("work", "lee")) {
      ticks(lee, id);
      presses(lee, "x");
      dialog(lee).locator("select[name=code]").selectOption("unreachable");
      claims("kim", id); // while lee writes
      dialog(lee).locator("textarea[name=reason]").fill("nobody there");
      dialog(lee).locator("button[type=submit]").click();
      dialog(lee).getByText("leave it to them; if you close it nevertheless").waitFor();
      lee.forgives();
      lee.isSound();
      lee.confirms("nobody there", "lee");
      lee.presses("Closed");
      lee.page().locator("tbody").getByText("unreachable: nobody there (lee)").first().waitFor();
      JsonNode work = get("/v1/decisions/" + id).path("work");
      assertThat(work.path("closed").path("by").asString()).isEqualTo("lee");
    }
  }

  @Test
  void asksBeforeItJudgesManyAndTakesBackOnlyWhatWasSaid() {
    List<String> ids = open().subList(2, 4);
    try (Sight kim = owner("work", "kim")) {
      ids.forEach(id -> ticks(kim, id));
      presses(kim, "u");
      kim.sees("There is no verdict on");
      presses(kim, "f");
      dialog(kim).getByText("Mark as fraud: 2 alerts").waitFor();
      ids.forEach(id -> dialog(kim).getByText(id).waitFor());
      kim.isSound();
      kim.page().keyboard().press("Escape");
      kim.hasNoDialog();
      assertThat(verdicts(kim)).isZero();
      presses(kim, "f");
      dialog(kim).locator("button[type=submit]").click();
      kim.hasNoDialog();
      for (String id : ids) {
        JsonNode view = get("/v1/decisions/" + id);
        assertThat(view.path("said").get(0).path("positive").asBoolean()).isTrue();
        assertThat(view.path("work").path("seen").get(0).path("by").asString()).isEqualTo("kim");
      }
      assertThat(verdicts(kim)).isEqualTo(2);
      kim.presses("Answered");
      ids.forEach(id -> ticks(kim, id));
      presses(kim, "u");
      dialog(kim).getByText("Take back: 2 alerts").waitFor();
      dialog(kim).locator("button[type=submit]").click();
      kim.hasNoDialog();
      assertThat(open()).containsAll(ids);
    }
  }

  @Test
  void judgesOneByAKeyFromTheQueueAndTakesItBackByAnother() {
    String id = open().get(4);
    try (Sight kim = owner("work", "kim")) {
      ticks(kim, id);
      presses(kim, "g");
      kim.sees("Marked as genuine: " + id);
      JsonNode work = get("/v1/decisions/" + id).path("work");
      assertThat(work.path("seen").get(0).path("by").asString()).isEqualTo("kim");
      kim.presses("Answered");
      ticks(kim, id);
      presses(kim, "u");
      kim.sees("Verdict taken back: " + id);
      assertThat(open()).contains(id);
      assertThat(verdicts(kim)).isEqualTo(2);
    }
  }

  @Test
  void saysWhichOfManyFailedAndTriesThemAlone() {
    List<String> ids = open().subList(5, 7);
    String refused = ids.getFirst();
    try (Sight kim = owner("work", "kim")) {
      kim.page().route("**/v1/outcomes*", route -> refuse(route, refused));
      ids.forEach(id -> ticks(kim, id));
      presses(kim, "f");
      dialog(kim).locator("button[type=submit]").click();
      dialog(kim).getByText("not " + refused + ": the disk is full").waitFor();
      kim.forgives();
      assertThat(open()).contains(refused).doesNotContain(ids.getLast());
      kim.page().unroute("**/v1/outcomes*");
      long before = verdicts(kim);
      dialog(kim).locator("button[type=submit]").click();
      kim.hasNoDialog();
      assertThat(verdicts(kim) - before).isEqualTo(1);
      assertThat(open()).doesNotContainAnyElementsOf(ids);
      kim.isSound();
    }
  }

  private static void refuse(Route route, String id) {
    if (route.request().postData().contains(id)) {
      route.fulfill(
          new Route.FulfillOptions()
              .setStatus(503)
              .setContentType("application/problem+json")
              .setBody(
                  "{\"title\": \"Storage\", \"detail\": \"the disk is full.\\nMaybe make room.\"}"));
    } else {
      route.resume();
    }
  }

  private static Locator live(Sight sight) {
    return sight.page().locator(".live-frame tbody tr");
  }

  private static void sift(Sight sight, String label, String text) {
    sight.page().locator(".sieve").getByLabel(label).fill(text);
  }

  @Test
  void showsTheLatestThenWhatArrivesAndHoldsAndSiftsIt() throws Exception {
    try (Sight sight = browser.open(url() + "/#/decisions", Look.PHONE_LIGHT)) {
      sight.isConnected();
      sight.sees("The latest decisions");
      live(sight).first().waitFor();
      assertThat(live(sight).count()).isEqualTo(20);
      sight.isSound();
      decides(910_001);
      live(sight).getByText("910001").waitFor();
      sight.sees("As they happen");
      assertThat(live(sight).count()).isEqualTo(1);
      sight.presses("Hold");
      decides(910_002);
      sight.sees("1 newer one is not shown.");
      assertThat(live(sight).getByText("910002").count()).isZero();
      sight.presses("Go on");
      live(sight).getByText("910002").waitFor();
      sift(sight, "With the text", "910001");
      live(sight).getByText("910002").waitFor(gone());
      live(sight).getByText("910001").waitFor();
      decides(910_003);
      sift(sight, "With the text", "");
      live(sight).getByText("910003").waitFor();
      sift(sight, "Least score", "1");
      sight.sees("None of the last 3 is like that.");
      sift(sight, "Least score", "0");
      live(sight).getByText("910003").waitFor();
      sight.page().locator(".sieve select").selectOption("alerts");
      sight.sees("None of the last 3 is like that.");
      sight.isSound();
    }
  }

  private static Locator.WaitForOptions gone() {
    return new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED);
  }

  private static List<String> column(Sight sight, int column) {
    return sight
        .page()
        .locator(".found tbody tr.opens td:nth-child(%d)".formatted(column))
        .allInnerTexts();
  }

  private static void searches(Sight sight) {
    sight.page().locator(".filters button[type=submit]").click();
    sight.page().locator(".found[aria-busy=false]").waitFor();
  }

  private static Locator field(Sight sight, String label) {
    return sight
        .page()
        .locator("form.filters")
        .getByLabel(label, new Locator.GetByLabelOptions().setExact(true));
  }

  @Test
  void searchesByScoreTimeAndActionAndFurtherBack() {
    try (Sight sight = browser.open(url() + "/#/decisions", Look.WIDE_LIGHT)) {
      sight.sees("50 shown.");
      sight.presses("Search further back");
      sight.sees("100 shown.");
      assertThat(column(sight, 2)).hasSize(100).doesNotHaveDuplicates();
      field(sight, "Score from").fill("0.2");
      field(sight, "to").fill("0.9");
      searches(sight);
      sight
          .page()
          .waitForCondition(() ->
              column(sight, 3).stream()
                  .map(Double::parseDouble)
                  .allMatch(score -> score >= 0.2 && score <= 0.9));
      assertThat(column(sight, 3)).isNotEmpty();
      sight.presses("Clear");
      assertThat(field(sight, "Score from").inputValue()).isEmpty();
      sight.page().locator("form.filters select").selectOption("alert");
      field(sight, "From (UTC)").fill("2018-05-14T00:00");
      field(sight, "Before (UTC)").fill("2018-05-15T00:00");
      searches(sight);
      sight
          .page()
          .waitForCondition(
              () -> column(sight, 4).stream().allMatch(text -> text.endsWith("alert")));
      assertThat(times(sight))
          .isNotEmpty()
          .allMatch(at -> !at.isBefore(Instant.parse("2018-05-14T00:00:00Z")))
          .allMatch(at -> at.isBefore(Instant.parse("2018-05-15T00:00:00Z")));
      sight.presses("Clear");
      searches(sight);
      sight.sees("50 shown.");
      sight.isSound();
    }
  }

  private static List<Instant> times(Sight sight) {
    return sight.page().locator(".found tbody tr.opens td:first-child time").all().stream()
        .map(time -> Instant.parse(time.getAttribute("datetime")))
        .toList();
  }

  /// Numbers stand below the ends of their heads.
  @Test
  void alignsHeadsWithTheirNumbers() {
    try (Sight sight = owner("work", "")) {
      sight.page().locator("td.end").first().waitFor();
      Object off =
          sight
              .page()
              .evaluate(
                  """
                  () => [...document.querySelectorAll('th.end')].filter((th) => {
                    const text = document.createRange();
                    text.selectNodeContents((th.querySelector('.sort') ?? th).firstChild);
                    const inner = th.getBoundingClientRect().right - parseFloat(getComputedStyle(th).paddingRight);
                    return Math.abs(text.getBoundingClientRect().right - inner) > 1;
                  }).map((th) => th.textContent)
                  """);
      assertThat((List<?>) off).isEmpty();
    }
  }

  @Test
  void tellsByWhatItWasDecidedAndMakesItAgain() {
    String id = open().getLast();
    try (Sight sight = browser.open(url() + "/#/decisions/" + id, Look.WIDE_LIGHT)) {
      sight.sees("5 alerts a day, €");
      sight.sees("valid from the beginning");
      sight.page().locator("dl a[href^='#/model/']").waitFor();
      sight.sees("(header not counted)");
      String amount = sight.page().locator("dt:text-is('amount') + dd").innerText();
      assertThat(amount).matches("€[\\d,]+\\.\\d\\d");
      sight.presses("Make it again and compare");
      sight.sees("The same in every bit");
      sight.isSound();
      sight.page().locator("dl a[href^='#/model/']").click();
      sight.sees("Use and responsibility");
    }
  }

  @Test
  void turnsThePagesOfTheQuarantine() {
    try (Sight sight = browser.open(url() + "/#/data", Look.WIDE_LIGHT)) {
      sight
          .page()
          .locator("tr.opens", new Page.LocatorOptions().setHasText("Replay"))
          .filter(new Locator.FilterOptions().setHasText("payments"))
          .first()
          .click();
      sight.sees("1 to 50 of 60");
      Locator rows =
          sight
              .page()
              .getByRole(
                  AriaRole.REGION, new Page.GetByRoleOptions().setName("Records in quarantine"))
              .locator("tbody tr");
      sight.page().waitForCondition(() -> rows.first().innerText().contains("payments.csv"));
      String newest = rows.first().innerText();
      assertThat(newest).contains(":61 (row 60)");
      assertThat(button(sight, "Newer").isDisabled()).isTrue();
      button(sight, "Older").click();
      sight.sees("51 to 60 of 60");
      assertThat(rows.last().innerText()).contains(":2 (row 1)");
      assertThat(button(sight, "Older").isDisabled()).isTrue();
      button(sight, "Newer").click();
      sight.sees("1 to 50 of 60");
      assertThat(rows.first().innerText()).isEqualTo(newest);
      sight.isSound();
    }
  }
}
