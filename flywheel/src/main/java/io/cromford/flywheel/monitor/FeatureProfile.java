package io.cromford.flywheel.monitor;

import java.util.List;

/// How a feature's values lie: in what the champion learnt from, and lately.
///
/// @param form the bins
/// @param filling whether its windows still fill up, so that it is not judged
/// @param reference how many values lay in each bin in the days that shifts are measured against
/// @param referenceDays how many days those are; 0 while there are none
/// @param recent the same of the last days that are kept
/// @param recentDays how many days those are, at most [#RECENT_DAYS]; 0 while there are none
public record FeatureProfile(
    FeatureForm form,
    boolean filling,
    List<Long> reference,
    int referenceDays,
    List<Long> recent,
    int recentDays) {
  /// The last days that are summed up.
  public static final int RECENT_DAYS = 7;

  /// Copies the lists.
  public FeatureProfile {
    reference = List.copyOf(reference);
    recent = List.copyOf(recent);
  }
}
