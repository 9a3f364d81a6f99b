package io.cromford.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Media;
import io.cromford.app.ConsoleBrowser.Look;
import io.cromford.app.ConsoleBrowser.Sight;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The pages Learning and Model in a real browser, on a small factory with a closed week.
@Timeout(600)
class LearningIT {
  private static final String HOSTILE = "<script>window.hacked=1</script>";

  @TempDir private static Path folder;
  private static SmallFactory factory;
  private static ChildRun serving;
  private static ConsoleBrowser browser;

  @BeforeAll
  static void serve() throws Exception {
    factory = SmallFactory.in(folder);
    serving = factory.live();
    browser = new ConsoleBrowser();
  }

  @AfterAll
  static void stop() throws Exception {
    ConsoleBrowser.stop(browser, serving);
  }

  private static String page(String place) {
    return factory.access().url() + "/#/" + place;
  }

  /// Opens the page Learning as the owner.
  private static Sight owner() {
    Sight sight = browser.open(factory.owners(), Look.WIDE_LIGHT);
    sight.sees("You act as the owner");
    sight.page().getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Learning")).click();
    sight.sees("Week by week");
    return sight;
  }

  private static JsonNode models() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return JsonMapper.shared()
          .readTree(
              client
                  .send(
                      HttpRequest.newBuilder(URI.create(factory.access().url() + "/v1/models"))
                          .build(),
                      BodyHandlers.ofString())
                  .body());
    }
  }

  private static String version(String role) throws Exception {
    for (JsonNode line : models().get("models")) {
      for (JsonNode one : line.get("roles")) {
        if (one.asString().equals(role)) {
          return line.get("version").asString();
        }
      }
    }
    throw new AssertionError("nobody is " + role);
  }

  @Test
  void isSoundInBothThemesAndWidths() throws Exception {
    String rules = version("last-resort");
    for (Look look : Look.values()) {
      try (Sight sight = browser.open(page("learning"), look)) {
        sight.sees("What learning was worth");
        sight.sees("in week 1");
        sight.sees("Most would have been saved with");
        sight.sees("disturbed");
        sight.isSound();
        sight.presses("Money saved");
        sight.presses("Recall");
        sight.presses("Alerts and frauds");
        sight.isSound();
        sight.page().navigate(page("model/champion"));
        sight.sees("Precision over recall");
        sight.sees("Use and responsibility");
        sight.isSound();
        sight.page().navigate(page("model/" + rules));
        sight.sees("Nothing was drawn of this version");
        sight.sees("There is no importance of this version");
        sight.isSound();
        sight.page().navigate(page("model/ffff"));
        sight.sees("no model version starts with");
      }
    }
  }

  @Test
  void printsTheDossierWithoutTheFrame() {
    try (Sight sight = browser.open(page("model/champion"), Look.WIDE_DARK)) {
      sight.sees("What persons decided");
      sight.page().emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
      assertThat(sight.page().locator(".side").isVisible()).isFalse();
      assertThat(sight.page().locator("header.head").isVisible()).isFalse();
      assertThat(
              sight.page().evaluate("getComputedStyle(document.body).backgroundColor").toString())
          .isEqualTo("rgb(255, 255, 255)");
    }
  }

  /// What somebody else did a second before is told, and not overwritten; a no is kept; who served
  /// before serves again.
  @Test
  void steersAndOverrulesNothingThatWasNotSeen() throws Exception {
    String first = version("champion");
    String rules = version("last-resort");
    assertThat(factory.run("models propose", rules.substring(0, 12), "--reason", HOSTILE).exit())
        .isZero();
    try (Sight sight = owner()) {
      sight.sees("Waits for a person");
      sight.sees(HOSTILE);
      sight.isSound();
      sight.presses("Promote …");
      assertThat(factory.run("models reject", "--reason", "not these rules").exit()).isZero();
      sight.page().locator("dialog textarea[name=reason]").fill("they are simple");
      sight.page().locator("dialog input[name=by]").fill("Ada");
      sight.page().locator("dialog button[type=submit]").click();
      sight.sees("has changed since you looked: rejected %.12s".formatted(rules));
      sight.sees("not these rules");
      sight.forgives();
      assertThat(version("champion")).isEqualTo(first);
      sight.page().keyboard().press("Escape");
      sight
          .page()
          .getByText("Waits for a person")
          .waitFor(
              new com.microsoft.playwright.Locator.WaitForOptions()
                  .setState(com.microsoft.playwright.options.WaitForSelectorState.DETACHED));

      sight.page().evaluate("location.hash = '#/model/%s'".formatted(rules));
      sight.sees("Rejected");
      sight.presses("Promote …");
      sight.confirms("they are simple after all " + HOSTILE, "Ada");
      sight.sees("it was rejected by");
      assertThat(version("champion")).isEqualTo(rules);
      sight.page().locator("main").getByText("Roll back …").click();
      sight.confirms("too simple", "Grace");
      sight.sees("The former model serves again");
      assertThat(version("champion")).isEqualTo(first);
      sight.page().evaluate("location.hash = '#/learning'");
      sight.sees("too simple");
      assertThat(sight.page().evaluate("window.hacked === undefined")).isEqualTo(true);
      sight.isSound();
    }
  }

  /// Another number of alerts is chosen by what it would have come to, proposed by one person and
  /// approved by another, and taken back.
  @Test
  void letsOnePersonProposeAnotherNumberOfAlertsAndAnotherApproveIt() throws Exception {
    try (Sight sight = owner()) {
      sight.page().locator(".choose input[type=range]").focus();
      sight.page().keyboard().press("End");
      sight.presses("Propose 25 a day …");
      assertThat(
              factory
                  .run("policy propose", "--alerts-per-day", 9, "--reason", "we are nine")
                  .exit())
          .isZero();
      says(sight, "we are many", "Ada");
      sight.sees("the policies or what is proposed of them have changed since you looked");
      sight.sees("5 → 9 alerts a day, by");
      sight.forgives();
      sight.page().keyboard().press("Escape");
      sight.sees("Waits for another person");
      sight.presses("Reject …");
      sight.confirms("nine are not enough", "Ada");
      sight.sees("The proposal is rejected");
      sight.presses("Propose 25 a day …");
      sight.confirms(HOSTILE, "Ada");
      sight.page().locator("#policy-proposal").getByText(HOSTILE).waitFor();
      sight.isSound();
      sight.presses("Approve …");
      says(sight, "I do", "Ada");
      sight.sees("who cannot approve it too");
      sight.forgives();
      says(sight, "so they can", "Grace");
      sight.hasNoDialog();
      sight.sees("approved over the factory file, which says 5 alerts a day");
      assertThat(factory.run("policy list").out())
          .contains("25 alerts a day  5 → 25 alerts a day, approved by Grace: so they can")
          .contains("approved over factory.yaml: 5 → 25 alerts a day; it holds until");
      assertThat(factory.run("check", "--data", factory.data()).out())
          .contains("approved over factory.yaml: 5 → 25 alerts a day");
      assertThat(factory.run("history").out()).contains("policy-proposed", "policy-rejected");
      sight.page().locator("main").getByText("Roll back …").last().click();
      sight.confirms("they are gone", "Ada");
      sight.sees("The former policy holds again");
      assertThat(factory.run("policy list").out()).doesNotContain("approved over");
      assertThat(sight.page().evaluate("window.hacked === undefined")).isEqualTo(true);
    }
  }

  private static void says(Sight sight, String reason, String by) {
    sight.page().locator("dialog textarea[name=reason]").fill(reason);
    sight.page().locator("dialog input[name=by]").fill(by);
    sight.page().locator("dialog button[type=submit]").click();
  }

  /// A factory that went live some days before its data ends.
  @Test
  void saysThatNoWeekIsClosedYet() throws Exception {
    SmallFactory young = SmallFactory.in(Files.createDirectory(folder.resolve("young")));
    young.edit("go-live: 2018-05-06T00:00:00", "go-live: 2018-05-17T00:00:00");
    Ran ran = young.run("build", "--data", young.data());
    assertThat(ran.exit()).as(ran.err()).isZero();
    ChildRun child = young.serve(0);
    try (Sight sight = browser.open(young.access().url() + "/#/learning", Look.PHONE_LIGHT)) {
      sight.sees("No week is closed yet");
      sight.sees("No week has begun");
      sight.sees("Nothing was decided yet");
      sight.sees("No challenger was judged yet");
      sight.isSound();
    } finally {
      child.terminate();
      child.end();
    }
  }
}
