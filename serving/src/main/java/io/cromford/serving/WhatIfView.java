package io.cromford.serving;

import io.cromford.flywheel.WhatIf;

/// What other numbers of alerts a day would have come to.
///
/// @param atMillis the factory's clock
/// @param currency of the money
/// @param alertsPerDay the number that is in force
/// @param whatIf what would have come of the last closed weeks
public record WhatIfView(long atMillis, String currency, int alertsPerDay, WhatIf whatIf) {
  /// No model serves.
  public static final WhatIfView NONE = new WhatIfView(0, "", 0, WhatIf.NONE);
}
