package io.cromford.training.report;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// A piece of HTML that is safe to put into a page.
///
/// @param html markup in which every text has been escaped
public record Fragment(String html) {
  /// Nothing.
  public static final Fragment EMPTY = new Fragment("");

  /// A text, escaped.
  public static Fragment text(String text) {
    return new Fragment(escaped(text));
  }

  /// A paragraph of text.
  public static Fragment paragraph(String text) {
    return element("p", text(text));
  }

  /// A paragraph in smaller, quieter type.
  public static Fragment note(String text) {
    return new Fragment("<p class=\"note\">" + escaped(text) + "</p>\n");
  }

  /// An element around other pieces.
  ///
  /// @param name of the element, such as `p`; trusted
  public static Fragment element(String name, Fragment... content) {
    return new Fragment("<" + name + ">" + join(Arrays.asList(content)).html + "</" + name + ">\n");
  }

  /// Pieces side by side where the page is wide enough.
  public static Fragment columns(Fragment... content) {
    String inner =
        Arrays.stream(content)
            .map(piece -> "<div>" + piece.html + "</div>\n")
            .collect(Collectors.joining());
    return new Fragment("<div class=\"columns\">" + inner + "</div>\n");
  }

  /// Pieces one after the other.
  public static Fragment join(List<Fragment> pieces) {
    return new Fragment(pieces.stream().map(Fragment::html).collect(Collectors.joining()));
  }

  /// Text that folds out when asked for.
  ///
  /// @param summary what is seen at first
  public static Fragment details(String summary, Fragment content) {
    return new Fragment(
        "<details><summary>" + escaped(summary) + "</summary>\n" + content.html + "</details>\n");
  }

  /// A text in which no character can act as markup, in elements and in quoted attributes.
  static String escaped(String text) {
    StringBuilder safe = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> safe.append("&amp;");
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        case '"' -> safe.append("&quot;");
        case '\'' -> safe.append("&#39;");
        default -> safe.append(Character.isISOControl(c) && c != '\n' ? ' ' : c);
      }
    }
    return safe.toString();
  }
}
