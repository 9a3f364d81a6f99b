package io.cromford.generator;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;

/// Payments in time order, as columns; a payment's id is its index. Customers and terminals are
/// numbered from 0.
public final class Payments {
  private static final int SECONDS_A_DAY = 86_400;

  private final LocalDate start;
  private final int days;
  private final int customerCount;
  private final int terminalCount;
  private final int[] seconds;
  private final int[] customers;
  private final int[] terminals;
  private final int[] cents;
  private final byte[] scenarios;

  /// Takes the columns over; nothing is a fraud yet.
  Payments(
      CardPayments.Parameters parameters,
      int[] seconds,
      int[] customers,
      int[] terminals,
      int[] cents) {
    this.start = parameters.start();
    this.days = parameters.days();
    this.customerCount = parameters.population().customers();
    this.terminalCount = parameters.population().terminals();
    this.seconds = seconds;
    this.customers = customers;
    this.terminals = terminals;
    this.cents = cents;
    this.scenarios = new byte[seconds.length];
  }

  /// The number of payments.
  public int size() {
    return seconds.length;
  }

  /// The first day.
  public LocalDate start() {
    return start;
  }

  /// Seconds from the first day's midnight to a payment.
  public int second(int payment) {
    return seconds[payment];
  }

  /// The day of a payment, from 0.
  public int day(int payment) {
    return seconds[payment] / SECONDS_A_DAY;
  }

  /// Who pays.
  public int customer(int payment) {
    return customers[payment];
  }

  /// Where.
  public int terminal(int payment) {
    return terminals[payment];
  }

  /// The amount in cents.
  public int cents(int payment) {
    return cents[payment];
  }

  /// How the fraud was made, 1 to 3, or 4 to 7 in an attack; 0 for an honest payment. It is the
  /// answer key: never a feature or a label.
  public int scenario(int payment) {
    return scenarios[payment];
  }

  /// Whether the payment is a fraud.
  public boolean isFraud(int payment) {
    return scenarios[payment] != 0;
  }

  /// Writes all payments as CSV with a header, atomically: the file is there whole or not at all.
  ///
  /// A plain file's bytes depend on the payments alone; a gzip file's also on the JDK's zlib.
  ///
  /// @param file named .csv, or .csv.gz to be compressed; replaced if it exists
  /// @throws IOException if it cannot be written
  public void write(Path file) throws IOException {
    new PaymentsCsv(this).write(file);
  }

  int days() {
    return days;
  }

  int customers() {
    return customerCount;
  }

  int terminals() {
    return terminalCount;
  }

  Groups byCustomer() {
    return new Groups(customers, customerCount);
  }

  Groups byTerminal() {
    return new Groups(terminals, terminalCount);
  }

  void mark(int payment, int scenario) {
    scenarios[payment] = (byte) scenario;
  }

  void pay(int payment, int newCents) {
    cents[payment] = newCents;
  }

  void multiply(int payment, int factor) {
    cents[payment] = Math.multiplyExact(cents[payment], factor);
  }
}
