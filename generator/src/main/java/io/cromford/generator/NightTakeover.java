package io.cromford.generator;

import io.cromford.generator.CardPayments.Attack;

/// Accounts that are taken over while their owners sleep: payments between midnight and five of
/// amounts that are even, and well above what is usual at night.
///
/// @param number the scenario's number in the answer key
record NightTakeover(int number, Attack attack) implements Scenario {
  private static final int SECONDS_A_DAY = 86_400;
  private static final int MORNING = 5 * 3_600;
  private static final int LEAST_EUROS = 90;
  private static final int STEPS = 5;
  private static final int STEP_EUROS = 20;

  @Override
  public void apply(Payments payments, Draws draws) {
    int nightly = 0;
    for (int i = 0; i < payments.size(); i++) {
      nightly += isAtNight(payments, i) ? 1 : 0;
    }
    double share = (double) attack.fraudsADay() * payments.days() / Math.max(1, nightly);
    for (int i = 0; i < payments.size(); i++) {
      boolean isCandidate =
          payments.day(i) >= attack.day() && isAtNight(payments, i) && !payments.isFraud(i);
      if (isCandidate && draws.uniform(0, 1) < share) {
        payments.pay(i, 100 * (LEAST_EUROS + STEP_EUROS * draws.below(STEPS)));
        payments.mark(i, number);
      }
    }
  }

  private static boolean isAtNight(Payments payments, int payment) {
    return payments.second(payment) % SECONDS_A_DAY < MORNING;
  }
}
