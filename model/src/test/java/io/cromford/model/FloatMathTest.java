package io.cromford.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.junit.jupiter.api.Test;

class FloatMathTest {
  /// A prime, so that all exponents and mantissas are visited in a sample of the 2^32 floats.
  private static final int STRIDE = 2003;

  @Test
  void givesTheBitsOfTheMachinesLibrary() throws Throwable {
    assumeTrue(System.getProperty("os.name").equals("Linux"), "compares with glibc");
    MethodHandle exp = function("expf");
    MethodHandle log = function("logf");
    for (long bits = 0; bits < 1L << 32; bits += STRIDE) {
      float x = Float.intBitsToFloat((int) bits);
      assertSame(x, (float) exp.invokeExact(x), FloatMath.exp(x));
      assertSame(x, (float) log.invokeExact(x), FloatMath.log(x));
    }
  }

  @Test
  void keepsWithinTheRangeOfAProbability() {
    assertThat(FloatMath.sigmoid(0)).isEqualTo(0.5f);
    assertThat(FloatMath.sigmoid(1000)).isEqualTo(1f);
    assertThat(FloatMath.sigmoid(-1000)).isBetween(0f, 1e-37f);
    assertThat(FloatMath.logit(0.5f)).isZero();
  }

  private static void assertSame(float x, float expected, float actual) {
    if (Float.compare(expected, actual) != 0) {
      assertThat(actual).as("of %s", x).isEqualTo(expected);
    }
  }

  @SuppressWarnings("restricted") // the C library is the oracle
  private static MethodHandle function(String name) {
    SymbolLookup library = SymbolLookup.libraryLookup("libm.so.6", Arena.global());
    return Linker.nativeLinker()
        .downcallHandle(
            library.find(name).orElseThrow(),
            FunctionDescriptor.of(ValueLayout.JAVA_FLOAT, ValueLayout.JAVA_FLOAT));
  }
}
