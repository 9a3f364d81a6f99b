package io.cromford.serving;

import io.cromford.flywheel.OpenWeek;
import io.cromford.flywheel.WeekEstimate;
import io.cromford.flywheel.WeekFigures;
import io.cromford.flywheel.WeekSummary;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a factory's weeks came to: the models that served against the first one, frozen.
///
/// @param reading how the numbers are to be read
/// @param worth what learning was worth over all closed weeks; null until that is reckoned
/// @param closed the weeks whose outcomes are mature, the latest first
/// @param earlier closed weeks that are not among them
/// @param open the weeks that are not mature, the latest first
/// @param pending closed weeks whose intervals are being reckoned: ask again in some seconds
public record WeeksView(
    Reading reading,
    @Nullable Worth worth,
    List<Closed> closed,
    int earlier,
    List<Open> open,
    int pending) {
  /// No model serves.
  public static final WeeksView NONE =
      new WeeksView(new Reading(0, "", Duration.ZERO), null, List.of(), 0, List.of(), 0);

  /// Copies the lists.
  public WeeksView {
    closed = List.copyOf(closed);
    open = List.copyOf(open);
  }

  /// How the numbers are to be read.
  ///
  /// @param atMillis the factory's clock
  /// @param currency of the money
  /// @param maturity after which an observation without an outcome counts as negative
  public record Reading(long atMillis, String currency, Duration maturity) {}

  /// The mean weekly average precision.
  ///
  /// @param weeks how many weeks it is the mean of
  public record Worth(int weeks, WeekFigures.Compared averagePrecision) {}

  /// A closed week.
  ///
  /// @param figures both models' with intervals; null while they are reckoned, and where the week's
  ///   rows are not kept any more
  /// @param estimate what it was thought to be worth at its end, by its scores alone; null if
  ///   nothing was
  public record Closed(
      WeekSummary week, @Nullable WeekFigures figures, @Nullable WeekEstimate estimate) {}

  /// A week that is not mature.
  ///
  /// @param maturesMillis when its last outcomes are due
  /// @param estimate as of [Closed]
  public record Open(OpenWeek week, long maturesMillis, @Nullable WeekEstimate estimate) {}
}
