package io.cromford.generator;

import java.util.Arrays;
import java.util.stream.IntStream;

/// Each day some customers' card data leaks; for 14 days a third of their payments, chosen at
/// random among all of theirs together, are frauds of five times the amount: a pattern that only
/// the customer's own habits show.
///
/// @param number the scenario's number in the answer key
/// @param aDay customers drawn each day
record LeakedCards(int number, int aDay) implements Scenario {
  private static final int DAYS = 14;
  private static final int SHARE = 3;
  private static final int FACTOR = 5;

  @Override
  public void apply(Payments payments, Draws draws) {
    Groups byCustomer = payments.byCustomer();
    for (int day = 0; day < payments.days(); day++) {
      int[] drawn = draws.sample(aDay, payments.customers());
      int[] candidates = candidates(payments, byCustomer, drawn, day);
      for (int chosen : draws.sample(candidates.length / SHARE, candidates.length)) {
        payments.multiply(candidates[chosen], FACTOR);
        payments.mark(candidates[chosen], number);
      }
    }
  }

  private static int[] candidates(Payments payments, Groups byCustomer, int[] customers, int day) {
    return Arrays.stream(customers)
        .flatMap(customer ->
            IntStream.range(0, byCustomer.size(customer)).map(p -> byCustomer.member(customer, p)))
        .filter(i -> payments.day(i) >= day && payments.day(i) < day + DAYS)
        .toArray();
  }
}
