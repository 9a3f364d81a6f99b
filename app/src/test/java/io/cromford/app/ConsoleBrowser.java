package io.cromford.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A real browser that looks at the console of a factory.
final class ConsoleBrowser implements AutoCloseable {
  private static final Path AXE =
      Path.of("..", "console", "node_modules", "axe-core", "axe.min.js");

  /// Where the pictures of the documents are put; none are made without it.
  private static final String PICTURES = System.getProperty("cromford.pictures", "");

  private static final double PATIENCE_MILLIS = 20_000;

  /// Keeps what the content security policy refused: what somebody planted would have run.
  private static final String WATCH =
      "window.refused = []; addEventListener('securitypolicyviolation',"
          + " (e) => window.refused.push(e.violatedDirective + ' ' + e.blockedURI))";

  /// What makes a page wider than its window; nothing if it is not.
  private static final String BEYOND =
      """
      () => document.documentElement.scrollWidth <= innerWidth ? [] :
        [document.documentElement.scrollWidth + ' of ' + innerWidth,
          ...[...document.querySelectorAll('body *')]
            .filter((e) => e.getBoundingClientRect().right > innerWidth + 1)
            .filter((e) => { for (let p = e.parentElement; p; p = p.parentElement) if (getComputedStyle(p).overflowX !== 'visible') return false; return true; })
            .map((e) => e.tagName + '.' + e.className).slice(0, 5)]
      """;

  private final Playwright playwright;
  private final Browser browser;
  private final String axe;

  /// How a page is looked at.
  enum Look {
    WIDE_LIGHT(1280, 900, ColorScheme.LIGHT),
    WIDE_DARK(1280, 900, ColorScheme.DARK),
    PHONE_LIGHT(390, 844, ColorScheme.LIGHT),
    PHONE_DARK(390, 844, ColorScheme.DARK);

    private final int width;
    private final int height;
    private final ColorScheme scheme;

    Look(int width, int height, ColorScheme scheme) {
      this.width = width;
      this.height = height;
      this.scheme = scheme;
    }
  }

  ConsoleBrowser() {
    this.playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    this.browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(chromium())
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync")));
    this.axe = read(AXE);
  }

  private static Path chromium() {
    return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() ->
            new IllegalStateException(
                "no Chromium is installed.\nMaybe apt-get install chromium: the console is tested in it."));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A page of its own, with a session of its own, as a person far from the factory sees it.
  Sight open(String url, Look look) {
    return open(url, look, Duration.ZERO);
  }

  /// The same where the browser's clock is ahead of this machine's.
  Sight open(String url, Look look, Duration ahead) {
    Sight sight = sight(look, "en-GB", "Europe/Berlin");
    if (!ahead.isZero()) {
      sight.page().clock().setSystemTime(System.currentTimeMillis() + ahead.toMillis());
    }
    sight.page().navigate(url);
    return sight;
  }

  /// The same for somebody who writes numbers as another language does, in another zone.
  Sight open(String url, Look look, String locale, String zone) {
    Sight sight = sight(look, locale, zone);
    sight.page().navigate(url);
    return sight;
  }

  private Sight sight(Look look, String locale, String zone) {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(look.width, look.height)
                .setColorScheme(look.scheme)
                .setTimezoneId(zone)
                .setLocale(locale));
    context.setDefaultTimeout(PATIENCE_MILLIS);
    context.addInitScript(WATCH);
    return new Sight(context.newPage(), axe);
  }

  /// Ends what a class of tests has started.
  ///
  /// @param browser null if it did not come to it
  /// @param serving null if it did not come to it
  static void stop(@Nullable ConsoleBrowser browser, @Nullable ChildRun serving) throws Exception {
    if (browser != null) {
      browser.close();
    }
    if (serving != null) {
      serving.terminate();
      serving.end();
    }
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }

  /// A page, and what went wrong on it.
  static final class Sight implements AutoCloseable {
    private final Page page;
    private final String axe;
    private final List<String> errors = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();

    private Sight(Page page, String axe) {
      this.page = page;
      this.axe = axe;
      page.onPageError(errors::add);
      page.onConsoleMessage(message -> {
        if (message.type().equals("error")) {
          errors.add(message.text());
        }
      });
      page.onRequest(request -> requests.add(request.url()));
    }

    Page page() {
      return page;
    }

    /// What was asked for so far.
    List<String> requests() {
      return List.copyOf(requests);
    }

    void sees(String text) {
      page.getByText(text).first().waitFor();
    }

    void presses(String button) {
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button)).first().click();
    }

    /// Waits until the page hears the factory.
    void isConnected() {
      page.locator("[data-connection=live]").waitFor();
    }

    void hasNoDialog() {
      page.locator("dialog")
          .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
    }

    /// Says why and who, and does it.
    void confirms(String reason, String by) {
      page.locator("dialog textarea[name=reason]").fill(reason);
      page.locator("dialog input[name=by]").fill(by);
      page.locator("dialog button[type=submit]").click();
      hasNoDialog();
    }

    /// Holds it against what every page must be: no error, nothing that somebody planted, nothing
    /// beyond its width, and nothing that axe finds, however minor.
    void isSound() {
      assertThat(errors).isEmpty();
      isClean();
      assertThat((List<?>) page.evaluate(BEYOND))
          .as("beyond the width of %s", page.url())
          .isEmpty();
      page.evaluate(axe);
      Object found =
          page.evaluate(
              """
              async () => {
                const done = await axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']});
                return done.violations.map((v) => v.impact + ' ' + v.id + ': ' + v.nodes.map((n) => n.target.join(' ')).slice(0, 4).join(', '));
              }
              """);
      assertThat((List<?>) found).as("axe on %s", page.url()).isEmpty();
    }

    /// Whether all that came from data or people is text: no script ran or was refused, and there
    /// is no element that the page does not have.
    void isClean() {
      assertThat(page.evaluate("window.refused"))
          .as("refused on %s", page.url())
          .isEqualTo(List.of());
      assertThat(page.evaluate("window.hacked === undefined")).isEqualTo(true);
      assertThat(page.locator("body img, body script:not([src]), body iframe, body b").count())
          .as("planted on %s", page.url())
          .isZero();
    }

    /// Makes a picture of what is seen, for the documents, if there is a folder for it.
    void picture(String name) {
      if (!PICTURES.isEmpty()) {
        page.evaluate("document.querySelectorAll('.toast').forEach((one) => one.remove())");
        Pictures.write(page.screenshot(), Path.of(PICTURES, name + ".png"));
      }
    }

    /// Goes to a page of the console.
    void goes(String place) {
      page.evaluate("place => { location.hash = '#/' + place; }", place);
    }

    /// Forgets what went wrong: it was meant to.
    void forgives() {
      errors.clear();
    }

    @Override
    public void close() {
      page.context().close();
    }
  }
}
