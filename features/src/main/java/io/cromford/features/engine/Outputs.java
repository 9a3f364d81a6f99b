package io.cromford.features.engine;

import io.cromford.core.ColumnType;
import io.cromford.core.CromfordException;
import io.cromford.core.SnapshotReader;
import io.cromford.core.SnapshotWriter;
import io.cromford.features.plan.Expression;
import io.cromford.features.plan.FeaturePlan;
import io.cromford.features.scalar.CompiledExpression;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Computes a plan's features: those that read only the row when it arrives, the others when its
/// aggregates are known.
final class Outputs {
  private final Feature[] early;
  private final Feature[] late;
  private final Direct[] direct;
  private final Share[] ratios;
  private final AggregateReader[] aggregates;
  private final int featureCount;
  private final boolean keepsRows;
  private long overflows;

  private static final long EXACT = 1L << 53;

  /// A feature with an expression.
  ///
  /// @param column the exact column that is its value as a double; -1 if it takes more
  /// @param power ten to the column's scale
  private record Feature(int index, CompiledExpression expression, int column, double power) {
    static Feature of(int index, Expression expression) {
      Expression value =
          expression instanceof Expression.Cast(Expression argument, ColumnType to)
                  && to.equals(ColumnType.DOUBLE)
              ? argument
              : expression;
      boolean exact =
          switch (value.type().kind()) {
            case BIGINT, DECIMAL, BOOLEAN -> true;
            case DOUBLE, TIMESTAMP, VARCHAR -> false;
          };
      int column = exact && value instanceof Expression.ColumnValue plain ? plain.index() : -1;
      return new Feature(
          index,
          CompiledExpression.of(expression),
          column,
          ExactQuotient.power(value.type().scale()));
    }
  }

  /// A feature that is an aggregate, as a double.
  private record Direct(int index, AggregateReader aggregate, boolean isDouble) {}

  /// A feature that is a share.
  private record Share(int index, Ratio ratio) {}

  /// The features of a plan.
  ///
  /// @param aggregates readers by the index of their aggregate
  Outputs(FeaturePlan plan, AggregateReader[] aggregates) {
    List<Feature> fromRow = new ArrayList<>();
    List<Feature> fromAggregates = new ArrayList<>();
    List<Direct> plain = new ArrayList<>();
    List<Share> shares = new ArrayList<>();
    boolean keeps = false;
    for (int i = 0; i < plan.features().size(); i++) {
      Expression expression = plan.features().get(i).expression();
      ColumnType.Kind kind = expression.type().kind();
      boolean plainKind = kind == ColumnType.Kind.DOUBLE || kind == ColumnType.Kind.BIGINT;
      if (expression instanceof Expression.AggregateValue value && plainKind) {
        plain.add(new Direct(i, aggregates[value.index()], kind == ColumnType.Kind.DOUBLE));
        continue;
      }
      Optional<Ratio> ratio = Ratio.of(expression);
      if (ratio.isPresent()) {
        shares.add(new Share(i, ratio.get()));
        continue;
      }
      boolean late = Traits.readsAggregates(expression);
      (late ? fromAggregates : fromRow).add(Feature.of(i, expression));
      keeps |= late && !Traits.columns(expression).isEmpty();
    }
    this.early = fromRow.toArray(Feature[]::new);
    this.late = fromAggregates.toArray(Feature[]::new);
    this.direct = plain.toArray(Direct[]::new);
    this.ratios = shares.toArray(Share[]::new);
    this.aggregates = aggregates;
    this.featureCount = plan.features().size();
    this.keepsRows = keeps;
  }

  void save(SnapshotWriter out) {
    out.number(overflows);
  }

  void restore(SnapshotReader in) {
    overflows = in.number();
  }

  /// Whether a feature reads both columns and aggregates, so that the row is needed again.
  boolean keepsRows() {
    return keepsRows;
  }

  /// The number of features that read only the row.
  int earlyCount() {
    return early.length;
  }

  /// Writes the features that read only the row, side by side.
  void writeEarly(EngineCells cells, double[] values, int from) {
    for (int i = 0; i < early.length; i++) {
      values[from + i] = early(early[i], cells);
    }
  }

  /// Writes all features of the first rows of a chunk.
  ///
  /// @param from the row of the batch where the chunk starts
  /// @param to where the features of that row start
  void write(Batch batch, int from, int count, EngineCells cells, double[] features, int to) {
    for (int i = 0; i < early.length; i++) {
      int source = from * early.length + i;
      int target = to + early[i].index();
      for (int row = 0; row < count; row++) {
        features[target + row * featureCount] = batch.early[source + row * early.length];
      }
    }
    for (Direct one : direct) {
      write(one, count, features, to + one.index());
    }
    for (Share one : ratios) {
      one.ratio().write(aggregates, count, features, to + one.index(), featureCount);
    }
    for (int row = 0; row < count && late.length > 0; row++) {
      cells.pointAggregates(row);
      if (keepsRows) {
        cells.point(batch.observations.get(from + row));
      }
      int target = to + row * featureCount;
      for (Feature feature : late) {
        features[target + feature.index()] = value(feature.expression(), cells);
      }
    }
  }

  /// How many values did not fit their type; they are NULL.
  long overflows() {
    return overflows;
  }

  private void write(Direct one, int count, double[] features, int to) {
    long[] slots = one.aggregate().slots;
    boolean[] nulls = one.aggregate().nulls;
    boolean isDouble = one.isDouble();
    for (int row = 0; row < count; row++) {
      double value = isDouble ? Double.longBitsToDouble(slots[row]) : (double) slots[row];
      features[to + row * featureCount] = nulls[row] ? Double.NaN : value;
    }
  }

  /// A column needs no expression: below 2^53 its double is one rounded division.
  private double early(Feature feature, EngineCells cells) {
    int column = feature.column();
    if (column < 0) {
      return value(feature.expression(), cells);
    }
    if (cells.isNull(column)) {
      return Double.NaN;
    }
    long slot = cells.slot(column);
    return Math.abs(slot) <= EXACT
        ? (double) slot / feature.power()
        : value(feature.expression(), cells);
  }

  private double value(CompiledExpression expression, EngineCells cells) {
    try {
      return expression.evaluateDouble(cells);
    } catch (CromfordException overflow) {
      overflows++;
      return Double.NaN;
    }
  }
}
