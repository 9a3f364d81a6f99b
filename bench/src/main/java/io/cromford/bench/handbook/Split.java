package io.cromford.bench.handbook;

import io.cromford.training.Folds.Span;
import io.cromford.training.TrainingSet;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// One fold of the study's protocol: a training week, a week in which its labels become known, and
/// a test week without the cards that are known to be compromised.
///
/// @param weekStart the first day of the training week
record Split(LocalDate weekStart) {
  private static final int WEEK = 7;

  /// The folds that choices are made on.
  static final List<Split> VALIDATION = splits("06-20", "06-27", "07-04", "07-11");

  /// The folds that results are reported on, the baseline first.
  static final List<Split> TEST = splits("07-25", "08-01", "08-08", "08-15");

  private static List<Split> splits(String... days) {
    return Stream.of(days).map(day -> new Split(LocalDate.parse("2018-" + day))).toList();
  }

  /// The training rows.
  ///
  /// @param days how far back from the training week's end: the study's is 7
  TrainingSet training(TrainingSet rows, int days) {
    return trainingSpan(days).of(rows);
  }

  Span trainingSpan(int days) {
    return new Span(at(WEEK - days), at(WEEK));
  }

  /// The test week.
  Span testSpan() {
    return new Span(at(2 * WEEK), at(3 * WEEK));
  }

  /// The test rows: each day without the cards that had a fraud in the training week, or after it
  /// up to 8 days before.
  TrainingSet test(TrainingSet rows) {
    TrainingSet week = testSpan().of(rows);
    Set<Long> compromised = new HashSet<>();
    Set<Long> dropped = new HashSet<>();
    addFrauds(rows.between(at(0), at(WEEK)), compromised);
    for (int day = 0; day < WEEK; day++) {
      if (day > 0) {
        addFrauds(rows.between(at(WEEK + day - 1), at(WEEK + day)), compromised);
      }
      TrainingSet payments = rows.between(at(2 * WEEK + day), at(2 * WEEK + day + 1));
      for (int row = 0; row < payments.size(); row++) {
        if (compromised.contains(payments.entity(row))) {
          dropped.add(payments.id(row));
        }
      }
    }
    return week.select(row -> !dropped.contains(week.id(row)));
  }

  private static void addFrauds(TrainingSet rows, Set<Long> entities) {
    for (int row = 0; row < rows.size(); row++) {
      if (rows.positive(row)) {
        entities.add(rows.entity(row));
      }
    }
  }

  private long at(int day) {
    return weekStart.plusDays(day).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
  }
}
