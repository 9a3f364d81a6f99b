package io.cromford.training;

import java.util.List;

/// The difference of two rankings of the same rows, with the cards resampled for both at once.
///
/// What the two share, above all how hard the rows are, cancels, so the difference is known far
/// better than either value.
public final class PairedBootstrap {
  private PairedBootstrap() {}

  /// The same rows with two scores.
  ///
  /// @param first the one to be judged: the challenger, the factory that learns
  /// @param second the one it is compared with: the champion, the frozen model
  public record Pair(Scored first, Scored second) {
    /// Checks that both score the same number of rows.
    public Pair {
      if (first.size() != second.size()) {
        throw new IllegalArgumentException(
            "a pair of " + first.size() + " and " + second.size() + " rows");
      }
    }
  }

  /// What came of a comparison.
  ///
  /// @param first the first's average precision, the mean over the parts
  /// @param second the second's
  /// @param difference the first less the second, the mean over the parts
  public record Comparison(Estimate first, Estimate second, Estimate difference) {}

  /// The difference of average precision on one set of rows.
  ///
  /// @param replicates at least 1
  public static Comparison averagePrecision(Pair rows, long seed, int replicates) {
    return meanAveragePrecision(List.of(rows), seed, replicates);
  }

  /// The mean over parts, such as weeks, of the difference of average precision within each. The
  /// cards are drawn once a replicate for all parts; a part without a positive among them is left
  /// out of that replicate's mean.
  public static Comparison meanAveragePrecision(List<Pair> parts, long seed, int replicates) {
    List<Scored> firsts = parts.stream().map(Pair::first).toList();
    Bootstrap bootstrap = Bootstrap.of(firsts, seed, replicates);
    List<Prepared> first = prepared(firsts, bootstrap);
    List<Prepared> second = prepared(parts.stream().map(Pair::second).toList(), bootstrap);
    return compare(bootstrap, first, second, replicates);
  }

  private static Comparison compare(
      Bootstrap bootstrap, List<Prepared> first, List<Prepared> second, int replicates) {
    Draws draws = new Draws(replicates);
    Estimate difference =
        bootstrap.estimate(multiplicities ->
            draws.add(
                Bootstrap.mean(first, multiplicities), Bootstrap.mean(second, multiplicities)));
    return new Comparison(draws.first(), draws.second(), difference);
  }

  private static List<Prepared> prepared(List<Scored> parts, Bootstrap bootstrap) {
    return parts.stream()
        .map(
            part -> (Prepared) PreparedAveragePrecision.of(part, bootstrap.cards().numbersOf(part)))
        .toList();
  }

  /// The two sides' values, kept beside their difference so that each replicate is computed once.
  /// The first one added is the value on the rows as they are.
  private static final class Draws {
    private final double[] first;
    private final double[] second;
    private int count;

    Draws(int replicates) {
      first = new double[replicates + 1];
      second = new double[replicates + 1];
    }

    double add(double ofFirst, double ofSecond) {
      first[count] = ofFirst;
      second[count++] = ofSecond;
      return ofFirst - ofSecond;
    }

    Estimate first() {
      return estimate(first);
    }

    Estimate second() {
      return estimate(second);
    }

    private static Estimate estimate(double[] values) {
      return Estimate.of(values[0], java.util.Arrays.copyOfRange(values, 1, values.length));
    }
  }
}
