package io.cromford.generator;

/// Each day some terminals are compromised, and every payment on them is a fraud for 28 days: a
/// pattern that only earlier frauds on the terminal show.
///
/// @param number the scenario's number in the answer key
/// @param aDay terminals drawn each day
record CompromisedTerminals(int number, int aDay) implements Scenario {
  private static final int DAYS = 28;

  @Override
  public void apply(Payments payments, Draws draws) {
    Groups byTerminal = payments.byTerminal();
    for (int day = 0; day < payments.days(); day++) {
      for (int terminal : draws.sample(aDay, payments.terminals())) {
        mark(payments, byTerminal, terminal, day);
      }
    }
  }

  private void mark(Payments payments, Groups byTerminal, int terminal, int day) {
    for (int p = 0; p < byTerminal.size(terminal); p++) {
      int i = byTerminal.member(terminal, p);
      if (payments.day(i) >= day && payments.day(i) < day + DAYS) {
        payments.mark(i, number);
      }
    }
  }
}
