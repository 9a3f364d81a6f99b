package io.cromford.flywheel;

import io.cromford.training.Estimate;
import io.cromford.training.Interval;
import io.cromford.training.PairedBootstrap;
import io.cromford.training.report.Fragment;
import io.cromford.training.report.Page;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What the factory did since go-live, and what its learning was worth.
///
/// @param title the report's heading, such as the factory's name
/// @param weeks in order, those that do not count included
/// @param open what is known of the weeks that are not mature, and what is still open
/// @param worth the serving models against the first one, frozen
/// @param history who served when, and why
/// @param alarms what a person should have looked at, in order
/// @param currency of the money saved
public record ClosingReport(
    String title,
    List<WeekSummary> weeks,
    List<OpenWeek> open,
    Worth worth,
    ServiceHistory history,
    List<Alarm> alarms,
    String currency) {
  /// Something that a person should have looked at.
  ///
  /// @param atMillis when, by the factory's clock
  /// @param message what, in words
  public record Alarm(long atMillis, String message) {}

  /// The bootstrap's replicates.
  public static final int REPLICATES = 1000;

  /// Copies the lists.
  public ClosingReport {
    weeks = List.copyOf(weeks);
    open = List.copyOf(open);
    alarms = List.copyOf(alarms);
  }

  /// The mean weekly average precision over all payments of the counted weeks, and the money that
  /// the closed ones saved.
  ///
  /// @param learning of the models that served
  /// @param frozen of the very first model, which scored in shadow
  /// @param difference the first less the second
  /// @param interval the difference's two-sided 95 % interval, resampled by card over all weeks at
  ///   once
  /// @param saved from go-live on, as far as outcomes are mature; empty before
  public record Worth(
      double learning,
      double frozen,
      double difference,
      Interval interval,
      Optional<SavedSince> saved) {
    /// Compares the weeks of a ledger.
    ///
    /// @param seed of the resampling
    static Worth of(WeeklyLedger ledger, long seed) {
      List<PairedBootstrap.Pair> weeks = ledger.compared();
      Optional<SavedSince> saved = saved(ledger, seed);
      if (weeks.isEmpty()) {
        double none = Double.NaN;
        return new Worth(none, none, none, new Interval(none, none), saved);
      }
      PairedBootstrap.Comparison comparison =
          PairedBootstrap.meanAveragePrecision(weeks, seed, REPLICATES);
      Estimate difference = comparison.difference();
      return new Worth(
          comparison.first().value(),
          comparison.second().value(),
          difference.value(),
          difference.interval(0.95),
          saved);
    }

    private static Optional<SavedSince> saved(WeeklyLedger ledger, long seed) {
      List<WeekSample> samples =
          ledger.weeks().stream().flatMap(week -> ledger.sample(week.number()).stream()).toList();
      return SavedSince.of(samples, ledger.untilMillis(0), Long.MAX_VALUE, seed);
    }
  }

  /// The report on a ledger; weeks that are still open are listed but not counted.
  ///
  /// @param matureUntilMillis before which all payments are mature
  /// @param seed of the resampling
  public static ClosingReport of(
      String title,
      WeeklyLedger ledger,
      long matureUntilMillis,
      ServiceHistory history,
      List<Alarm> alarms,
      String currency,
      long seed) {
    return new ClosingReport(
        title,
        Stream.concat(ledger.weeks().stream(), ledger.openWeeks().stream()).toList(),
        ledger.standing(matureUntilMillis),
        Worth.of(ledger, seed),
        history,
        alarms,
        currency);
  }

  /// The number of weeks that count.
  public long countedWeeks() {
    return weeks.stream().filter(WeekSummary::counted).count();
  }

  /// The report as a page, to which more sections can be added.
  ///
  /// @param happened what was out of the usual, and what came of it
  public Page page(Fragment happened) {
    return ClosingPage.of(this, happened);
  }
}
