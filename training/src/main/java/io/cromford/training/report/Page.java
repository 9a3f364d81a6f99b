package io.cromford.training.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// One self-contained HTML page: a head, sections, no script, nothing loaded from elsewhere.
public final class Page {
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
            "<section>\n<h2>" + Fragment.escaped(heading) + "</h2>\n" + inner + "</section>\n"));
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

  private static String style() {
    try (var stream = Objects.requireNonNull(Page.class.getResourceAsStream("page.css"))) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
