package io.cromford.generator;

/// A way of fraud: it marks payments of a finished stream, and may change their amounts.
///
/// Scenarios are applied in order, each with draws of its own; a later one overwrites the mark of
/// an earlier one. A new way of fraud is a new implementation in the list of [CardPayments].
interface Scenario {
  void apply(Payments payments, Draws draws);
}
