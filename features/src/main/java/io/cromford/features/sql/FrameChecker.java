package io.cromford.features.sql;

import io.cromford.core.ColumnType.Kind;
import io.cromford.core.Suggestions;
import io.cromford.features.plan.Window;
import io.cromford.features.sql.Syntax.Definition;
import io.cromford.features.sql.Syntax.Frame;
import io.cromford.features.sql.Syntax.Interval;
import io.cromford.features.sql.Syntax.Over;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Checks windows and their frames. A method returns null where a problem was reported.
final class FrameChecker {
  private static final Map<String, Long> UNITS =
      Map.of(
          "MILLISECOND", 1L,
          "SECOND", 1_000L,
          "MINUTE", 60_000L,
          "HOUR", 3_600_000L,
          "DAY", 86_400_000L);

  private final Inputs inputs;
  private final Problems problems;
  private final Map<String, Checked> named = new HashMap<>();
  private final Definitions definitions = new Definitions();

  /// A window that was looked at.
  ///
  /// @param window null if it has a problem
  /// @param name how a message names it
  record Checked(@Nullable Window window, String name) {}

  FrameChecker(Inputs inputs, Problems problems) {
    this.inputs = inputs;
    this.problems = problems;
  }

  /// Checks the WINDOW clause.
  void check(List<Syntax.Named> windows) {
    for (Syntax.Named window : windows) {
      if (!definitions.define(window.name(), window.span())) {
        problems.add(
            window.span(),
            "the window `%s` is defined twice".formatted(window.name()),
            "give each window its own name.");
      }
    }
    for (Syntax.Named window : windows) {
      definitions.within(window.name());
      Definition definition = window.definition();
      Window checked = definition == null ? null : check(definition);
      named.putIfAbsent(
          Definitions.key(window.name()),
          new Checked(
              checked, "the frame `%s` (line %d)".formatted(window.name(), window.span().line())));
    }
  }

  /// Reports windows that extend others; to be called when every window has been looked at.
  void reportExtended() {
    definitions.report(
        problems,
        "a window that extends the window `%s` is not in the dialect",
        "write out PARTITION BY, ORDER BY and RANGE in each window.");
  }

  /// The window that an aggregate is computed over; null if there is none of that name.
  @Nullable Checked resolve(Over over) {
    return switch (over) {
      case Definition definition -> inline(definition);
      case Syntax.Reference reference -> resolve(reference);
    };
  }

  private Checked inline(Definition definition) {
    definitions.within("");
    return new Checked(
        check(definition), "the frame on line %d".formatted(definition.span().line()));
  }

  private @Nullable Checked resolve(Syntax.Reference reference) {
    Checked found = named.get(Definitions.key(reference.name()));
    if (found == null) {
      String meant =
          Suggestions.nearest(reference.name(), named.keySet())
              .map("you meant `%s`; "::formatted)
              .orElse("");
      problems.add(
          reference.span(),
          "the window `%s` is not defined".formatted(reference.name()),
          meant + "define it after FROM: WINDOW %s AS (…).".formatted(reference.name()));
    }
    return found;
  }

  private @Nullable Window check(Definition definition) {
    Syntax.Reference base = definition.base();
    if (base != null) {
      refuseBase(base);
      return null;
    }
    List<Integer> partition = partition(definition.partition());
    boolean ordered = isOrdered(definition);
    Frame frame = definition.frame();
    if (frame == null && ordered) {
      problems.add(
          definition.span(),
          "a window without a frame reaches back without end and shows later rows of the same"
              + " instant",
          "add RANGE BETWEEN INTERVAL '7' DAY PRECEDING AND CURRENT ROW EXCLUDE TIES.");
    }
    Window window = frame == null ? null : frame(frame, partition);
    return ordered && partition.size() == definition.partition().size() ? window : null;
  }

  private void refuseBase(Syntax.Reference base) {
    if (!definitions.refers(base.name(), base.span())) {
      problems.add(
          base.span(),
          "the window `%s` is not defined".formatted(base.name()),
          "write out PARTITION BY, ORDER BY and RANGE in each window.");
    }
  }

  private List<Integer> partition(List<Syntax> columns) {
    List<Integer> partition = new ArrayList<>();
    for (Syntax column : columns) {
      if (!(column instanceof Syntax.Name name)) {
        problems.add(
            column.span(),
            "a partition is by columns, and `%s` is none".formatted(problems.quote(column.span())),
            "add the value as a column in the source's cleaning, or use FILTER (WHERE …).");
        continue;
      }
      int index = inputs.resolve(name);
      if (index >= 0 && canPartition(name, index)) {
        partition.add(index);
      }
    }
    return partition;
  }

  private boolean canPartition(Syntax.Name name, int index) {
    if (inputs.isOutcome(index)) {
      problems.add(
          name.span(),
          "a partition by the outcome `%s` sorts the row by what is not known yet"
              .formatted(name.name()),
          "use FILTER (WHERE …) with a frame that ends at the label's maturity.");
      return false;
    }
    if (inputs.schema().column(index).type().kind() == Kind.DOUBLE) {
      problems.add(
          name.span(),
          "a partition by the double `%s`: equal doubles are chance".formatted(name.name()),
          "declare the column as a bigint or decimal.");
      return false;
    }
    return true;
  }

  private boolean isOrdered(Definition definition) {
    String time = inputs.catalog().eventTime();
    if (definition.order().isEmpty()) {
      problems.add(
          definition.span(),
          "a frame without ORDER BY has no order to reach back in",
          "add ORDER BY %s.".formatted(time));
      return false;
    }
    Syntax.Order first = definition.order().getFirst();
    OptionalInt column =
        first.term() instanceof Syntax.Name name ? inputs.find(name.name()) : OptionalInt.empty();
    boolean byTime =
        column.isPresent()
            && inputs.schema().column(column.getAsInt()).name().equals(time)
            && inputs.resolve((Syntax.Name) first.term()) >= 0;
    if (byTime && definition.order().size() == 1 && first.direction().matches("|ASC")) {
      return true;
    }
    problems.add(
        first.span(),
        "a window is ordered by the event time, ascending, and by nothing else",
        "write ORDER BY %s.".formatted(time));
    return false;
  }

  private @Nullable Window frame(Frame frame, List<Integer> partition) {
    Long start = millis(frame.start());
    Interval last = frame.end();
    Long end = last == null ? Long.valueOf(0) : millis(last);
    if (!exclusionHolds(frame) || start == null || end == null) {
      return null;
    }
    if (last != null && end == 0) {
      problems.add(
          last.span(),
          "a frame that ends 0 before the row shows later rows of the same instant",
          "write AND CURRENT ROW EXCLUDE TIES.");
      return null;
    }
    if (start < end) {
      problems.add(
          frame.span(),
          "the frame ends before it starts",
          "write the longer interval first: BETWEEN %s PRECEDING AND %s PRECEDING."
              .formatted(Intervals.of(end), Intervals.of(start)));
      return null;
    }
    return new Window(partition, start, end, last == null);
  }

  private boolean exclusionHolds(Frame frame) {
    boolean current = frame.end() == null;
    if (frame.exclusion().equals(current ? "TIES" : "")) {
      return true;
    }
    problems.add(
        frame.span(),
        current
            ? "a frame that reaches the CURRENT ROW shows later rows of the same instant, which live"
                + " have not arrived yet"
            : "EXCLUDE %s does nothing in a frame that ends before the row"
                .formatted(frame.exclusion()),
        current ? "write AND CURRENT ROW EXCLUDE TIES." : "leave it out.");
    return false;
  }

  private @Nullable Long millis(Interval interval) {
    Long unit = UNITS.get(interval.unit());
    if (unit == null) {
      return wrong(
          interval,
          "an interval in %s is not in the dialect",
          interval.unit(),
          unitAdvice(interval));
    }
    if (!interval.text().matches("\\d{1,15}(\\.\\d{1,9})?")) {
      return wrong(interval, "'%s' is no length", interval.text(), "write INTERVAL '7' DAY.");
    }
    BigDecimal millis =
        new BigDecimal(interval.text()).multiply(BigDecimal.valueOf(unit)).stripTrailingZeros();
    boolean fraction = interval.text().contains(".");
    if (fraction && !interval.unit().equals("SECOND")) {
      return wrong(
          interval,
          "'%s' has a fraction, which only seconds can have",
          interval.text(),
          "write it in a smaller unit.");
    }
    if (millis.scale() > 0) {
      return wrong(
          interval,
          "an interval of '%s' seconds is finer than a millisecond",
          interval.text(),
          "take whole milliseconds: timestamps have no more.");
    }
    if (millis.compareTo(BigDecimal.valueOf(Limits.FRAME.toMillis())) > 0) {
      return wrong(
          interval,
          "an interval of '%s' is over the limit of " + Limits.FRAME.toDays() + " days",
          interval.text(),
          "take a shorter one.");
    }
    return millis.longValueExact();
  }

  private static String unitAdvice(Interval interval) {
    return switch (interval.unit()) {
      case "MONTH", "MONTHS", "YEAR", "YEARS", "QUARTER" ->
          "take days: INTERVAL '30' DAY; months and years have no fixed length.";
      case "WEEK", "WEEKS" -> "take days: INTERVAL '7' DAY.";
      case "MICROSECOND", "MICROSECONDS" -> "take whole milliseconds: timestamps have no more.";
      default -> "write DAY, HOUR, MINUTE, SECOND or MILLISECOND.";
    };
  }

  private @Nullable Long wrong(Interval interval, String message, String value, String advice) {
    problems.add(interval.span(), message.formatted(value), advice);
    return null;
  }
}
