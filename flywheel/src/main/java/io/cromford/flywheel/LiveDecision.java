package io.cromford.flywheel;

/// What the weekly account needs to know of a decision.
///
/// @param ordinal the observation's number in the ledger; grows from decision to decision
/// @param atMillis when it was made, in the factory's clock
/// @param entity the card
/// @param amount of the payment, in units of the currency
/// @param scores what the two models said
/// @param verdict what was decided
/// @param frozen what the first model would have decided, by a threshold of its own
/// @param exploredOneIn the inverse of the propensity with which it was let through although it
///   would have been stopped; 0 if that is not so
public record LiveDecision(
    long ordinal,
    long atMillis,
    long entity,
    double amount,
    Scores scores,
    Verdict verdict,
    Verdict frozen,
    int exploredOneIn) {
  /// A decision without exploration.
  public LiveDecision(
      long ordinal,
      long atMillis,
      long entity,
      double amount,
      Scores scores,
      Verdict verdict,
      Verdict frozen) {
    this(ordinal, atMillis, entity, amount, scores, verdict, frozen, 0);
  }

  /// The scores of a payment.
  ///
  /// @param serving of the version that served
  /// @param frozen of the very first version
  public record Scores(double serving, double frozen) {}

  /// What was decided.
  public enum Verdict {
    /// It went through.
    PASSED,
    /// It was stopped without an investigation of its own: its card was under suspicion already.
    STOPPED,
    /// It was stopped, and its card is investigated.
    ALERTED
  }
}
