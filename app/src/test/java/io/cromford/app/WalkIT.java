package io.cromford.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.cromford.app.ConsoleBrowser.Look;
import io.cromford.app.ConsoleBrowser.Sight;
import io.cromford.server.AdminAccess;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A newcomer runs the example with an attack on it, opens the printed address, and understands
/// from the console alone what the factory did and why: a path of at most five clicks from the
/// first page, each on a label, leads through the attack, the alarm, the new champion and what it
/// saved. The factory was not told of the attack.
@Timeout(1800)
class WalkIT {
  private static final int MOST_CLICKS = 5;
  private static final Path EXAMPLE = Path.of("..", "examples", "card-fraud");
  private static final Pattern ADDRESS = Pattern.compile("console on (http://\\S+)");
  private static final Pattern ATTACK = Pattern.compile("attack +from (\\S+) on");
  private static final Pattern SAMPLE =
      Pattern.compile("A sample: \\d+ of [\\d,]+ in the last second");
  private static final Instant LAST_CLOSED = Instant.parse("2018-07-01T00:00:00Z");
  private static final int LOOKED_ON_MILLIS = 5000;

  /// Until charts are drawn.
  private static final int DRAWN_MILLIS = 1000;

  /// The page asks for them each twenty seconds.
  private static final int RECKONED_MILLIS = 60_000;

  private static final String WATCH_LONG_TASKS =
      "() => { window.longest = 0; new PerformanceObserver((seen) => seen.getEntries().forEach((task) =>"
          + " { window.longest = Math.max(window.longest, task.duration); })).observe({type: 'longtask'}); }";

  /// Not a measurement: a page that melts under the stream does not answer for seconds.
  private static final int MOST_MILLIS_OF_SILENCE = 2000;

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM yyyy", Locale.UK).withZone(ZoneId.of("Europe/Berlin"));

  @TempDir private static Path folder;
  private static ChildRun running;
  private static ConsoleBrowser browser;
  private static String owners;
  private static AdminAccess access;
  private static LocalDate attack;
  private static JsonNode story;

  @BeforeAll
  static void live() throws Exception {
    running =
        ChildRun.startLong(
            "run",
            EXAMPLE,
            "--fast",
            "--attack",
            "--state",
            folder.resolve("state"),
            "--port",
            0,
            "--report",
            folder.resolve("report.html"));
    running.awaitLine("console on");
    browser = new ConsoleBrowser();
    owners = said(ADDRESS);
    looksOnWhileItIsReplayed();
    running.awaitLine("ledger head");
    attack = LocalDate.parse(said(ATTACK));
    access = AdminAccess.find(folder.resolve("state")).orElseThrow();
    story = settled();
  }

  @AfterAll
  static void stop() throws Exception {
    ConsoleBrowser.stop(browser, running);
  }

  /// The first midnight by the clock that runs on closes one more week; then no more for a day.
  private static JsonNode settled() throws Exception {
    JsonNode first = stories().get("stories").get(0);
    String end = LAST_CLOSED.toString();
    while (!first.at("/saved/until").asString().equals(end)) {
      Thread.sleep(Duration.ofMillis(500));
      first = stories().get("stories").get(0);
    }
    return first;
  }

  private static String said(Pattern what) {
    Matcher found = what.matcher(running.said());
    assertThat(found.find()).as(running.said()).isTrue();
    return found.group(1);
  }

  /// Thousands of decisions a second reach the page as a sample that says so, and it stays usable.
  private static void looksOnWhileItIsReplayed() {
    try (Sight sight = browser.open(owners, Look.WIDE_LIGHT)) {
      sight.isConnected();
      sight.sees("replay");
      sight.goes("decisions");
      sight.page().getByText(SAMPLE).first().waitFor();
      sight.page().evaluate(WATCH_LONG_TASKS);
      sight.goes("");
      sight.sees("From event to decision");
      sight.page().waitForTimeout(LOOKED_ON_MILLIS);
      sight.isSound();
      assertThat(((Number) sight.page().evaluate("window.longest")).intValue())
          .as("the longest the page did not answer, ms")
          .isLessThan(MOST_MILLIS_OF_SILENCE);
    }
  }

  private static JsonNode stories() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(URI.create(access.url() + "/v1/story")).build();
      return JsonMapper.shared().readTree(client.send(request, BodyHandlers.ofString()).body());
    }
  }

  private static Instant moment(String pointer) {
    return Instant.parse(story.at(pointer).asString());
  }

  private static String day(String pointer) {
    return DAY.format(moment(pointer));
  }

  private static String euros(String pointer) {
    return String.format(Locale.UK, "€%,.0f", story.at(pointer).asDouble());
  }

  private static void picture(Sight sight, Look look, String name) {
    if (look == Look.WIDE_LIGHT) {
      isReckoned(sight);
      sight.picture(name);
    }
  }

  /// What the story says is what was done to the payments, which the factory does not know.
  @Test
  void seesTheAttackFromItsFirstDayOn() {
    Instant began = attack.atStartOfDay().toInstant(ZoneOffset.UTC);
    assertThat(Duration.between(moment("/since"), began).abs().toDays()).isLessThan(4);
    assertThat(Duration.between(began, moment("/alarm/at")).toDays()).isBetween(8L, 10L);
    assertThat(moment("/answer/from")).isAfter(moment("/alarm/at"));
    assertThat(story.get("steps").valueStream().map(step -> step.get("what").asString()))
        .startsWith("missed", "alarm")
        .containsSubsequence("alarm", "passed", "shadow", "canary", "serves");
    assertThat(story.at("/saved/difference/low").asDouble()).as("EUR saved").isPositive();
  }

  @Test
  void leadsThroughTheStoryInFiveClicks() {
    for (Look look : Look.values()) {
      try (Sight sight = browser.open(access.url() + "/", look)) {
        sight.page().getByText("What happened").first().waitFor();
        tellsAll(sight.page().locator("#happened"));
        sight.isSound();
        picture(sight, look, "walk-0");
        int clicks = 0;
        for (String[] step : PATH) {
          sight
              .page()
              .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(step[0]).setExact(true))
              .click();
          clicks++;
          sight
              .page()
              .getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(step[1]))
              .first()
              .waitFor();
          sight.page().locator("main").getByText(step[2]).first().waitFor();
          tellsAll(sight.page().locator("main"));
          sight.isSound();
          if (clicks < MOST_CLICKS) {
            picture(sight, look, "walk-" + clicks);
          }
        }
        assertThat(clicks).isLessThanOrEqualTo(MOST_CLICKS);
      }
    }
  }

  /// What is clicked, the heading that comes, and what is seen beneath it.
  private static final List<String[]> PATH =
      List.of(
          new String[] {"Walk through it", "More frauds were missed", "Frauds missed in week"},
          new String[] {"Next: the alarm", "What changed before it", "frauds were missed, where"},
          new String[] {"Next: the new champion", "beside its predecessor", "Predecessor"},
          new String[] {"Next: what it saved", "What it saved", "More than the first model"},
          new String[] {"Back to the line", "The line", "From event to decision"});

  /// Each step says the attack's first day, the alarm, the new champion, and the money with its
  /// interval.
  private static void tellsAll(Locator place) {
    String version = story.at("/answer/model").asString().substring(0, 12);
    place.getByText(version).first().waitFor();
    assertThat(place.innerText())
        .contains(day("/since"), day("/alarm/at"), version, day("/answer/from"))
        .contains(euros("/saved/difference/value"))
        .contains(euros("/saved/difference/low") + " to " + euros("/saved/difference/high"));
  }

  /// The other pages on the same life, as the documents show them to whoever may act.
  @Test
  void showsTheOtherPages() {
    try (Sight sight = browser.open(owners, Look.WIDE_LIGHT)) {
      sight.isConnected();
      sight.goes("decisions");
      sight.sees("50 shown.");
      looksWell(sight, "decisions");
      sight.goes("work");
      sight.page().locator("tbody tr").first().waitFor();
      looksWell(sight, "work");
      sight.page().locator("tbody a").first().click();
      sight.sees("Its features against what is usual");
      sight.page().locator("tr.this").waitFor();
      looksWell(sight, "decision");
      sight.goes("learning");
      sight.sees("Week by week");
      looksWell(sight, "learning");
      sight.goes("model/champion");
      sight.sees("Precision over recall");
      looksWell(sight, "model");
    }
  }

  /// Intervals of weeks come a little later than the weeks.
  private static void isReckoned(Sight sight) {
    sight
        .page()
        .waitForCondition(
            () -> sight.page().getByText("being reckoned").count() == 0,
            new Page.WaitForConditionOptions().setTimeout(RECKONED_MILLIS));
    sight.page().waitForTimeout(DRAWN_MILLIS);
  }

  private static void looksWell(Sight sight, String name) {
    sight.page().waitForTimeout(DRAWN_MILLIS);
    isReckoned(sight);
    sight.isSound();
    sight.picture(name);
  }

  /// The report was written a midnight ago: what is saved until then is less.
  private static String untilThen(String text) {
    return text.substring(0, text.indexOf("From then until"));
  }

  /// Reports are pages by themselves, in the console's look, and tell the same.
  @Test
  void reportsTellTheSame() throws Exception {
    Path reports = folder.resolve("state/reports");
    assertThat(Files.readString(folder.resolve("report.html")))
        .isEqualTo(Files.readString(reports.resolve("closing.html")));
    for (Look look : Look.values()) {
      for (String name : List.of("closing", "training")) {
        try (Sight sight = browser.open(reports.resolve(name + ".html").toUri().toString(), look)) {
          sight.page().locator("h1").waitFor();
          if (name.equals("closing")) {
            assertThat(sight.page().locator("main").innerText())
                .contains(untilThen(story.get("text").asString()))
                .contains("From " + attack + " on their fraudsters found new ways");
            picture(sight, look, "report");
          }
          sight.isSound();
          assertThat(sight.requests()).hasSize(1);
        }
      }
    }
  }
}
