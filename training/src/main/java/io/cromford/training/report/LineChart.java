package io.cromford.training.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Lines over a common axis, as inline SVG.
///
/// Series differ by colour, dash and marker, so that they can be told apart without colour. Where a
/// value is not finite the line has a gap. Points carry a tooltip if there are few.
public final class LineChart {
  private static final int NARROW = 640;
  private static final int WIDE = 1120;
  private static final int HEIGHT = 340;
  private static final int LEFT = 62;
  private static final int RIGHT = 14;
  private static final int TOP = 14;
  private static final int BOTTOM = 46;

  /// A line of at most so many points shows them as dots.
  private static final int MOST_DOTS = 60;

  private final String title;
  private final String description;
  private final Axis x;
  private final Axis y;
  private final List<Series> series = new ArrayList<>();
  private final List<Mark> marks = new ArrayList<>();
  private int width = NARROW;

  /// A point of a series.
  ///
  /// @param x where it lies on the horizontal axis
  /// @param y where it lies on the vertical axis
  /// @param label what its tooltip says; empty for the coordinates
  public record Point(double x, double y, String label) {
    /// A point whose tooltip says where it is.
    public static Point of(double x, double y) {
      return new Point(x, y, "");
    }
  }

  /// How a series is drawn.
  public enum Style {
    /// The subject.
    MAIN,
    /// What it is compared with.
    OTHER,
    /// A third.
    THIRD,
    /// A line for orientation, such as a diagonal; without dots.
    GUIDE
  }

  /// A vertical line at something that happened.
  ///
  /// @param x where
  /// @param label what its tooltip says
  public record Mark(double x, String label) {}

  private record Series(String name, Style style, List<Point> points) {}

  /// An empty chart.
  ///
  /// @param title above it
  /// @param description what it shows, for those who do not see it
  public LineChart(String title, String description, Axis x, Axis y) {
    this.title = title;
    this.description = description;
    this.x = x;
    this.y = y;
  }

  /// Adds a series.
  public LineChart series(String name, Style style, List<Point> points) {
    series.add(new Series(name, style, List.copyOf(points)));
    return this;
  }

  /// Makes the chart as wide as a section; otherwise two stand side by side.
  public LineChart wide() {
    width = WIDE;
    return this;
  }

  /// Adds a vertical line.
  public LineChart mark(double at, String label) {
    marks.add(new Mark(at, label));
    return this;
  }

  /// The chart with its title and legend.
  public Fragment fragment() {
    StringBuilder html =
        new StringBuilder(width == WIDE ? "<figure class=\"wide\" tabindex=\"0\">" : "<figure>");
    html.append("\n<figcaption>").append(Fragment.escaped(title)).append("</figcaption>\n");
    legend(html);
    html.append("<svg role=\"img\" viewBox=\"0 0 " + width + " " + HEIGHT + "\" aria-label=\"")
        .append(Fragment.escaped(title + ". " + description))
        .append("\">\n");
    grid(html);
    marks.forEach(mark -> draw(html, mark));
    series.forEach(one -> draw(html, one));
    return new Fragment(html.append("</svg>\n</figure>\n").toString());
  }

  private void legend(StringBuilder html) {
    html.append("<ul class=\"legend\">");
    for (Series one : series) {
      html.append("<li><svg aria-hidden=\"true\" viewBox=\"0 0 26 10\" width=\"26\" height=\"10\">")
          .append("<path class=\"line ")
          .append(styleClass(one.style()))
          .append("\" d=\"M1 5H25\"/></svg>")
          .append(Fragment.escaped(one.name()))
          .append("</li>");
    }
    html.append("</ul>\n");
  }

  private void grid(StringBuilder html) {
    for (double tick : y.ticks(5)) {
      String at = number(top(tick));
      html.append("<path class=\"grid\" d=\"M" + LEFT + " " + at + "H" + (width - RIGHT) + "\"/>")
          .append("<text class=\"tick\" text-anchor=\"end\" x=\"" + (LEFT - 8) + "\" y=\"")
          .append(number(top(tick) + 4))
          .append("\">")
          .append(Fragment.escaped(y.format().apply(tick)))
          .append("</text>\n");
    }
    for (double tick : x.ticks(width == WIDE ? 12 : 7)) {
      html.append("<text class=\"tick\" text-anchor=\"middle\" x=\"")
          .append(number(left(tick)))
          .append("\" y=\"" + (HEIGHT - BOTTOM + 18) + "\">")
          .append(Fragment.escaped(x.format().apply(tick)))
          .append("</text>\n");
    }
    axisTitles(html);
  }

  private void axisTitles(StringBuilder html) {
    int middle = TOP + (HEIGHT - TOP - BOTTOM) / 2;
    html.append("<path class=\"axis\" d=\"M" + LEFT + " " + (HEIGHT - BOTTOM))
        .append("H" + (width - RIGHT) + "\"/>")
        .append("<text class=\"title\" text-anchor=\"middle\" x=\"")
        .append(LEFT + (width - LEFT - RIGHT) / 2)
        .append("\" y=\"" + (HEIGHT - 8) + "\">" + Fragment.escaped(x.title()) + "</text>")
        .append("<text class=\"title\" text-anchor=\"middle\" transform=\"translate(12 " + middle)
        .append(") rotate(-90)\">" + Fragment.escaped(y.title()) + "</text>\n");
  }

  private void draw(StringBuilder html, Mark mark) {
    html.append("<path class=\"mark\" d=\"M")
        .append(number(left(mark.x())))
        .append(" " + TOP + "V" + (HEIGHT - BOTTOM) + "\"><title>")
        .append(Fragment.escaped(mark.label()))
        .append("</title></path>\n");
  }

  private void draw(StringBuilder html, Series one) {
    html.append("<path class=\"line ").append(styleClass(one.style())).append("\" d=\"");
    boolean drawing = false;
    for (Point point : one.points()) {
      boolean there = Double.isFinite(point.x()) && Double.isFinite(point.y());
      if (there) {
        html.append(drawing ? 'L' : 'M')
            .append(number(left(point.x())))
            .append(' ')
            .append(number(top(point.y())));
      }
      drawing = there;
    }
    html.append("\"/>\n");
    if (one.style() != Style.GUIDE && one.points().size() <= MOST_DOTS) {
      one.points().forEach(point -> dot(html, one, point));
    }
  }

  private void dot(StringBuilder html, Series one, Point point) {
    if (Double.isFinite(point.x()) && Double.isFinite(point.y())) {
      String label =
          point.label().isEmpty()
              ? one.name() + ": " + Figures.brief(point.x()) + ", " + Figures.brief(point.y())
              : point.label();
      html.append("<circle class=\"dot ")
          .append(styleClass(one.style()))
          .append("\" r=\"3.5\" cx=\"")
          .append(number(left(point.x())))
          .append("\" cy=\"")
          .append(number(top(point.y())))
          .append("\"><title>")
          .append(Fragment.escaped(label))
          .append("</title></circle>\n");
    }
  }

  private double left(double value) {
    return LEFT + x.position(value) * (width - LEFT - RIGHT);
  }

  private double top(double value) {
    return HEIGHT - BOTTOM - y.position(value) * (HEIGHT - TOP - BOTTOM);
  }

  private static String styleClass(Style style) {
    return style.name().toLowerCase(Locale.ROOT);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
