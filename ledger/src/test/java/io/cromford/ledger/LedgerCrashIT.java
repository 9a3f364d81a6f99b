package io.cromford.ledger;

import io.cromford.core.Cases;
import org.junit.jupiter.api.Test;

/// Thousands of histories.
class LedgerCrashIT {
  private static final int CASES = 6000;

  @Test
  void keepsWhatWasAcknowledgedOverPowerCuts() {
    Cases.check(CASES, random -> new LedgerHistory(random, 0, false).run());
  }

  @Test
  void keepsWhatWasAcknowledgedOverFailingWritesAndForces() {
    Cases.check(CASES, random -> new LedgerHistory(random, 0.05, false).run());
  }

  @Test
  void keepsWhatWasAcknowledgedOnADiskThatFillsUp() {
    Cases.check(CASES, random -> new LedgerHistory(random, 0.01, true).run());
  }
}
