package io.cromford.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Media;
import io.cromford.app.ConsoleBrowser.Look;
import io.cromford.app.ConsoleBrowser.Sight;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What the pages Learning, Model, On call and SQL, their charts and the reports say of how sure
/// they are, in which units and by whose clock, on a factory in which a person promoted a
/// challenger, for a hostile reason, and that lacks the outcomes of a day.
@Timeout(600)
class ConsoleLearningIT {
  /// Without comma and double quotes, so that it may stand in the factory file.
  private static final String HOSTILE = "<img src=x onerror=window.hacked=1><b>";

  private static final String DAY = "2018-04-20";
  private static final int MOST_REQUESTS_A_MINUTE = 12;

  /// Keeps what is written on canvases, in which colour, and what was filled just before.
  private static final String LISTEN =
      """
      () => {
        window.written = [];
        const to = CanvasRenderingContext2D.prototype;
        const [text, rect] = [to.fillText, to.fillRect];
        to.fillRect = function (...at) { this.filled = this.fillStyle; return rect.apply(this, at); };
        to.fillText = function (what, ...at) {
          window.written.push({what, colour: this.fillStyle, on: this.filled ?? ''});
          this.filled = '';
          return text.call(this, what, ...at);
        };
      }
      """;

  private static final String SERIES =
      "getComputedStyle(document.documentElement).getPropertyValue('--series-1').trim()";

  @TempDir private static Path folder;
  private static SmallFactory factory;
  private static String challenger;
  private static ChildRun serving;
  private static ConsoleBrowser browser;

  @BeforeAll
  static void serve() throws Exception {
    factory = SmallFactory.in(folder);
    factory.edit("tx_id: bigint", "tx_id: varchar");
    factory.edit(
        "features: features.sql",
        "segments: {odd: \"tx_id = '%s'\", small: amount < 20}\nfeatures: features.sql"
            .formatted(HOSTILE));
    factory.knowsOutcomes(row -> !row.contains(DAY));
    ended(factory.runToTheEnd());
    Matcher judged =
        Pattern.compile("(?:held|passed) +\\S+ +([0-9a-f]{12})")
            .matcher(factory.run("history").out());
    assertThat(judged.find()).isTrue();
    challenger = judged.group(1);
    ended(factory.run("models promote", challenger, "--reason", HOSTILE));
    serving = factory.live();
    browser = new ConsoleBrowser();
    for (int i = 0; i < 5; i++) {
      decide("late-" + i);
    }
  }

  private static void ended(Ran ran) {
    assertThat(ran.exit()).as(ran.err()).isZero();
  }

  private static void decide(String id) throws Exception {
    String body =
        "{\"tx_id\": \"%s\", \"ts\": \"2018-05-19T22:00:00\", \"customer_id\": 1, \"terminal_id\": 1, \"amount\": 20.00}"
            .formatted(id);
    assertThat(factory.post("/v1/decisions", body).statusCode()).isEqualTo(200);
  }

  @AfterAll
  static void stop() throws Exception {
    ConsoleBrowser.stop(browser, serving);
  }

  /// A page whose charts are listened to.
  private static Sight listening(String place, Look look) {
    Sight sight = browser.open(factory.owners(), look);
    sight.isConnected();
    sight.page().evaluate(LISTEN);
    sight.goes(place);
    return sight;
  }

  private static void writes(Sight sight, String... labels) {
    for (String label : labels) {
      sight
          .page()
          .waitForFunction("label => window.written.some((one) => one.what === label)", label);
    }
  }

  @Test
  void holdsChampionAndRivalSideBySideByCalibrationAndCost() {
    for (Look look : Look.values()) {
      try (Sight sight = listening("model/" + challenger, look)) {
        sight.sees("What a score costs");
        Locator calibration = card(sight, "Calibration");
        assertThat(calibration.locator(".legend li").allInnerTexts())
            .hasSize(3)
            .contains("This version", "Ideal")
            .anyMatch(label -> label.matches("[0-9a-f]{12}"));
        writes(sight, "Recall", "Precision", "Mean score", "Share of frauds", "Score");
        Locator costs = card(sight, "What a score costs").locator("tbody tr");
        assertThat(costs.allInnerTexts())
            .hasSize(2)
            .anySatisfy(row -> assertThat(row).contains("Serves", challenger, "µs", "1.00 ×"))
            .anySatisfy(row -> assertThat(row).contains("Frozen yardstick", "µs", "×"));
        sight.isSound();
      }
    }
  }

  private static Locator card(Sight sight, String title) {
    return sight
        .page()
        .locator("section.card")
        .filter(
            new Locator.FilterOptions()
                .setHas(
                    sight
                        .page()
                        .getByRole(
                            com.microsoft.playwright.options.AriaRole.HEADING,
                            new Page.GetByRoleOptions().setName(title).setExact(true))))
        .first();
  }

  @Test
  void saysWhatAxesAreAndKeepsLabelsReadable() {
    try (Sight sight = listening("learning", Look.PHONE_DARK)) {
      writes(sight, "Week", "Average precision", "Alerts a day", "Saved a week", "open");
      assertThat(
              sight
                  .page()
                  .evaluate(
                      "window.written.filter((one) => one.what === 'open').every((one) => one.on === '#171e26')"))
          .as("labels stand on the card's colour")
          .isEqualTo(true);
      sight.sees("held against no week yet");
      assertThat(card(sight, "Week by week").locator(".legend").innerText())
          .contains("Estimate, held against no week yet");
      sight.presses("Money saved");
      writes(sight, "Money saved a week");
    }
  }

  /// Canvases are drawn again in the light theme's colours for paper, and back for the screen.
  @Test
  void drawsChartsForPaperInTheColoursOfPaper() {
    try (Sight sight = listening("model/" + challenger, Look.WIDE_DARK)) {
      sight.sees("What persons decided");
      writes(sight, "Recall");
      assertThat(colour(sight)).isEqualTo("#9ba8b5");
      sight.page().emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
      sight.page().evaluate("window.written = []; dispatchEvent(new Event('beforeprint'))");
      writes(sight, "Recall");
      assertThat(colour(sight)).isEqualTo("#444444");
      assertThat(sight.page().evaluate(SERIES)).isEqualTo("#0b6bb3");
      assertThat(sight.page().locator(".print-only").first().isVisible()).isTrue();
      sight
          .page()
          .emulateMedia(
              new Page.EmulateMediaOptions()
                  .setMedia(Media.SCREEN)
                  .setColorScheme(com.microsoft.playwright.options.ColorScheme.DARK));
      sight.page().evaluate("window.written = []; dispatchEvent(new Event('afterprint'))");
      writes(sight, "Recall");
      assertThat(colour(sight)).isEqualTo("#9ba8b5");
    }
  }

  private static Object colour(Sight sight) {
    return sight.page().evaluate("window.written.findLast((one) => one.what === 'Recall').colour");
  }

  @Test
  void saysOfWhoServedUntilWhenAndWhoFollowed() {
    try (Sight sight = browser.open(factory.owners(), Look.PHONE_LIGHT)) {
      sight.isConnected();
      sight.goes("learning");
      String first =
          card(sight, "Who served, and why").locator("tbody a.version").last().innerText();
      sight.goes("model/" + first);
      sight.sees("followed by " + challenger);
      assertThat(sight.page().locator("main").innerText()).doesNotContainPattern("[0-9a-f]{64}");
      assertThat(
              card(sight, "What it is worth on observations that it was not fitted on").innerText())
          .containsPattern("Money saved\\s+-?€");
      sight.isSound();
    }
  }

  @Test
  void tellsTheOnCallWhatToDoAndWhatWordsMean() {
    for (Look look : List.of(Look.WIDE_LIGHT, Look.PHONE_DARK)) {
      try (Sight sight = browser.open(factory.owners(), look)) {
        sight.isConnected();
        sight.goes("oncall");
        Locator alarm = sight.page().locator(".alarm").first();
        alarm.getByText("What to do", new Locator.GetByTextOptions().setExact(true)).click();
        alarm.getByText("What to do:").first().waitFor();
        sight.page().getByLabel("How far back").selectOption("1440");
        sight.sees(HOSTILE);
        Locator changes = sight.page().locator(".changes");
        assertThat(changes.locator("a[href='#/learning']").count()).isZero();
        assertThat(changes.locator("a[href^='#/model/']").count()).isPositive();
        assertThat(changes.locator(".tag").first().getAttribute("title")).isNotBlank();
        assertThat(changes.innerText())
            .contains(" UTC")
            .doesNotContainPattern("\\d{4}-\\d\\d-\\d\\dT\\d\\d");
        sight.page().getByText("What the words mean").click();
        sight.sees("what a week should turn out to be worth");
        assertThat(card(sight, "Ledger").innerText())
            .contains("not since it started", "cromford ledger verify", "Last snapshot");
        sight.isSound();
      }
    }
  }

  /// A minute of the browser's clock on which nothing happens, second by second.
  @Test
  void asksLittleWhileNothingHappens() {
    try (Sight sight = browser.open(factory.owners(), Look.WIDE_LIGHT)) {
      sight.isConnected();
      sight.page().clock().install();
      sight.goes("oncall");
      sight.sees("What changed");
      sight.sees("Nothing runs.");
      int before = asked(sight);
      for (int second = 0; second < 60; second++) {
        sight.page().clock().runFor(1000);
      }
      assertThat(asked(sight) - before).isBetween(1, MOST_REQUESTS_A_MINUTE - 1);
    }
  }

  /// Without what keeps the stream, which the clock that runs ahead makes it open anew.
  private static int asked(Sight sight) {
    return (int)
        sight.requests().stream()
            .filter(url -> url.contains("/v1/") && !url.contains("/v1/stream"))
            .count();
  }

  @Test
  void savesWhatASpreadsheetDoesNotRun() throws Exception {
    try (Sight sight = browser.open(factory.owners(), Look.WIDE_LIGHT)) {
      sight.isConnected();
      sight.goes("sql");
      sight.sees("position");
      Locator statement = sight.page().locator("textarea");
      statement.fill("SELECT i * 1000 AS n, '=1+1' AS f FROM range(1001) AS t(i) ORDER BY i");
      statement.press("Control+Enter");
      sight.sees("an apostrophe stands before text");
      sight
          .page()
          .locator("tbody")
          .getByText("1,000", new Locator.GetByTextOptions().setExact(true))
          .waitFor();
      Download saved =
          sight.page().waitForDownload(() -> sight.presses("Save as CSV (first 1,000)"));
      List<String> lines = Files.readAllLines(saved.path());
      assertThat(lines).hasSize(1001).contains("n,f", "1000,'=1+1", "999000,'=1+1");
      statement.fill("SELECT -1 AS n");
      statement.press("Control+Enter");
      sight.sees("1 rows");
      assertThat(sight.page().getByText("an apostrophe stands before text").count()).isZero();
      sight.isSound();
    }
  }

  /// Reports are pages that anybody may open from a file, without the console's own policy.
  @Test
  void reportsRunNothingOfWhatDataAndPeopleSaid() {
    for (Look look : Look.values()) {
      for (String name : List.of("closing", "training")) {
        String file =
            factory.folder().resolve("state/reports/" + name + ".html").toUri().toString();
        try (Sight sight = browser.open(file, look)) {
          sight.page().getByText(HOSTILE).first().waitFor();
          sight.isSound();
          assertThat(sight.requests()).hasSize(1);
          assertThat(sight.page().locator("main").innerText())
              .doesNotContainPattern("[0-9a-f]{13}")
              .contains("95 % interval");
        }
      }
    }
  }
}
