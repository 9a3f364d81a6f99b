package io.cromford.serving;

import io.cromford.model.Model;
import io.cromford.training.CardDays;
import io.cromford.training.Scorer;
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

  /// The observations that happened in an interval, with the labels known now.
  ///
  /// @param from event time in milliseconds, inclusive
  /// @param until exclusive
  Loop.Known known(long from, long until) {
    TrainingSet.Builder rows = TrainingSet.builder(names);
    int first = -1;
    int last = -1;
    for (int ordinal = 0; ordinal < books.size(); ordinal++) {
      if (isWithin(ordinal, from, until)) {
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
                if (isWithin(at, from, until)) {
                  rows.add(
                      new TrainingSet.Facts(
                          facts.id(),
                          facts.entity(),
                          books.eventMillis(at),
                          facts.amount(),
                          positive(at)),
                      values,
                      0);
                }
              });
    }
    return new Loop.Known(rows.build(), Math.max(0, first), last + 1L);
  }

  /// The first event of all; 0 if there is none.
  long firstEvent() {
    long first = Long.MAX_VALUE;
    for (int ordinal = 0; ordinal < books.size(); ordinal++) {
      first = Math.min(first, books.eventMillis(ordinal));
    }
    return books.size() == 0 ? 0 : first;
  }

  /// The score of the k-th entity of each day under a model: what a threshold starts from.
  ///
  /// @return one score per day that has rows, the oldest first
  static List<Double> dailyScores(Model model, TrainingSet rows, int k) {
    return CardDays.of(Scorer.score(model, rows)).days().stream()
        .map(day -> (double) day.get(Math.min(k, day.size()) - 1).score())
        .toList();
  }

  private boolean isWithin(int ordinal, long from, long until) {
    long event = books.eventMillis(ordinal);
    return event >= from && event < until;
  }

  private boolean positive(int ordinal) {
    byte label = books.label(ordinal);
    return label == Books.UNKNOWN_LABEL ? whenUnknown : label == Books.POSITIVE;
  }
}
