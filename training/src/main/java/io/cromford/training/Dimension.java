package io.cromford.training;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.SplittableRandom;

/// One parameter's range in a search.
public sealed interface Dimension {
  /// A value from the range.
  double draw(SplittableRandom random);

  /// Always the same value.
  record Fixed(double value) implements Dimension {
    @Override
    public double draw(SplittableRandom random) {
      return value;
    }
  }

  /// Evenly between two values.
  record Uniform(double low, double high) implements Dimension {
    /// Checks the order.
    public Uniform {
      requireOrder(low, high);
    }

    @Override
    public double draw(SplittableRandom random) {
      return rounded(low + (high - low) * random.nextDouble());
    }
  }

  /// Evenly on the logarithm's scale, for what acts by factors.
  record LogUniform(double low, double high) implements Dimension {
    /// Checks that both are above 0 and in order.
    public LogUniform {
      requireOrder(low, high);
      if (!(low > 0)) {
        throw new IllegalArgumentException("a log-uniform range from " + low);
      }
    }

    @Override
    public double draw(SplittableRandom random) {
      double at = StrictMath.log(low) + StrictMath.log(high / low) * random.nextDouble();
      return rounded(StrictMath.exp(at));
    }
  }

  /// A whole number, both ends included.
  record Whole(int low, int high) implements Dimension {
    /// Checks the order.
    public Whole {
      requireOrder(low, high);
    }

    @Override
    public double draw(SplittableRandom random) {
      return random.nextInt(low, high + 1);
    }
  }

  /// Four significant digits: more would be noise in a report.
  private static double rounded(double value) {
    return new BigDecimal(value).round(new MathContext(4, RoundingMode.HALF_EVEN)).doubleValue();
  }

  private static void requireOrder(double low, double high) {
    if (!(low <= high)) {
      throw new IllegalArgumentException("a range from " + low + " to " + high);
    }
  }
}
