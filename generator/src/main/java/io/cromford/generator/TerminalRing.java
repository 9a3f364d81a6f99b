package io.cromford.generator;

import io.cromford.generator.CardPayments.Attack;
import java.util.Arrays;

/// A ring of terminals takes small amounts from the cards that pay there: from the attack's first
/// day on, for four weeks, then at other terminals. The amounts say nothing; only the terminal
/// does.
///
/// @param number the scenario's number in the answer key
record TerminalRing(int number, Attack attack) implements Scenario {
  private static final int DAYS = 28;
  private static final int LEAST_CENTS = 1_00;
  private static final int MOST_CENTS = 15_00;
  private static final double SHARE = 0.5;

  @Override
  public void apply(Payments payments, Draws draws) {
    Groups byTerminal = payments.byTerminal();
    double paymentsADay = (double) payments.size() / payments.days() / payments.terminals();
    int terminals =
        (int)
            Math.min(payments.terminals(), Math.ceil(attack.fraudsADay() / (SHARE * paymentsADay)));
    for (int from = attack.day(); from < payments.days(); from += DAYS) {
      int start = from;
      Arrays.stream(draws.sample(terminals, payments.terminals()))
          .forEach(terminal -> rob(payments, draws, byTerminal, terminal, start));
    }
  }

  private void rob(Payments payments, Draws draws, Groups byTerminal, int terminal, int from) {
    for (int p = 0; p < byTerminal.size(terminal); p++) {
      int i = byTerminal.member(terminal, p);
      boolean inTime = payments.day(i) >= from && payments.day(i) < from + DAYS;
      if (inTime && draws.uniform(0, 1) < SHARE) {
        payments.pay(i, LEAST_CENTS + draws.below(MOST_CENTS - LEAST_CENTS));
        payments.mark(i, number);
      }
    }
  }
}
