package io.cromford.serving;

import io.cromford.flywheel.Maturity;
import io.cromford.training.Folds.Span;
import io.cromford.training.TrainingSet;
import java.util.List;

/// Makes training sets of what was served and what has become known since.
final class Trainer {
  private final Books books;
  private final View view;
  private final List<String> names;
  private final boolean whenUnknown;

  /// @param whenUnknown what a mature observation without an outcome counts as
  Trainer(Books books, View view, boolean whenUnknown) {
    this.books = books;
    this.view = view;
    this.whenUnknown = whenUnknown;
    this.names = view.plan().features().stream().map(output -> output.name()).toList();
  }

  /// Observations with the labels known now, and where they lie.
  ///
  /// @param first ordinal of the first observation
  /// @param last ordinal behind the last
  record Known(TrainingSet rows, long first, long last) {}

  /// The observations that happened in an interval, with the labels known now.
  Known known(Span span) {
    return known(new Wanted(span, Maturity.Verdict.NOTHING_DUE));
  }

  /// The observations that happened in an interval, but for those of days whose outcomes are not
  /// complete.
  Known known(Span span, Maturity.Verdict verdict) {
    return known(new Wanted(span, verdict));
  }

  private Known known(Wanted wanted) {
    TrainingSet.Builder rows = TrainingSet.builder(names);
    int first = -1;
    int last = -1;
    for (int ordinal = 0; ordinal < books.size(); ordinal++) {
      if (wanted.holds(books.eventMillis(ordinal))) {
        first = first < 0 ? ordinal : first;
        last = ordinal;
      }
    }
    if (first >= 0) {
      view.served().flush();
      view.served()
          .read(
              first,
              last + 1L,
              (ordinal, facts, values) -> {
                int at = (int) ordinal;
                if (wanted.holds(books.eventMillis(at))) {
                  rows.add(
                      new TrainingSet.Facts(
                          facts.id(),
                          facts.entity(),
                          books.eventMillis(at),
                          facts.amount(),
                          positive(at),
                          books.segments(at)),
                      values,
                      0);
                }
              });
    }
    return new Known(rows.build(), Math.max(0, first), last + 1L);
  }

  /// The first event of all; 0 if there is none.
  long firstEvent() {
    long first = Long.MAX_VALUE;
    for (int ordinal = 0; ordinal < books.size(); ordinal++) {
      first = Math.min(first, books.eventMillis(ordinal));
    }
    return books.size() == 0 ? 0 : first;
  }

  /// The last event of all; 0 if there is none.
  long lastEvent() {
    long last = 0;
    for (int ordinal = 0; ordinal < books.size(); ordinal++) {
      last = Math.max(last, books.eventMillis(ordinal));
    }
    return last;
  }

  private boolean positive(int ordinal) {
    byte label = books.label(ordinal);
    return label == Books.UNKNOWN_LABEL ? whenUnknown : label == Books.POSITIVE;
  }

  /// Which event times are wanted.
  private record Wanted(Span span, Maturity.Verdict verdict) {
    boolean holds(long eventMillis) {
      return span.fromMillis() <= eventMillis
          && eventMillis < span.untilMillis()
          && !verdict.isIncomplete(eventMillis);
    }
  }
}
