package io.cromford.flywheel.monitor;

/// On which scale days are compared, so that chance is about as large at any level.
enum Scale {
  /// A share in [0, 1]: the arc sine of its root.
  SHARE {
    @Override
    double of(double value) {
      return Math.asin(Math.sqrt(Math.clamp(value, 0, 1)));
    }

    @Override
    double back(double scaled) {
      double sine = Math.sin(Math.clamp(scaled, 0, Math.PI / 2));
      return sine * sine;
    }

    @Override
    double noise(double value, long count) {
      return 0.5 / Math.sqrt(count + 1.0);
    }
  },
  /// A number of records: its logarithm.
  COUNT {
    @Override
    double of(double value) {
      return Math.log1p(Math.max(0, value));
    }

    @Override
    double back(double scaled) {
      return Math.max(0, Math.expm1(scaled));
    }

    @Override
    double noise(double value, long count) {
      return 1 / Math.sqrt(Math.max(0, value) + 1);
    }
  },
  /// A size above 0: its logarithm.
  SIZE {
    @Override
    double of(double value) {
      return Math.log(Math.max(value, LEAST_SIZE));
    }

    @Override
    double back(double scaled) {
      return Math.exp(scaled);
    }

    @Override
    double noise(double value, long count) {
      return Math.max(LEAST_NOISE, 1 / Math.sqrt(count + 1.0));
    }
  },
  /// A divergence of histograms: its root.
  DIVERGENCE {
    @Override
    double of(double value) {
      return Math.sqrt(Math.max(0, value));
    }

    @Override
    double back(double scaled) {
      return scaled <= 0 ? 0 : scaled * scaled;
    }

    @Override
    double noise(double value, long count) {
      return Math.sqrt(0.5 / (count + 1.0));
    }
  };

  private static final double LEAST_SIZE = 1e-9;
  private static final double LEAST_NOISE = 0.02;

  /// A value on the scale.
  abstract double of(double value);

  /// The value at a place of the scale.
  abstract double back(double scaled);

  /// The deviation that chance alone gives on the scale, at least.
  ///
  /// @param count of how many records the value is
  abstract double noise(double value, long count);
}
