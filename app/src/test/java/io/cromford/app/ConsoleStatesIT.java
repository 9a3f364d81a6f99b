package io.cromford.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.cromford.app.ConsoleBrowser.Look;
import io.cromford.app.ConsoleBrowser.Sight;
import java.nio.file.Path;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The console's frame and its first page in each state that they can be in: with alarms, without
/// an answer, with an answer that is none, for a viewer far away, for who uses no mouse.
@Timeout(300)
class ConsoleStatesIT {
  private static final String OPEN_FROM = "2018-05-13";
  private static final String ALARMS =
      """
      [{"key": "volume/payments", "state": "acknowledged", "severity": "warning", "summary": "volume/payments"},
       {"key": "latency/all", "state": "open", "severity": "warning", "summary": "latency/all"},
       {"key": "breach/0123", "state": "silenced", "severity": "critical", "summary": "a model was taken back"}]
      """;

  @TempDir private static Path folder;
  private static SmallFactory factory;
  private static ChildRun serving;
  private static ConsoleBrowser browser;

  @BeforeAll
  static void serve() throws Exception {
    factory = SmallFactory.in(folder);
    factory.knowsOutcomes(row -> SmallFactory.isBefore(row, OPEN_FROM));
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

  private static void decide(long first, int count) throws Exception {
    for (long id = first; id < first + count; id++) {
      String payment =
          "{\"tx_id\": %d, \"ts\": \"2018-05-19T23:30:00\", \"customer_id\": 1, \"terminal_id\": 1, \"amount\": 9.99}"
              .formatted(id);
      assertThat(factory.post("/v1/decisions", payment).statusCode()).isEqualTo(200);
    }
  }

  /// Answers a route in the factory's place.
  private static void answers(Sight sight, String path, int status, String json) {
    sight
        .page()
        .route(
            "**" + path,
            route ->
                route.fulfill(
                    new Route.FulfillOptions()
                        .setStatus(status)
                        .setContentType("application/json")
                        .setBody(json)));
  }

  private static void answersWithAlarms(Route route) {
    JsonMapper mapper = JsonMapper.shared();
    ObjectNode answer = (ObjectNode) mapper.readTree(route.fetch().text());
    answer.set("alarms", mapper.readTree(ALARMS));
    route.fulfill(
        new Route.FulfillOptions()
            .setStatus(200)
            .setContentType("application/json")
            .setBody(answer.toString()));
  }

  /// A page that was opened elsewhere first, so that its routes can be answered.
  private static Sight before() {
    return browser.open("about:blank", Look.WIDE_LIGHT);
  }

  private static Locator station(Sight sight, String name) {
    return sight.page().locator(".station.at-" + name);
  }

  private static void gone(Locator what) {
    what.waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
  }

  @Test
  void coloursTheStationThatAnAlarmIsAboutAlsoWhereSomebodyKnowsOfIt() {
    try (Sight sight = before()) {
      sight.page().route("**/v1/factory", ConsoleStatesIT::answersWithAlarms);
      sight.page().navigate(url());
      station(sight, "sources").getByText("alarm, known").waitFor();
      assertThat(station(sight, "sources").getAttribute("class")).contains("warn");
      assertThat(station(sight, "decisions").getAttribute("class")).contains("warn");
      assertThat(station(sight, "decisions").locator(".tag").innerText()).contains("alarm");
      assertThat(station(sight, "model").getAttribute("class")).contains("bad");
      assertThat(station(sight, "flywheel").locator(".tag").innerText()).contains("well");
      sight.isSound();
    }
  }

  @Test
  void saysHowLongDecisionsTake() throws Exception {
    try (Sight sight = browser.open(url(), Look.WIDE_LIGHT)) {
      sight.isConnected();
      decide(930_001, 3);
      Locator latency = station(sight, "decisions").locator("[title*='on the mean of today']");
      latency.waitFor();
      assertThat(latency.innerText()).matches("[0-9.,]+ (µs|ms|s)");
    }
  }

  /// Days are those of the factory's calendar, also where it is the day before.
  @Test
  void writesTheFactorysDaysAndTheViewersNumbers() {
    try (Sight sight = browser.open(url(), Look.WIDE_LIGHT, "de-DE", "America/Los_Angeles")) {
      sight.isConnected();
      sight.sees("From event to decision, and back");
      List<?> known =
          (List<?>)
              sight
                  .page()
                  .evaluate(
                      """
                      async () => {
                        const view = await (await fetch('/v1/factory')).json();
                        const week = view.open_weeks.at(-1);
                        return [week.from, week.decisions - week.open, week.decisions, Math.round(week.saved.at_most), view.currency];
                      }
                      """);
      String day =
          DateTimeFormatter.ofPattern("d. MMM", Locale.GERMANY)
              .format(Instant.parse(known.get(0).toString()).atZone(ZoneOffset.UTC));
      String text = sight.page().locator("main").innerText();
      assertThat(text).contains(day);
      assertThat(known.get(4)).isEqualTo("EUR");
      assertThat(text).contains(amount(known.get(3)) + "\u00a0€");
      assertThat(sight.page().locator(".meter").first().getAttribute("aria-label"))
          .contains(" of " + amount(known.get(2)) + " decisions");
      assertThat(sight.page().locator(".clock").innerText()).contains("Los Angeles");
      sight.isSound();
    }
  }

  private static String amount(Object value) {
    return NumberFormat.getIntegerInstance(Locale.GERMANY).format(((Number) value).longValue());
  }

  @Test
  void isGreyedAndStandsStillWhileTheFactoryIsAway() throws Exception {
    int port = factory.access().url().getPort();
    try (Sight sight = browser.open(url(), Look.WIDE_LIGHT)) {
      sight.isConnected();
      decide(910_001, 20);
      sight.page().locator(".arrow.moves").first().waitFor();
      serving.kill();
      sight.page().locator("main .stale").first().waitFor();
      sight.sees("As of ");
      sight.sees("The factory has not answered since");
      gone(sight.page().locator(".arrow.moves").first());
      assertThat(station(sight, "sources").locator(".station-flow").innerText()).isEqualTo("–");
      assertThat(station(sight, "decisions").locator(".station-flow").innerText()).isEqualTo("–");
      assertThat(sight.page().locator(".pace").innerText()).doesNotContain("/s");
      assertThat(
              sight
                  .page()
                  .evaluate(
                      "getComputedStyle(document.querySelector('main .stale > :not(.stale-note)')).filter"))
          .isEqualTo("grayscale(1)");
      sight.forgives();
      sight.isSound();
      sight.forgives();
      serving = factory.serve(port);
      sight.isConnected();
      gone(sight.page().locator("main .stale").first());
    } finally {
      if (!serving.isAlive()) {
        serving = factory.serve(port);
      }
    }
  }

  @Test
  void saysWhyTheFactoryCannotBeReadAndReadsItAgain() {
    try (Sight sight = before()) {
      answers(
          sight,
          "/v1/factory",
          500,
          "{\"title\": \"Internal\", \"detail\": \"the endpoint failed.\\nMaybe look into its log.\"}");
      sight.page().navigate(url());
      sight.sees("the endpoint failed.");
      sight.sees("Maybe look into its log.");
      sight.forgives();
      sight.isSound();
      sight.page().unroute("**/v1/factory");
      sight.presses("Try again");
      sight.sees("From event to decision, and back");
    }
  }

  @Test
  void saysThatAnAnswerIsNoJson() {
    try (Sight sight = before()) {
      answers(sight, "/v1/factory", 200, "<html>a proxy");
      sight.page().navigate(url());
      sight.sees("what answered at /v1/factory is no JSON.");
      sight.isSound();
    }
  }

  /// One page that cannot be drawn takes neither the frame nor the others with it.
  @Test
  void keepsItsFrameWhereAPageCannotBeDrawn() {
    try (Sight sight = before()) {
      answers(sight, "/v1/factory", 200, "{\"name\": \"odd\", \"needs\": 7}");
      sight.page().navigate(url());
      sight.sees("This page cannot be shown");
      sight.isSound();
      sight
          .page()
          .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Decisions").setExact(true))
          .click();
      sight.sees("50 shown.");
      sight.goes("");
      sight.sees("This page cannot be shown");
      sight.page().unroute("**/v1/factory");
      sight.presses("Read again");
      sight.sees("From event to decision, and back");
      sight.isSound();
    }
  }

  @Test
  void beginsEachPageAtItsTopWithTheFocusOnItsTitle() {
    try (Sight sight = browser.open(url(), Look.WIDE_LIGHT)) {
      sight.sees("What learning was worth");
      assertThat(sight.page().evaluate("document.activeElement.tagName")).isEqualTo("BODY");
      sight.page().evaluate("scrollTo(0, 500)");
      sight.page().waitForCondition(() -> scrolled(sight) > 0);
      sight.page().getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Data")).click();
      isAtTheTopOf(sight, "Data");
    }
  }

  @Test
  void waitsForATitleThatIsOnItsWay() {
    try (Sight sight = browser.open(url(), Look.WIDE_LIGHT)) {
      sight.sees("What learning was worth");
      sight.page().evaluate("scrollTo(0, 500)");
      sight.goes("model/champion");
      isAtTheTopOf(sight, "Model ");
      sight.goes("decisions");
      isAtTheTopOf(sight, "Decisions");
    }
  }

  /// Another part of the same page takes nobody elsewhere.
  @Test
  void staysWhereItIsOnTheSamePage() {
    try (Sight sight = browser.open(url() + "/#/data", Look.WIDE_LIGHT)) {
      sight.sees("lines of SQL");
      sight.page().locator("main button").first().focus();
      sight.page().evaluate("scrollTo(0, 100)");
      sight.page().waitForCondition(() -> scrolled(sight) == 100);
      sight.goes("data/amount");
      sight.page().waitForCondition(() -> sight.page().url().endsWith("#/data/amount"));
      sight
          .page()
          .evaluate(
              "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
      assertThat(sight.page().evaluate("document.activeElement.tagName")).isEqualTo("BUTTON");
      assertThat(scrolled(sight)).isEqualTo(100);
    }
  }

  private static void isAtTheTopOf(Sight sight, String title) {
    sight
        .page()
        .waitForCondition(() ->
            sight
                .page()
                .evaluate(
                    "document.activeElement.tagName + ' ' + document.activeElement.textContent")
                .toString()
                .startsWith("H1 " + title));
    assertThat(scrolled(sight)).isZero();
  }

  private static int scrolled(Sight sight) {
    return ((Number) sight.page().evaluate("Math.round(scrollY)")).intValue();
  }

  @Test
  void turnsSingleKeysOff() {
    try (Sight sight = browser.open(factory.owners(), Look.WIDE_LIGHT)) {
      sight.goes("work");
      pressesNOnAnAlert(sight);
      sight.page().locator("dialog[open]").waitFor();
      sight.page().keyboard().press("Escape");
      sight.hasNoDialog();
      assertThat(sight.page().locator("kbd").first().isVisible()).isTrue();
      sight.presses("Single keys: on");
      sight.presses("Single keys: off");
      sight.presses("Single keys: on");
      sight.page().reload();
      sight.sees("Single keys: off");
      pressesNOnAnAlert(sight);
      sight.page().keyboard().press("c");
      assertThat(sight.page().locator("dialog[open]").count()).isZero();
      assertThat(sight.page().locator("kbd").first().isVisible()).isFalse();
      assertThat(sight.page().getByText("Claimed: ").count()).isZero();
      sight.isSound();
    }
  }

  private static void pressesNOnAnAlert(Sight sight) {
    sight.page().locator("tbody tr.opens").first().focus();
    sight.page().keyboard().press("n");
  }

  @Test
  void saysOnAPhoneToWhatOneMayOnlyLook() {
    for (Look look : List.of(Look.PHONE_LIGHT, Look.PHONE_DARK)) {
      try (Sight sight = browser.open(url(), look)) {
        sight.sees("From event to decision, and back");
        sight.isConnected();
        Locator foot = sight.page().locator(".page-foot");
        foot.getByText("Read only.").waitFor();
        foot.getByText("it has no roles yet").waitFor();
        foot.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("API")).waitFor();
        assertThat(
                sight
                    .page()
                    .getByText("Read only.")
                    .filter(new Locator.FilterOptions().setVisible(true))
                    .count())
            .isEqualTo(1);
        sight.isSound();
      }
    }
  }
}
