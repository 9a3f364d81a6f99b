package io.cromford.generator;

import io.cromford.generator.CardPayments.Parameters;
import java.util.Arrays;

/// Payments as honest customers make them, in time order.
final class HonestStream {
  private static final int SECONDS_A_DAY = 86_400;
  private static final double TIME_DEVIATION_SECONDS = 20_000;
  private static final double LEAST_MEAN_AMOUNT = 5;
  private static final double MOST_MEAN_AMOUNT = 100;
  private static final double MOST_PAYMENTS_A_DAY = 4;

  /// What is a customer's own.
  private record Profile(int customer, double meanAmount, double expOfMinusPaymentsADay) {}

  private final Parameters parameters;
  private final Draws draws;
  private final PaymentColumns columns = new PaymentColumns();

  HonestStream(Parameters parameters, Draws draws) {
    this.parameters = parameters;
    this.draws = draws;
  }

  Payments generate() {
    CardPayments.Population population = parameters.population();
    Draws places = draws.split();
    TerminalMap map = TerminalMap.random(population, places);
    for (int customer = 0; customer < population.customers(); customer++) {
      int[] terminals =
          map.near(places.uniform(0, population.side()), places.uniform(0, population.side()));
      Profile profile = profile(customer);
      if (terminals.length > 0) {
        pay(profile, terminals);
      }
    }
    return columns.inTimeOrder(parameters);
  }

  private Profile profile(int customer) {
    double meanAmount = draws.uniform(LEAST_MEAN_AMOUNT, MOST_MEAN_AMOUNT);
    double paymentsADay = draws.uniform(0, MOST_PAYMENTS_A_DAY);
    return new Profile(customer, meanAmount, StrictMath.exp(-paymentsADay));
  }

  private void pay(Profile profile, int[] terminals) {
    for (int day = 0; day < parameters.days(); day++) {
      for (int left = draws.poisson(profile.expOfMinusPaymentsADay()); left > 0; left--) {
        int time = (int) draws.normal(SECONDS_A_DAY / 2.0, TIME_DEVIATION_SECONDS);
        if (time > 0 && time < SECONDS_A_DAY) {
          int cents = cents(profile.meanAmount());
          int terminal = terminals[draws.below(terminals.length)];
          columns.add(day * SECONDS_A_DAY + time, profile.customer(), terminal, cents);
        }
      }
    }
  }

  private int cents(double mean) {
    double amount = draws.normal(mean, mean / 2);
    return (int) Math.round(100 * (amount < 0 ? draws.uniform(0, 2 * mean) : amount));
  }

  /// Columns that grow.
  private static final class PaymentColumns {
    private int size;
    private int[] seconds = new int[1 << 16];
    private int[] customers = new int[1 << 16];
    private int[] terminals = new int[1 << 16];
    private int[] cents = new int[1 << 16];

    void add(int second, int customer, int terminal, int amountCents) {
      if (size == seconds.length) {
        grow();
      }
      seconds[size] = second;
      customers[size] = customer;
      terminals[size] = terminal;
      cents[size] = amountCents;
      size++;
    }

    private void grow() {
      seconds = Arrays.copyOf(seconds, 2 * size);
      customers = Arrays.copyOf(customers, 2 * size);
      terminals = Arrays.copyOf(terminals, 2 * size);
      cents = Arrays.copyOf(cents, 2 * size);
    }

    /// Of payments in the same second, the one made first here stays first.
    Payments inTimeOrder(Parameters parameters) {
      long[] order = new long[size];
      for (int i = 0; i < size; i++) {
        order[i] = (long) seconds[i] << 32 | i;
      }
      Arrays.sort(order);
      return new Payments(
          parameters,
          picked(seconds, order),
          picked(customers, order),
          picked(terminals, order),
          picked(cents, order));
    }

    private static int[] picked(int[] column, long[] order) {
      int[] picked = new int[order.length];
      for (int i = 0; i < order.length; i++) {
        picked[i] = column[(int) order[i]];
      }
      return picked;
    }
  }
}
