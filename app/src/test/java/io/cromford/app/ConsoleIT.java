package io.cromford.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.cromford.app.ConsoleBrowser.Look;
import io.cromford.app.ConsoleBrowser.Sight;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The console in a real browser, on a small factory that serves and that lacks the outcomes of a
/// day: its frame, and the pages Line and On call.
@Timeout(300)
class ConsoleIT {
  private static final String DAY = "2018-04-20";
  private static final String HOSTILE =
      "<img src=x onerror=\"window.hacked=1\"><script>window.hacked=1</script>";

  @TempDir private static Path folder;
  private static SmallFactory factory;
  private static ChildRun serving;
  private static ConsoleBrowser browser;

  @BeforeAll
  static void serve() throws Exception {
    factory = SmallFactory.in(folder);
    factory.knowsOutcomes(row -> !row.contains(DAY));
    factory.edit(
        "Find the card payments of a day that are worth a phone call, while the card can still be blocked.",
        "Find the card payments that are worth a phone call.");
    Ran ran = factory.runToTheEnd();
    assertThat(ran.exit()).as(ran.err()).isZero();
    start(0);
    browser = new ConsoleBrowser();
  }

  private static void start(int port) throws Exception {
    serving = factory.serve(port);
    assertThat(serving.said()).contains("console on http://127.0.0.1:");
  }

  @AfterAll
  static void stop() throws Exception {
    ConsoleBrowser.stop(browser, serving);
  }

  private static String url() {
    return factory.access().url().toString();
  }

  /// The address that the command prints.
  private static String owners() {
    String said = serving.said();
    String address = said.substring(said.indexOf("http://", said.indexOf("console on")));
    return address.lines().findFirst().orElseThrow().strip();
  }

  private static void decide(long id, String amount) throws Exception {
    String payment =
        "{\"tx_id\": %d, \"ts\": \"2018-05-26T00:00:00\", \"customer_id\": 1, \"terminal_id\": 1, \"amount\": %s}"
            .formatted(id, amount);
    assertThat(factory.post("/v1/decisions", payment).statusCode()).isEqualTo(200);
  }

  @Test
  void isSoundInBothThemesAndWidths() {
    for (Look look : Look.values()) {
      try (Sight sight = browser.open(url(), look)) {
        sight.sees("From event to decision, and back");
        sight.page().locator("#needs").waitFor();
        sight.isConnected();
        sight.isSound();
        sight
            .page()
            .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("On call"))
            .click();
        sight.sees("Growth a day");
        sight.isSound();
        sight.presses("Freeze");
        sight.sees("You can look, not act");
        assertThat(sight.page().locator("dialog button[type=submit]").isDisabled()).isTrue();
        sight.isSound();
      }
    }
  }

  @Test
  void asksForLittleAtFirst() {
    try (Sight sight = browser.open(url(), Look.WIDE_LIGHT)) {
      sight.sees("From event to decision, and back");
      sight.isConnected();
      assertThat(sight.requests()).hasSizeLessThanOrEqualTo(6).allMatch(to -> to.startsWith(url()));
      Object bytes =
          sight
              .page()
              .evaluate(
                  "performance.getEntries().reduce((sum, one) => sum + (one.transferSize ?? 0), 0)");
      assertThat(((Number) bytes).longValue()).isBetween(10_000L, 300_000L);
    }
  }

  /// Whom nobody looks at asks for nothing after a minute, and goes on when somebody does.
  @Test
  void asksForNothingWhileItIsHidden() {
    try (Sight sight = browser.open(url() + "/#/oncall", Look.WIDE_LIGHT)) {
      sight.isConnected();
      sight.sees("Growth a day");
      sight.page().clock().install();
      hides(sight, true);
      sight.page().clock().runFor(61_000);
      sight.page().waitForCondition(() -> streams() == 0);
      int asked = sight.requests().size();
      sight.page().clock().runFor(600_000);
      assertThat(sight.requests()).hasSize(asked);
      hides(sight, false);
      sight.page().waitForCondition(() -> streams() == 1);
      sight.isConnected();
    }
  }

  private static void hides(Sight sight, boolean hidden) {
    sight
        .page()
        .evaluate(
            "hidden => { Object.defineProperty(document, 'hidden', {value: hidden, configurable: true});"
                + " document.dispatchEvent(new Event('visibilitychange')); }",
            hidden);
  }

  /// How many streams the factory has open.
  private static int streams() {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create(url() + "/metrics")).build(),
              BodyHandlers.ofLines())
          .body()
          .filter(line -> line.startsWith("cromford_http_streams "))
          .mapToInt(line -> (int) Double.parseDouble(line.split(" ")[1]))
          .sum();
    } catch (java.io.IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void switchesTheThemeAndKeepsIt() {
    try (Sight sight = browser.open(url(), Look.WIDE_LIGHT)) {
      sight.presses("Switch to dark");
      assertThat(sight.page().evaluate("document.documentElement.dataset.theme")).isEqualTo("dark");
      sight.page().reload();
      sight.sees("From event to decision, and back");
      assertThat(sight.page().evaluate("document.documentElement.dataset.theme")).isEqualTo("dark");
    }
  }

  @Test
  void showsDecisionsAsTheyHappen() throws Exception {
    try (Sight sight = browser.open(url(), Look.WIDE_LIGHT)) {
      sight.sees("No decision in these seconds");
      for (int i = 0; i < 40; i++) {
        decide(900_001 + i, i % 8 == 0 ? "899.00" : "9.99");
      }
      sight.sees("9000");
      sight.page().locator(".pace canvas").waitFor();
      sight.picture("line");
      sight.presses("Hold");
      sight.presses("Go on");
      sight.isSound();
    }
  }

  /// What a person types comes back as text everywhere, in two clicks from any page.
  @Test
  void freezesAndResumesWithAReasonThatIsShownAsText() {
    try (Sight sight = browser.open(owners(), Look.WIDE_LIGHT)) {
      sight.sees("You act as the owner");
      assertThat(sight.page().url()).doesNotContain("token").endsWith("#/");
      sight.presses("Freeze");
      sight.confirms(HOSTILE, "Ada " + HOSTILE);
      sight.sees("The flywheel is frozen by Ada " + HOSTILE);
      sight.page().getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("On call")).click();
      sight.page().locator(".changes").getByText(HOSTILE).first().waitFor();
      assertThat(sight.page().evaluate("window.hacked === undefined")).isEqualTo(true);
      sight.isSound();
      sight.presses("Resume");
      assertThat(sight.page().locator("dialog input[name=by]").inputValue())
          .isEqualTo("Ada " + HOSTILE);
      sight.confirms("it was a drill", "Ada");
      sight.sees("it trains and promotes by itself");
      sight.presses("Roll back");
      sight.page().keyboard().press("Escape");
      sight.hasNoDialog();
    }
  }

  /// Who looked before somebody else acted is told so, and overrules nothing.
  @Test
  void freezesOnlyWhatItSaw() {
    try (Sight sight = browser.open(owners(), Look.WIDE_LIGHT)) {
      sight.sees("You act as the owner");
      sight.presses("Freeze");
      assertThat(factory.run("flywheel freeze", "--reason", "an audit").exit()).isZero();
      assertThat(factory.run("flywheel resume", "--reason", "it was short").exit()).isZero();
      sight.page().locator("dialog textarea[name=reason]").fill("why");
      sight.page().locator("dialog input[name=by]").fill("Ada");
      sight.page().locator("dialog button[type=submit]").click();
      sight.sees("whether the flywheel is frozen has changed since you looked: frozen at ");
      sight.sees("it was short");
      sight.forgives();
      sight.isSound();
      sight.page().keyboard().press("Escape");
      sight.hasNoDialog();
      sight.presses("Freeze");
      sight.confirms("a drill", "Ada");
      sight.sees("The flywheel is frozen by Ada");
      sight.presses("Resume");
      sight.confirms("it is over", "Ada");
    }
  }

  @Test
  void takesWhatAPersonSaysOfAnAlarm() {
    try (Sight sight = browser.open(owners(), Look.PHONE_DARK)) {
      sight
          .page()
          .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("See the alarm"))
          .click();
      sight.presses("Acknowledge");
      sight.confirms("I ask for the file", "Ada");
      sight.sees("Acknowledged by Ada");
      sight.presses("Silence");
      sight.confirms("until it is there", "Ada");
      sight.sees("Silenced by Ada");
      sight.isSound();
      sight.presses("Resolve");
      sight.confirms("the day is lost", "Ada");
      sight.sees("No alarm is open");
    }
    try (Sight sight = browser.open(url(), Look.WIDE_LIGHT)) {
      sight.sees("From event to decision, and back");
      assertThat(sight.page().getByText("See the alarm").count()).isZero();
    }
  }

  @Test
  void saysSinceWhenTheFactoryIsAwayAndFindsItAgain() throws Exception {
    String owners = owners();
    int port = factory.access().url().getPort();
    try (Sight sight = browser.open(owners, Look.WIDE_LIGHT)) {
      sight.isConnected();
      sight.sees("From event to decision, and back");
      serving.kill();
      sight.sees("The factory has not answered since");
      sight.sees("Not connected");
      sight.sees("From event to decision, and back");
      sight.forgives();
      start(port);
      sight.isConnected();
      assertThat(sight.page().getByText("has not answered since").count()).isZero();
      sight.presses("Freeze");
      sight.page().locator("dialog textarea[name=reason]").fill("why");
      sight.page().locator("dialog input[name=by]").fill("Ada");
      sight.page().locator("dialog button[type=submit]").click();
      sight.sees("the token is not, or no longer, that of this factory");
    }
  }
}
