package io.cromford.generator;

import io.cromford.generator.CardPayments.Attack;

/// Copied cards that are used for twice the usual amount instead of five times, but nearly each day
/// for two weeks.
///
/// @param number the scenario's number in the answer key
record QuietCards(int number, Attack attack) implements Scenario {
  private static final int DAYS = 14;
  private static final double SHARE = 0.6;
  private static final int FACTOR = 2;

  @Override
  public void apply(Payments payments, Draws draws) {
    Groups byCustomer = payments.byCustomer();
    double paymentsADay = (double) payments.size() / payments.days() / payments.customers();
    double aDay = attack.fraudsADay() / (SHARE * paymentsADay * DAYS);
    double owed = 0;
    for (int day = attack.day(); day < payments.days(); day++) {
      owed += aDay;
      int cards = (int) owed;
      owed -= cards;
      for (int customer :
          draws.sample(Math.min(cards, payments.customers()), payments.customers())) {
        use(payments, draws, byCustomer, customer, day);
      }
    }
  }

  private void use(Payments payments, Draws draws, Groups byCustomer, int customer, int from) {
    for (int p = 0; p < byCustomer.size(customer); p++) {
      int i = byCustomer.member(customer, p);
      boolean inTime = payments.day(i) >= from && payments.day(i) < from + DAYS;
      if (inTime && !payments.isFraud(i) && draws.uniform(0, 1) < SHARE) {
        payments.multiply(i, FACTOR);
        payments.mark(i, number);
      }
    }
  }
}
