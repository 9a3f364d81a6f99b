package io.cromford.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.cromford.app.ConsoleBrowser.Look;
import io.cromford.app.ConsoleBrowser.Sight;
import io.cromford.generator.CardPayments;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A newcomer understands from the console alone what a factory under attack did and why: a path of
/// at most five clicks from the first page, each on a label, leads through the attack, the alarm,
/// the new champion and what it saved. The factory really lived through an attack, and was not told
/// of it.
@Timeout(900)
class WalkIT {
  private static final int MOST_CLICKS = 5;
  private static final int ATTACK_DAY = 56;
  private static final int DAYS = 84;
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM yyyy", Locale.UK).withZone(ZoneId.of("Europe/Berlin"));

  @TempDir private static Path folder;
  private static SmallFactory factory;
  private static ChildRun serving;
  private static ConsoleBrowser browser;
  private static JsonNode story;

  @BeforeAll
  static void live() throws Exception {
    factory = SmallFactory.in(folder);
    factory.edit("learners: [logistic]", "learners: [xgboost]");
    factory.edit("alerts-per-day: 5", "alerts-per-day: 20");
    factory.edit("promote: propose", "promote: auto");
    factory.edit("retrain-every: 7d", "retrain-every: 11d"); // so that haste finds the answer
    factory.edit("min-positives: 5", "min-positives: 30");
    CardPayments.write(
        new CardPayments.Parameters(
                2,
                LocalDate.of(2018, 4, 1),
                DAYS,
                new CardPayments.Population(500, 1000, 31.6, 5),
                new CardPayments.Frauds(1, 1))
            .attackedFrom(ATTACK_DAY),
        factory.data());
    Path report = folder.resolve("report.html");
    Ran ran =
        factory.run("run", "--data", factory.data(), "--exit", "--port", 0, "--report", report);
    assertThat(ran.exit()).as(ran.err()).isZero();
    serving = factory.serve(0);
    story = stories().get("stories").get(0);
    browser = new ConsoleBrowser();
  }

  @AfterAll
  static void stop() throws Exception {
    ConsoleBrowser.stop(browser, serving);
  }

  private static JsonNode stories() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(factory.access().url() + "/v1/story")).build();
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
      sight.picture(name);
    }
  }

  /// What the story says is what was done to the payments, which the factory does not know.
  @Test
  void seesTheAttackFromItsFirstDayOn() {
    Instant attack =
        LocalDate.of(2018, 4, 1).plusDays(ATTACK_DAY).atStartOfDay().toInstant(ZoneOffset.UTC);
    assertThat(moment("/since")).isEqualTo(attack);
    assertThat(Duration.between(attack, moment("/alarm/at")).toDays()).isBetween(8L, 10L);
    assertThat(moment("/answer/from")).isAfter(moment("/alarm/at"));
    assertThat(story.get("steps").valueStream().map(step -> step.get("what").asString()))
        .startsWith("missed", "alarm")
        .containsSubsequence("alarm", "passed", "shadow", "canary", "serves");
    assertThat(story.at("/saved/difference/low").asDouble()).as("EUR saved").isPositive();
  }

  @Test
  void leadsThroughTheStoryInFiveClicks() {
    for (Look look : Look.values()) {
      try (Sight sight = browser.open(factory.access().url() + "/", look)) {
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

  /// Reports are pages by themselves, in the console's look, and tell the same.
  @Test
  void reportsTellTheSame() throws Exception {
    Path reports = factory.folder().resolve("state/reports");
    assertThat(Files.readString(folder.resolve("report.html")))
        .isEqualTo(Files.readString(reports.resolve("closing.html")));
    for (Look look : Look.values()) {
      for (String name : List.of("closing", "training")) {
        try (Sight sight = browser.open(reports.resolve(name + ".html").toUri().toString(), look)) {
          sight.page().locator("h1").waitFor();
          if (name.equals("closing")) {
            assertThat(sight.page().locator("main").innerText())
                .contains(story.get("text").asString());
            picture(sight, look, "report");
          }
          sight.isSound();
          assertThat(sight.requests()).hasSize(1);
        }
      }
    }
  }
}
