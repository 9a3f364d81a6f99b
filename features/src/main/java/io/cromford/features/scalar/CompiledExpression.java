package io.cromford.features.scalar;

import io.cromford.core.ColumnType;
import io.cromford.features.plan.Expression;
import org.jspecify.annotations.Nullable;

/// An expression of a plan, ready to be evaluated row by row.
///
/// It holds no state: one object serves any number of threads, each with its own [Cells]. NULL
/// behaves as in SQL. A double that would not be finite (a division by zero, the logarithm of zero,
/// an overflow) is NULL. Arithmetic on bigints and decimals is exact; where a result does not fit,
/// every method here throws a [io.cromford.core.CromfordException] with the code `RECORD_REFUSED`.
public final class CompiledExpression {
  private final ColumnType type;
  private final SlotFunction slots;
  private final TextFunction texts;

  private CompiledExpression(ColumnType type, SlotFunction slots, TextFunction texts) {
    this.type = type;
    this.slots = slots;
    this.texts = texts;
  }

  /// Compiles an expression.
  public static CompiledExpression of(Expression expression) {
    boolean text = expression.type().kind() == ColumnType.Kind.VARCHAR;
    return new CompiledExpression(
        expression.type(),
        text ? CompiledExpression::noSlot : SlotCompiler.compile(expression),
        text ? TextCompiler.compile(expression) : CompiledExpression::noText);
  }

  /// The type of the value.
  public ColumnType type() {
    return type;
  }

  /// The value's slot; [Cells#wasNull] then tells whether it is NULL.
  ///
  /// @throws IllegalStateException if the type is `VARCHAR`
  public long evaluate(Cells cells) {
    return slots.at(cells);
  }

  /// Whether the value of a boolean expression is true: neither false nor NULL.
  public boolean isTrue(Cells cells) {
    return slots.at(cells) != 0 && !cells.wasNull;
  }

  /// The value of a numeric or boolean expression as a double: what a model sees. NaN is NULL.
  public double evaluateDouble(Cells cells) {
    long slot = slots.at(cells);
    if (cells.wasNull) {
      return Double.NaN;
    }
    return switch (type.kind()) {
      case DOUBLE -> Double.longBitsToDouble(slot);
      case DECIMAL -> Exact.toDouble(slot, type.scale());
      case BIGINT, BOOLEAN -> (double) slot;
      case TIMESTAMP, VARCHAR -> throw new IllegalStateException(type + " is not a number");
    };
  }

  /// The value of a `VARCHAR` expression; null for NULL.
  ///
  /// @throws IllegalStateException if the type is another
  public @Nullable String evaluateText(Cells cells) {
    return texts.at(cells);
  }

  private static long noSlot(Cells cells) {
    throw new IllegalStateException("a varchar has no slot");
  }

  private static String noText(Cells cells) {
    throw new IllegalStateException("only a varchar has a text");
  }
}
