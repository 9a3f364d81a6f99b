package io.cromford.generator;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/// A generator of card payments with frauds among them: the same parameters give the same payments
/// on every machine.
///
/// Customers and terminals lie on a plane; a customer pays only at terminals nearby, some amounts
/// and some times a day that are its own. Over the finished stream go the fraud scenarios, in
/// order, a later one overwriting an earlier one. Written from the published description of the
/// transaction simulator in the Fraud Detection Handbook.
///
/// @see <a href="https://fraud-detection-handbook.github.io/fraud-detection-handbook/">Le Borgne,
///   Siblini, Lebichot, Bontempi: Reproducible Machine Learning for Credit Card Fraud Detection</a>
public final class CardPayments {
  /// How many pay where, and how far they go for it.
  ///
  /// @param customers how many pay, each with one card
  /// @param terminals how many terminals there are
  /// @param side length of the plane's sides
  /// @param radius a customer pays at terminals nearer than this
  public record Population(int customers, int terminals, double side, double radius) {
    /// Checks that there is somebody and somewhere to pay.
    public Population {
      if (customers < 1 || terminals < 1 || !(side > 0) || !(radius > 0)) {
        throw new IllegalArgumentException(
            "no payments come of %d customers and %d terminals on a side of %s within %s"
                .formatted(customers, terminals, side, radius));
      }
    }
  }

  /// How many terminals and cards fall to fraudsters each day.
  ///
  /// @param terminalsADay terminals compromised each day, for 28 days
  /// @param customersADay customers whose card data leaks each day, for 14 days
  public record Frauds(int terminalsADay, int customersADay) {
    /// Checks that no number is negative.
    public Frauds {
      if (terminalsADay < 0 || customersADay < 0) {
        throw new IllegalArgumentException(
            "%d terminals and %d customers a day cannot be drawn"
                .formatted(terminalsADay, customersADay));
      }
    }
  }

  /// New ways of fraud that begin at a known moment: a ring of terminals with small amounts, copied
  /// cards that are used for amounts that hardly stand out, accounts taken over at night, and
  /// amounts just below the obvious limit, which stop after a week and come back two weeks later.
  ///
  /// Each makes about as many frauds a day as it is told; what was made without an attack stays as
  /// it is before that day.
  ///
  /// @param day the first day of it, from 0; negative for none
  /// @param fraudsADay of each way, about
  public record Attack(int day, int fraudsADay) {
    /// No attack.
    public static final Attack NONE = new Attack(-1, 0);

    /// Checks the number.
    public Attack {
      if (fraudsADay < 0) {
        throw new IllegalArgumentException(fraudsADay + " frauds a day cannot be made");
      }
    }
  }

  /// What a stream of payments is made from.
  ///
  /// @param seed any number; another one gives another stream
  /// @param start the first day
  /// @param days how many days, at least 1
  /// @param population who pays where
  /// @param frauds how many fall to fraudsters
  /// @param attack new ways of fraud
  public record Parameters(
      long seed, LocalDate start, int days, Population population, Frauds frauds, Attack attack) {
    private static final LocalDate START = LocalDate.of(2018, 4, 1);
    private static final int WAYS = 4;

    /// The most days of one stream: its seconds fit an int.
    public static final int MAX_DAYS = 10_000;

    /// Checks the days and that there are as many terminals and customers as are drawn a day.
    public Parameters {
      if (days < 1 || days > MAX_DAYS) {
        throw new IllegalArgumentException("1 to %d days, not %d".formatted(MAX_DAYS, days));
      }
      if (frauds.terminalsADay() > population.terminals()
          || frauds.customersADay() > population.customers()) {
        throw new IllegalArgumentException("%s are too many for %s".formatted(frauds, population));
      }
    }

    /// Payments without an attack.
    public Parameters(long seed, LocalDate start, int days, Population population, Frauds frauds) {
      this(seed, start, days, population, frauds, Attack.NONE);
    }

    /// As many payments as the published data has, about 1.78 million: 5,000 customers, 10,000
    /// terminals, 183 days from 2018-04-01, 0.85 % of them frauds.
    public static Parameters full(long seed) {
      return new Parameters(
          seed, START, 183, new Population(5_000, 10_000, 100, 5), new Frauds(2, 3));
    }

    /// A tenth, about 177,000: 1,000 customers, 2,000 terminals, 91 days, 2 % frauds, so that a
    /// week still has enough of them to learn from.
    public static Parameters small(long seed) {
      return new Parameters(
          seed, START, 91, new Population(1_000, 2_000, 44.7, 5), new Frauds(1, 1));
    }

    /// The same with another number of days.
    public Parameters withDays(int newDays) {
      return new Parameters(seed, start, newDays, population, frauds, attack);
    }

    /// The same with an attack, of a size that doubles the frauds.
    ///
    /// @param day the first day of it, from 0
    public Parameters attackedFrom(int day) {
      int usual = 28 * frauds.terminalsADay() + 9 * frauds.customersADay();
      return new Parameters(
          seed, start, days, population, frauds, new Attack(day, Math.ceilDiv(usual, WAYS)));
    }
  }

  private CardPayments() {}

  /// Makes the payments in memory, 17 bytes each.
  public static Payments generate(Parameters parameters) {
    Draws draws = new Draws(parameters.seed());
    Draws honest = draws.split();
    Draws fraudulent = draws.split();
    Payments payments = new HonestStream(parameters, honest).generate();
    for (Scenario scenario : scenarios(parameters)) {
      scenario.apply(payments, fraudulent.split());
    }
    return payments;
  }

  /// Makes the payments and writes them as [Payments#write] does.
  ///
  /// @return how many were written
  /// @throws IOException if the file cannot be written; none is left behind then
  public static int write(Parameters parameters, Path file) throws IOException {
    Payments payments = generate(parameters);
    payments.write(file);
    return payments.size();
  }

  private static List<Scenario> scenarios(Parameters parameters) {
    Frauds frauds = parameters.frauds();
    Attack attack = parameters.attack();
    List<Scenario> scenarios =
        new ArrayList<>(
            List.of(
                new LargeAmounts(1),
                new CompromisedTerminals(2, frauds.terminalsADay()),
                new LeakedCards(3, frauds.customersADay())));
    if (attack.day() >= 0) {
      scenarios.add(new TerminalRing(4, attack));
      scenarios.add(new QuietCards(5, attack));
      scenarios.add(new NightTakeover(6, attack));
      scenarios.add(new JustBelow(7, attack));
    }
    return scenarios;
  }
}
