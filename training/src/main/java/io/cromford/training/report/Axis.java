package io.cromford.training.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/// One axis of a chart.
///
/// @param title what it shows
/// @param low its lower end
/// @param high its upper end, above `low`
/// @param format how a value at a tick is written
public record Axis(String title, double low, double high, DoubleFunction<String> format) {
  private static final double[] STEPS = {1, 2, 2.5, 5, 10};

  /// Checks the ends.
  public Axis {
    if (!(low < high) || Double.isInfinite(high - low)) {
      throw new IllegalArgumentException("an axis from " + low + " to " + high);
    }
  }

  /// An axis from 0 to 1.
  public static Axis share(String title) {
    return new Axis(title, 0, 1, Figures::tick);
  }

  /// An axis around values, widened to round ends.
  ///
  /// @param values those that are not finite are left out; an axis from 0 to 1 if none is left
  public static Axis around(String title, List<Double> values, DoubleFunction<String> format) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      if (Double.isFinite(value)) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    if (low > high) {
      return new Axis(title, 0, 1, format);
    }
    if (low == high) {
      high = low + 1;
    }
    double step = step(high - low, 5);
    return new Axis(title, Math.floor(low / step) * step, Math.ceil(high / step) * step, format);
  }

  /// Round values within the axis, about as many as asked for.
  List<Double> ticks(int about) {
    double step = step(high - low, about);
    List<Double> ticks = new ArrayList<>();
    long first = (long) Math.ceil(low / step - 1e-9);
    for (long i = first; i * step <= high + step * 1e-9; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  /// Where a value lies, 0 at the lower end and 1 at the upper.
  double position(double value) {
    return (value - low) / (high - low);
  }

  private static double step(double range, int about) {
    double rough = range / about;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    for (double step : STEPS) {
      if (step * power >= rough * 0.999) {
        return step * power;
      }
    }
    return 10 * power;
  }
}
