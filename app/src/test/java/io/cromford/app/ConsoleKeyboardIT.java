package io.cromford.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.cromford.app.ConsoleBrowser.Look;
import io.cromford.app.ConsoleBrowser.Sight;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What can be done on each page, by keyboard alone: Tab, Enter, arrows and letters, with a mark
/// around what they go to.
@Timeout(600)
class ConsoleKeyboardIT {
  private static final String DAY = "2018-04-20";
  private static final String OPEN_FROM = "2018-05-13";
  private static final int MOST_TABS = 200;

  @TempDir private static Path folder;
  private static SmallFactory factory;
  private static ChildRun serving;
  private static ConsoleBrowser browser;

  @BeforeAll
  static void serve() throws Exception {
    factory = SmallFactory.in(folder);
    factory.edit("amount-not-negative: amount >= 0", "amount-not-negative: amount >= 1");
    factory.knowsOutcomes(ConsoleKeyboardIT::isKnown);
    serving = factory.live();
    browser = new ConsoleBrowser();
  }

  /// A day lacks its outcomes, so there is an alarm; the last week has none yet, so there is work.
  private static boolean isKnown(String row) {
    return !row.contains(DAY) && SmallFactory.isBefore(row, OPEN_FROM);
  }

  @AfterAll
  static void stop() throws Exception {
    ConsoleBrowser.stop(browser, serving);
  }

  private static Keyboard keys(Sight sight) {
    return sight.page().keyboard();
  }

  /// Goes on by Tab until the focus is on what is looked for, which then has a mark around it.
  private static void tabs(Sight sight, String selector, String text) {
    for (int i = 0; i < MOST_TABS; i++) {
      keys(sight).press("Tab");
      Object there =
          sight
              .page()
              .evaluate(
                  """
                  ([selector, text]) => {
                    const at = document.activeElement;
                    if (!at?.matches(selector) || !at.textContent.includes(text)) return 'no';
                    const style = getComputedStyle(at);
                    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1 ? 'marked' : 'bare';
                  }
                  """,
                  List.of(selector, text));
      if (!there.equals("no")) {
        assertThat(there).as("the focus on %s %s", selector, text).isEqualTo("marked");
        return;
      }
    }
    throw new AssertionError("Tab does not reach " + selector + " " + text);
  }

  private static void enters(Sight sight, String selector, String text) {
    tabs(sight, selector, text);
    keys(sight).press("Enter");
  }

  private static void goes(Sight sight, String page) {
    keys(sight).press("Escape");
    enters(sight, "nav a", page);
    sight.page().locator("nav a[aria-current=page]").getByText(page).waitFor();
  }

  /// Says why and who, as soon as the dialog is there.
  private static void says(Sight sight, String reason) {
    sight.page().locator("dialog textarea:focus").waitFor();
    keys(sight).type(reason);
    keys(sight).press("Tab");
    keys(sight).press("Control+A");
    keys(sight).type("Ada");
    keys(sight).press("Enter");
    sight.hasNoDialog();
  }

  private static Sight owner() {
    Sight sight = browser.open(factory.owners(), Look.WIDE_LIGHT);
    sight.isConnected();
    return sight;
  }

  @Test
  void skipsToThePageAndStopsTheFlywheel() {
    try (Sight sight = owner()) {
      enters(sight, "a.skip", "Skip");
      assertThat(sight.page().evaluate("document.activeElement.id")).isEqualTo("main");
      enters(sight, "button", "Freeze");
      says(sight, "a drill");
      sight.sees("The flywheel is frozen by Ada: a drill");
      enters(sight, "button", "Resume");
      says(sight, "it is over");
      goes(sight, "On call");
      sight.sees("it trains and promotes by itself");
      enters(sight, "button", "Acknowledge");
      says(sight, "I ask for the file");
      sight.sees("Acknowledged by Ada");
      sight.isSound();
    }
  }

  @Test
  void looksAsItDoesInTheDocuments() {
    try (Sight sight = owner()) {
      sight.goes("decisions");
      sight.sees("50 shown.");
      sight.isSound();
      sight.goes("work");
      sight.page().locator("tbody tr").first().waitFor();
      sight.isSound();
      sight.page().locator("tbody a").first().click();
      sight.sees("Its features against what is usual");
      sight.page().locator("tr.this").waitFor();
      sight.isSound();
      sight.goes("data");
      sight.sees("The newest");
      sight.sees("as usual");
      sight.picture("data");
      sight.goes("oncall");
      sight.page().locator("#alarms").getByText("what to do").first().waitFor();
      sight.picture("on-call");
    }
  }

  @Test
  void findsADecisionAndOpensIt() {
    try (Sight sight = owner()) {
      goes(sight, "Decisions");
      sight.sees("50 shown.");
      tabs(sight, "input[list=columns]", "");
      keys(sight).press("Control+A");
      keys(sight).type("id");
      keys(sight).press("Tab");
      keys(sight).type(sight.page().locator("tbody tr.opens td:nth-child(2)").first().innerText());
      keys(sight).press("Enter");
      sight.sees("1 shown.");
      enters(sight, "tr.opens", "");
      sight.sees("Its features against what is usual");
      enters(sight, "main a", "All decisions");
      sight.sees("1 shown.");
      sight.isSound();
    }
  }

  /// Through all that can become of an alert.
  @Test
  void worksOnAnAlertFromClaimToReopening() {
    try (Sight sight = owner()) {
      goes(sight, "Work queue");
      sight.page().locator("tbody tr").first().waitFor();
      tabs(sight, ".name-field input", "");
      keys(sight).type("Ada");
      tabs(sight, "tr.opens", "");
      String id = alertAtFocus(sight);
      keys(sight).press("c");
      sight.sees("Claimed: " + id);
      keys(sight).press("ArrowDown");
      keys(sight).press("ArrowUp");
      keys(sight).press("n");
      says(sight, "called twice");
      sight.page().locator("tbody").getByText("called twice (Ada)").waitFor();
      assertThat(alertAtFocus(sight)).as("the focus is back").isEqualTo(id);
      keys(sight).press("r");
      sight.sees("Released: " + id);
      keys(sight).press("x");
      sight.page().locator("dialog textarea:focus").waitFor();
      keys(sight).press("Shift+Tab");
      keys(sight).type("unreach");
      keys(sight).press("Tab");
      says(sight, "nobody there");
      sight.page().waitForCondition(() -> !Set.of("", id).contains(alertAtFocus(sight)));
      enters(sight, "button[aria-pressed]", "Closed");
      sight.page().locator("tbody").getByText("unreachable: nobody there (Ada)").waitFor();
      tabs(sight, "td input[type=checkbox]", "");
      keys(sight).press("Space");
      keys(sight).press("Shift+Tab");
      backTo(sight, "Reopen");
      keys(sight).press("Enter");
      says(sight, "she called back");
      enters(sight, "button[aria-pressed]", "To do");
      sight.page().locator("tbody").getByText("she called back (Ada)").waitFor();
      sight.isSound();
    }
  }

  private static void backTo(Sight sight, String button) {
    for (int i = 0; i < MOST_TABS; i++) {
      Object text = sight.page().evaluate("document.activeElement.textContent");
      if (text.toString().startsWith(button)) {
        return;
      }
      keys(sight).press("Shift+Tab");
    }
    throw new AssertionError("Shift+Tab does not reach " + button);
  }

  private static String alertAtFocus(Sight sight) {
    return sight
        .page()
        .evaluate(
            "document.activeElement.closest('tr')?.querySelector('[data-id]')?.dataset.id ?? ''")
        .toString();
  }

  @Test
  void looksAtWeeksAndModelsAndSaysNo() {
    String rules = version();
    assertThat(factory.run("models propose", rules, "--reason", "they are simple").exit()).isZero();
    try (Sight sight = owner()) {
      goes(sight, "Learning");
      sight.sees("Waits for a person");
      enters(sight, "button[aria-pressed]", "Money saved");
      sight.page().locator("button[aria-pressed=true]").getByText("Money saved").waitFor();
      enters(sight, "main a[href^='#/model/']", "");
      sight.sees("Use and responsibility");
      goes(sight, "Learning");
      enters(sight, "main button", "Reject");
      says(sight, "too simple");
      sight
          .page()
          .getByText("Waits for a person")
          .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
      sight.isSound();
    }
  }

  private static String version() {
    return factory
        .run("models list")
        .out()
        .lines()
        .filter(line -> line.contains("rules"))
        .map(line -> line.strip().split("\\s")[0])
        .findFirst()
        .orElseThrow();
  }

  @Test
  void opensFeaturesAndReplaysTheQuarantine() {
    try (Sight sight = owner()) {
      goes(sight, "Data");
      sight.sees("The newest");
      enters(sight, "tr.opens", "not at all");
      sight.page().locator("dialog pre").waitFor();
      keys(sight).press("Escape");
      sight.hasNoDialog();
      enters(sight, "button", "Replay all");
      says(sight, "the feed was mended");
      sight.sees("stay in quarantine");
      sight.isSound();
    }
  }

  @Test
  void asksInSqlAndSwitchesTheTheme() {
    try (Sight sight = owner()) {
      goes(sight, "SQL");
      sight.sees("position");
      tabs(sight, "textarea", "");
      keys(sight).press("Control+A");
      keys(sight).type("SELECT count(*) AS how_many FROM decisions");
      keys(sight).press("Escape");
      keys(sight).press("Control+Enter");
      sight.page().locator("thead").getByText("how_many").waitFor();
      enters(sight, "header button[aria-label^=Switch]", "");
      assertThat(sight.page().evaluate("document.documentElement.dataset.theme")).isEqualTo("dark");
      sight.isSound();
    }
  }
}
