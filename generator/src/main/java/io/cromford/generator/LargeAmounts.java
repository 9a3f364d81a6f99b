package io.cromford.generator;

/// Every payment over 220 is a fraud: the obvious pattern that any detector must find.
///
/// @param number the scenario's number in the answer key
record LargeAmounts(int number) implements Scenario {
  private static final int LIMIT_CENTS = 220_00;

  @Override
  public void apply(Payments payments, Draws draws) {
    for (int i = 0; i < payments.size(); i++) {
      if (payments.cents(i) > LIMIT_CENTS) {
        payments.mark(i, number);
      }
    }
  }
}
