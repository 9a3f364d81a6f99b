package io.cromford.training;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/// Sums by card of some columns, and how numbers made of the columns' totals would vary had other
/// cards been seen: what a week's decisions came to, with intervals, whatever made them.
///
/// Each replicate draws as many cards as there are, with replacement, as [Bootstrap] does; since
/// rows are summed up by card first, a replicate costs one pass over the cards.
public final class CardSums {
  private final int columns;
  private final double[] sums;

  private CardSums(int columns, double[] sums) {
    this.columns = columns;
    this.sums = sums;
  }

  /// Gives the columns of a row.
  @FunctionalInterface
  public interface Columns {
    /// Writes a row's values.
    ///
    /// @param into of the columns' length, all zero before
    void of(int row, double[] into);
  }

  /// Rows, and what each of them adds.
  public record Part(Scored rows, Columns values) {}

  /// Sums rows up by card.
  ///
  /// @param columns how many values a row has
  public static CardSums of(Scored rows, int columns, Columns values) {
    return of(List.of(new Part(rows, values)), columns);
  }

  /// Sums the rows of several parts up by card.
  ///
  /// @param columns how many values a row has
  public static CardSums of(List<Part> parts, int columns) {
    EntityNumbers cards = EntityNumbers.of(parts.stream().map(Part::rows).toList());
    CardSums sums = new CardSums(columns, new double[cards.size() * columns]);
    parts.forEach(part -> sums.add(part, cards));
    return sums;
  }

  private void add(Part part, EntityNumbers cards) {
    double[] row = new double[columns];
    for (int i = 0; i < part.rows().size(); i++) {
      java.util.Arrays.fill(row, 0);
      part.values().of(i, row);
      int at = cards.numberOf(part.rows().entity(i)) * columns;
      for (int column = 0; column < columns; column++) {
        sums[at + column] += row[column];
      }
    }
  }

  /// Numbers made of the totals, each with its distribution under resampling.
  ///
  /// @param numbers take the totals, shape `[columns]`; NaN where a number is not defined
  /// @param replicates at least 1
  public List<Estimate> estimates(
      List<ToDoubleFunction<double[]>> numbers, long seed, int replicates) {
    double[][] draws = new double[numbers.size()][replicates];
    SplittableRandom random = new SplittableRandom(seed);
    for (int replicate = 0; replicate < replicates; replicate++) {
      double[] totals = drawn(random);
      for (int i = 0; i < draws.length; i++) {
        draws[i][replicate] = numbers.get(i).applyAsDouble(totals);
      }
    }
    double[] totals = totals();
    List<Estimate> estimates = new ArrayList<>();
    for (int i = 0; i < draws.length; i++) {
      estimates.add(Estimate.of(numbers.get(i).applyAsDouble(totals), draws[i]));
    }
    return estimates;
  }

  /// How many cards there are.
  public int cards() {
    return sums.length / columns;
  }

  private double[] totals() {
    double[] totals = new double[columns];
    for (int card = 0; card < cards(); card++) {
      add(card, totals);
    }
    return totals;
  }

  private double[] drawn(SplittableRandom random) {
    double[] totals = new double[columns];
    int cards = cards();
    for (int i = 0; i < cards; i++) {
      add(random.nextInt(cards), totals);
    }
    return totals;
  }

  private void add(int card, double[] totals) {
    for (int column = 0; column < columns; column++) {
      totals[column] += sums[card * columns + column];
    }
  }
}
