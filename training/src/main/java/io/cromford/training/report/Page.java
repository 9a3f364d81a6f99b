package io.cromford.training.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// One self-contained HTML page: a head, sections, no script, nothing loaded from elsewhere.
public final class Page {
  private static final String DARK = ":root[data-theme='dark'] {";

  private final String title;
  private final String lead;
  private final List<Fragment> sections = new ArrayList<>();

  /// An empty page.
  ///
  /// @param title the heading, and the window's title
  /// @param lead one or two sentences that say what came out
  public Page(String title, String lead) {
    this.title = title;
    this.lead = lead;
  }

  /// Adds content without a heading of its own, such as tiles under the head.
  public Page add(Fragment content) {
    sections.add(content);
    return this;
  }

  /// Adds a section.
  public Page section(String heading, Fragment... content) {
    String inner = Fragment.join(List.of(content)).html();
    sections.add(
        new Fragment(
            "<section class=\"card\">\n<h2>"
                + Fragment.escaped(heading)
                + "</h2>\n"
                + inner
                + "</section>\n"));
    return this;
  }

  /// The page's text.
  public String html() {
    String safeTitle = Fragment.escaped(title);
    return """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta http-equiv="Content-Security-Policy"
      content="default-src 'none'; style-src 'unsafe-inline'">
    <title>%s</title>
    <style>
    %s</style>
    </head>
    <body>
    <main>
    <header>
    <h1>%s</h1>
    <p class="lead">%s</p>
    </header>
    %s</main>
    </body>
    </html>
    """
        .formatted(
            safeTitle, style(), safeTitle, Fragment.escaped(lead), Fragment.join(sections).html());
  }

  /// The look that the console has too, then what reports alone need. The console's dark theme is
  /// switched by an attribute; here the reader's system says which it is.
  private static String style() {
    String look = resource("look.css");
    int dark = look.indexOf(DARK);
    int end = look.indexOf("\n}\n", dark) + 3;
    return look.substring(0, dark)
        + "@media (prefers-color-scheme: dark) {\n:root {"
        + look.substring(dark + DARK.length(), end)
        + "}\n"
        + look.substring(end)
        + resource("page.css");
  }

  private static String resource(String name) {
    try (var stream = Objects.requireNonNull(Page.class.getResourceAsStream(name))) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
