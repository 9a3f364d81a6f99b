package io.cromford.training.report;

import java.util.List;
import java.util.Locale;

/// Horizontal bars from zero, longest first if given so.
public final class BarChart {
  private BarChart() {}

  /// One bar.
  ///
  /// @param label to its left
  /// @param value its length, ≥ 0
  /// @param text the value as it is shown to its right
  public record Bar(String label, double value, String text) {}

  /// The bars under a title; each is scaled by the longest.
  public static Fragment of(String title, List<Bar> bars) {
    double longest = bars.stream().mapToDouble(Bar::value).max().orElse(0);
    StringBuilder html = new StringBuilder("<figure>\n<figcaption>");
    html.append(Fragment.escaped(title)).append("</figcaption>\n<table class=\"bars\"><tbody>\n");
    for (Bar bar : bars) {
      double percent = longest > 0 ? 100 * bar.value() / longest : 0;
      html.append("<tr><th scope=\"row\">")
          .append(Fragment.escaped(bar.label()))
          .append("</th><td class=\"track\"><span style=\"width:")
          .append(String.format(Locale.ROOT, "%.1f", percent))
          .append("%\"></span></td><td class=\"end\">")
          .append(Fragment.escaped(bar.text()))
          .append("</td></tr>\n");
    }
    return new Fragment(html.append("</tbody></table>\n</figure>\n").toString());
  }
}
