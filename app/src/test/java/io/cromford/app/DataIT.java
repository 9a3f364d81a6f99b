package io.cromford.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.cromford.app.ConsoleBrowser.Look;
import io.cromford.app.ConsoleBrowser.Sight;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The pages Data and SQL in a real browser, on a small factory with rows in quarantine.
@Timeout(600)
class DataIT {
  private static final String HOSTILE = "<script>window.hacked=1</script>";

  /// Where pictures go, if this names a folder.
  private static final String PICTURES = System.getProperty("cromford.pictures", "");

  @TempDir private static Path folder;
  private static SmallFactory factory;
  private static ChildRun serving;
  private static ConsoleBrowser browser;

  @BeforeAll
  static void serve() throws Exception {
    factory = SmallFactory.in(folder);
    List<String> rows = new ArrayList<>(Files.readAllLines(factory.data()));
    rows.set(5, rows.get(5).replaceFirst(",[^,]*,", "," + HOSTILE + ","));
    Files.write(factory.data(), rows);
    Ran ran = factory.runToTheEnd();
    assertThat(ran.exit()).as(ran.err()).isZero();
    serving = ChildRun.start(List.of(), "serve", factory.folder(), "--port", 0, "--clock", "data");
    serving.awaitLine("serving on");
    browser = new ConsoleBrowser();
  }

  @AfterAll
  static void stop() throws Exception {
    ConsoleBrowser.stop(browser, serving);
  }

  private static Sight owner(Look look, String page) {
    Sight sight = browser.open(factory.owners(), look);
    sight.isConnected();
    sight.page().navigate(factory.access().url() + "/#/" + page);
    return sight;
  }

  private static void picture(Sight sight, String name) {
    if (!PICTURES.isEmpty()) {
      sight
          .page()
          .screenshot(new Page.ScreenshotOptions().setPath(Path.of(PICTURES, name + ".png")));
    }
  }

  @Test
  void showsSourcesFeaturesAndRefusedRowsInBothThemesAndWidths() {
    for (Look look : Look.values()) {
      try (Sight sight = owner(look, "data")) {
        sight.sees("decided on");
        sight.sees("The newest");
        sight.sees("as usual");
        sight.sees("amount");
        sight.isSound();
        if (look == Look.WIDE_LIGHT) {
          picture(sight, "data");
        }
      }
    }
  }

  @Test
  void opensAHostileRowAsTextAndReplaysOnlyWithAReason() {
    try (Sight sight = owner(Look.WIDE_LIGHT, "data")) {
      Locator row =
          sight
              .page()
              .getByRole(AriaRole.REGION)
              .filter(new Locator.FilterOptions().setHasText("What is wrong"));
      row.locator("tbody tr").last().click();
      sight.page().locator("dialog pre").waitFor();
      assertThat(sight.page().locator("dialog").textContent()).contains(HOSTILE);
      assertThat(sight.page().evaluate("window.hacked")).isNull();
      sight.isSound();
      sight.presses("Close");
      sight.hasNoDialog();
      sight.presses("Replay …");
      sight.confirms("the feed was mended", "Kim");
      sight.sees("stay in quarantine");
    }
  }

  @Test
  void opensAFeatureWithItsSql() {
    try (Sight sight = owner(Look.PHONE_DARK, "data")) {
      sight
          .page()
          .locator("tr.opens", new Page.LocatorOptions().setHasText("amount"))
          .first()
          .click();
      sight.page().locator("dialog pre").waitFor();
      assertThat(sight.page().locator("dialog pre").textContent()).contains("AS amount");
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
      picture(sight, "sql");
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
