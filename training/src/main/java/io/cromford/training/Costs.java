package io.cromford.training;

import io.cromford.core.SnapshotReader;
import io.cromford.core.SnapshotWriter;

/// What a decision costs, from the factory file.
///
/// @param investigation the cost of one alert, ≥ 0
/// @param missed the cost of a positive that was not alerted
/// @param currency the unit of both, as a person reads it: `EUR`
public record Costs(double investigation, Missed missed, String currency) {
  /// What a missed positive costs.
  public sealed interface Missed {
    /// The amount of the payment.
    record Amount() implements Missed {}

    /// The same for each.
    ///
    /// @param cost in units of the currency, ≥ 0
    record Fixed(double cost) implements Missed {
      /// Checks the cost.
      public Fixed {
        requireCost("missed", cost);
      }
    }
  }

  /// Checks the cost of an investigation.
  public Costs {
    requireCost("investigation", investigation);
  }

  /// Writes them.
  public void save(SnapshotWriter out) {
    out.real(investigation);
    out.maybe(missed instanceof Missed.Fixed(double cost) ? cost : null, out::real);
    out.text(currency);
  }

  /// The costs that were saved.
  public static Costs read(SnapshotReader in) {
    double investigation = in.real();
    Double fixed = in.maybe(in::real);
    return new Costs(
        investigation, fixed == null ? new Missed.Amount() : new Missed.Fixed(fixed), in.text());
  }

  /// What missing a positive of some amount costs.
  public double ofMissing(double amount) {
    return switch (missed) {
      case Missed.Amount() -> amount;
      case Missed.Fixed(double cost) -> cost;
    };
  }

  private static void requireCost(String name, double cost) {
    if (!(cost >= 0) || Double.isInfinite(cost)) {
      throw new IllegalArgumentException("the cost `" + name + "` is " + cost + ", not 0 or more");
    }
  }
}
