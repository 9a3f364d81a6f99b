package io.cromford.generator;

import io.cromford.generator.CardPayments.Attack;

/// Amounts just below the one from which on a fraud is obvious: for a week, not for two, for a week
/// again, and so on: a tactic that comes back when it is forgotten.
///
/// @param number the scenario's number in the answer key
record JustBelow(int number, Attack attack) implements Scenario {
  private static final int ACTIVE_DAYS = 7;
  private static final int CYCLE_DAYS = 21;
  private static final int LEAST_CENTS = 190_00;
  private static final int MOST_CENTS = 220_00;

  @Override
  public void apply(Payments payments, Draws draws) {
    double share = (double) attack.fraudsADay() * payments.days() / payments.size();
    for (int i = 0; i < payments.size(); i++) {
      int since = payments.day(i) - attack.day();
      boolean isActive = since >= 0 && since % CYCLE_DAYS < ACTIVE_DAYS;
      if (isActive && !payments.isFraud(i) && draws.uniform(0, 1) < share) {
        payments.pay(i, LEAST_CENTS + draws.below(MOST_CENTS - LEAST_CENTS));
        payments.mark(i, number);
      }
    }
  }
}
