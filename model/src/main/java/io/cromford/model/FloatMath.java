package io.cromford.model;

/// Exponential and logarithm of floats with the same bits everywhere: those of the C library that
/// XGBoost calls (glibc 2.28 and later), so that a score equals XGBoost's.
///
/// Both take the argument apart into a table entry and a small rest, evaluate a short polynomial in
/// double, and round once. The tables and coefficients are those published with Arm's Optimized
/// Routines; a test compares the functions with the machine's C library.
///
/// @see <a href="https://github.com/ARM-software/optimized-routines">Optimized Routines, expf.c and
///   logf.c</a>
final class FloatMath {
  private static final int EXP_STEPS = 32;
  private static final double EXP_INVERSE_STEP = 0x1.71547652b82fep+0 * EXP_STEPS;
  private static final double EXP_ROUND = 0x1.8p52;
  private static final double EXP_C3 = 0x1.c6af84b912394p-5 / EXP_STEPS / EXP_STEPS / EXP_STEPS;
  private static final double EXP_C2 = 0x1.ebfce50fac4f3p-3 / EXP_STEPS / EXP_STEPS;
  private static final double EXP_C1 = 0x1.62e42ff0c52d6p-1 / EXP_STEPS;
  private static final float EXP_OVERFLOW = 0x1.62e42ep6f;
  private static final float EXP_UNDERFLOW = -0x1.9fe368p6f;

  /// The bits of 2^(i/32), less i·2^47, so that adding k·2^47 gives the bits of 2^(k/32).
  private static final long[] EXP_TABLE = {
    0x3ff0000000000000L, 0x3fefd9b0d3158574L, 0x3fefb5586cf9890fL, 0x3fef9301d0125b51L,
    0x3fef72b83c7d517bL, 0x3fef54873168b9aaL, 0x3fef387a6e756238L, 0x3fef1e9df51fdee1L,
    0x3fef06fe0a31b715L, 0x3feef1a7373aa9cbL, 0x3feedea64c123422L, 0x3feece086061892dL,
    0x3feebfdad5362a27L, 0x3feeb42b569d4f82L, 0x3feeab07dd485429L, 0x3feea47eb03a5585L,
    0x3feea09e667f3bcdL, 0x3fee9f75e8ec5f74L, 0x3feea11473eb0187L, 0x3feea589994cce13L,
    0x3feeace5422aa0dbL, 0x3feeb737b0cdc5e5L, 0x3feec49182a3f090L, 0x3feed503b23e255dL,
    0x3feee89f995ad3adL, 0x3feeff76f2fb5e47L, 0x3fef199bdd85529cL, 0x3fef3720dcef9069L,
    0x3fef5818dcfba487L, 0x3fef7c97337b9b5fL, 0x3fefa4afa2a490daL, 0x3fefd0765b6e4540L,
  };

  private static final int LOG_OFFSET = 0x3f330000;
  private static final double LN2 = 0x1.62e42fefa39efp-1;
  private static final double LOG_C4 = -0x1.00ea348b88334p-2;
  private static final double LOG_C3 = 0x1.5575b0be00b6ap-2;
  private static final double LOG_C2 = -0x1.ffffef20a4123p-2;

  /// For each sixteenth of an octave a point c in it: 1/c and ln(c).
  private static final double[] LOG_TABLE = {
    0x1.661ec79f8f3bep+0, -0x1.57bf7808caadep-2,
    0x1.571ed4aaf883dp+0, -0x1.2bef0a7c06ddbp-2,
    0x1.49539f0f010bp+0, -0x1.01eae7f513a67p-2,
    0x1.3c995b0b80385p+0, -0x1.b31d8a68224e9p-3,
    0x1.30d190c8864a5p+0, -0x1.6574f0ac07758p-3,
    0x1.25e227b0b8eap+0, -0x1.1aa2bc79c81p-3,
    0x1.1bb4a4a1a343fp+0, -0x1.a4e76ce8c0e5ep-4,
    0x1.12358f08ae5bap+0, -0x1.1973c5a611cccp-4,
    0x1.0953f419900a7p+0, -0x1.252f438e10c1ep-5,
    0x1p+0, 0x0p+0,
    0x1.e608cfd9a47acp-1, 0x1.aa5aa5df25984p-5,
    0x1.ca4b31f026aap-1, 0x1.c5e53aa362eb4p-4,
    0x1.b2036576afce6p-1, 0x1.526e57720db08p-3,
    0x1.9c2d163a1aa2dp-1, 0x1.bc2860d22477p-3,
    0x1.886e6037841edp-1, 0x1.1058bc8a07ee1p-2,
    0x1.767dcf5534862p-1, 0x1.4043057b6ee09p-2,
  };

  private FloatMath() {}

  /// The logistic function, as XGBoost computes it.
  ///
  /// @return in `[0, 1]`
  static float sigmoid(float margin) {
    float exponent = Math.min(-margin, 88.7f);
    return 1.0f / (exp(exponent) + 1.0f + 1e-16f);
  }

  /// The log-odds of a probability, as XGBoost computes them.
  static float logit(float probability) {
    return -log(1.0f / probability - 1.0f);
  }

  /// e to the power of x.
  static float exp(float x) {
    if (Float.isNaN(x) || x > EXP_OVERFLOW) {
      return x + Float.POSITIVE_INFINITY;
    }
    if (x < EXP_UNDERFLOW) {
      return 0;
    }
    double steps = EXP_INVERSE_STEP * x;
    double shifted = steps + EXP_ROUND;
    long k = Double.doubleToRawLongBits(shifted);
    double rest = steps - (shifted - EXP_ROUND);
    double scale = Double.longBitsToDouble(EXP_TABLE[(int) (k & (EXP_STEPS - 1))] + (k << 47));
    double high = Math.fma(EXP_C3, rest, EXP_C2);
    double low = Math.fma(EXP_C1, rest, 1);
    return (float) (Math.fma(high, rest * rest, low) * scale);
  }

  /// The natural logarithm of a normal positive x.
  ///
  /// @return NaN below zero, -∞ at zero, +∞ at +∞
  static float log(float x) {
    if (!(x >= Float.MIN_NORMAL && x <= Float.MAX_VALUE)) {
      return (float) StrictMath.log(x);
    }
    int bits = Float.floatToRawIntBits(x);
    int offset = bits - LOG_OFFSET;
    int entry = offset >>> 19 & 15;
    double z = Float.intBitsToFloat(bits - (offset & 0xff800000));
    double r = Math.fma(z, LOG_TABLE[2 * entry], -1);
    double y0 = Math.fma(offset >> 23, LN2, LOG_TABLE[2 * entry + 1]);
    double square = r * r;
    double high = Math.fma(LOG_C3, r, LOG_C2);
    return (float) Math.fma(Math.fma(LOG_C4, square, high), square, y0 + r);
  }
}
