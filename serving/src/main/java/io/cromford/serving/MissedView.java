package io.cromford.serving;

import io.cromford.flywheel.WeekSample;
import io.cromford.serving.DecisionView.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a week's decisions got wrong, by what is known of it now: frauds that were missed, genuine
/// customers that were disturbed, and why.
///
/// @param week which; null where there is none yet
/// @param missed how many positives were not stopped, and what they cost
/// @param missedMost the dearest of them
/// @param disturbed how many alerts were not right, and whom they disturbed
/// @param disturbedMost those about the largest amounts
public record MissedView(
    @Nullable Week week,
    WeekSample.Missed missed,
    List<Case> missedMost,
    WeekSample.Disturbed disturbed,
    List<Case> disturbedMost) {
  /// Nothing was decided.
  public static final MissedView NONE =
      new MissedView(
          null,
          new WeekSample.Missed(0, 0),
          List.of(),
          new WeekSample.Disturbed(0, 0, 0),
          List.of());

  /// Copies the lists.
  public MissedView {
    missedMost = List.copyOf(missedMost);
    disturbedMost = List.copyOf(disturbedMost);
  }

  /// Which week.
  ///
  /// @param number from 1
  /// @param isClosed whether its outcomes are mature; of an open one only what is known counts
  /// @param currency of the money
  public record Week(
      int number, long fromMillis, long untilMillis, boolean isClosed, String currency) {}

  /// A decision that was wrong.
  ///
  /// @param atMillis when it was made
  /// @param amount what is lost if it is missed, in units of the currency
  /// @param towards the features that spoke loudest for a positive, the loudest first
  /// @param away those that spoke loudest against one
  /// @param event the observation's columns
  public record Case(
      Decision decision,
      long atMillis,
      double amount,
      List<Pull> towards,
      List<Pull> away,
      List<Field> event) {
    /// Copies the lists.
    public Case {
      towards = List.copyOf(towards);
      away = List.copyOf(away);
      event = List.copyOf(event);
    }
  }

  /// What a feature added to a score.
  ///
  /// @param value the feature's, as JSON
  /// @param contribution in log-odds, above 0 towards a positive
  public record Pull(String feature, String value, double contribution) {}
}
