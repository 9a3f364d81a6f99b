package io.cromford.bench.flywheel;

import io.cromford.serving.GateTrial.Making;
import io.cromford.training.Parameters;
import io.cromford.training.Segment;
import io.cromford.training.TrainingSet;
import io.cromford.training.XGBoostParameters;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.function.IntToLongFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/// Ways to make a challenger that must not serve, each with the place where it is injected and the
/// check that must catch it.
enum Sabotage {
  /// The labels of the training rows are dealt anew.
  SHUFFLED_LABELS("the training rows", "are not what was served") {
    @Override
    Making making(int seed) {
      return rows(rows -> withLabels(rows, permutation(rows.size(), seed)));
    }
  },
  /// A feature is the label itself, with a little noise.
  LEAKED_FEATURE("the training rows", "are not what was served") {
    @Override
    Making making(int seed) {
      SplittableRandom random = new SplittableRandom(seed);
      return rows(rows ->
          changed(
              rows,
              (row, values) ->
                  values[seed % values.length] =
                      (rows.positive(row) ? 1 : 0) + 0.1f * (float) random.nextDouble()));
    }
  },
  /// A feature's values belong to the row before.
  SHIFTED_COLUMN("the training rows", "are not what was served") {
    @Override
    Making making(int seed) {
      return rows(rows ->
          changed(
              rows,
              (row, values) -> {
                int column = seed % values.length;
                values[column] = rows.value(Math.max(0, row - 1), column);
              }));
    }
  },
  /// In one week of the window the outcomes lied: frauds were called genuine, and as many genuine
  /// payments frauds.
  POISONED_WEEK("the outcomes of one training week", "gain") {
    @Override
    Making making(int seed) {
      return learnt(rows -> poisoned(rows, seed));
    }
  },
  /// Ten times the trees, each with a tenth of the weight.
  TEN_TIMES_SLOWER("the recipe", "times the champion's work") {
    @Override
    Making making(int seed) {
      return new Making(UnaryOperator.identity(), UnaryOperator.identity(), Sabotage::slower);
    }
  },
  /// All frauds of a segment are learnt as genuine.
  BLIND_ON_A_SEGMENT("what the learner is given", "on `") {
    @Override
    Making making(int seed) {
      return learnt(
          rows -> relabelled(rows, row -> rows.positive(row) && !rows.isIn(row, seed % 2)));
    }
  };

  private final String place;
  private final String caughtBy;

  /// @param caughtBy words of the reason that the check gives
  Sabotage(String place, String caughtBy) {
    this.place = place;
    this.caughtBy = caughtBy;
  }

  /// How a challenger comes about.
  ///
  /// @param seed another one for another challenger
  abstract Making making(int seed);

  /// Where it is injected.
  String place() {
    return place;
  }

  /// Words of the reason that the check gives which must catch it.
  String caughtBy() {
    return caughtBy;
  }

  private static Making rows(UnaryOperator<TrainingSet> tampering) {
    return new Making(tampering, UnaryOperator.identity(), UnaryOperator.identity());
  }

  private static Making learnt(UnaryOperator<TrainingSet> tampering) {
    return new Making(UnaryOperator.identity(), tampering, UnaryOperator.identity());
  }

  private static Parameters slower(Parameters recipe) {
    return switch (recipe) {
      case XGBoostParameters trees ->
          trees.withShape(
              10 * trees.shape().trees(), trees.shape().depth(), trees.shape().rate() / 10);
      default -> throw new IllegalArgumentException("nothing makes " + recipe + " slower");
    };
  }

  /// Changes a row's values in place.
  private interface Change {
    void accept(int row, float[] values);
  }

  private static TrainingSet changed(TrainingSet rows, Change change) {
    TrainingSet.Builder builder = TrainingSet.builder(rows.featureNames());
    float[] values = new float[rows.featureCount()];
    for (int row = 0; row < rows.size(); row++) {
      rows.copyRow(row, values, 0);
      change.accept(row, values);
      builder.add(facts(rows, row, rows.positive(row)), values, 0);
    }
    return builder.build();
  }

  private static TrainingSet withLabels(TrainingSet rows, int[] from) {
    return relabelled(rows, row -> rows.positive(from[row]));
  }

  private static TrainingSet relabelled(TrainingSet rows, IntPredicate label) {
    TrainingSet.Builder builder = TrainingSet.builder(rows.featureNames());
    float[] values = new float[rows.featureCount()];
    for (int row = 0; row < rows.size(); row++) {
      rows.copyRow(row, values, 0);
      builder.add(facts(rows, row, label.test(row)), values, 0);
    }
    return builder.build();
  }

  private static TrainingSet.Facts facts(TrainingSet rows, int row, boolean positive) {
    int segments = 0;
    for (int segment = 0; segment < Segment.MOST; segment++) {
      segments |= rows.isIn(row, segment) ? 1 << segment : 0;
    }
    return new TrainingSet.Facts(
        rows.id(row),
        rows.entity(row),
        rows.eventMillis(row),
        rows.amount(row),
        positive,
        segments);
  }

  private static int[] permutation(int size, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int other = random.nextInt(i + 1);
      order[i] = order[other];
      order[other] = i;
    }
    return order;
  }

  private static final long WEEK = 7 * 86_400_000L;

  /// Each fraud of a week changes its label with the genuine payment behind it.
  private static TrainingSet poisoned(TrainingSet rows, int seed) {
    IntToLongFunction week = row -> Math.floorDiv(rows.eventMillis(row), WEEK);
    long first = week.applyAsLong(0);
    long last = week.applyAsLong(rows.size() - 1);
    long bad = first + seed % (last - first + 1);
    int[] from = IntStream.range(0, rows.size()).toArray();
    for (int row = 0; row + 1 < from.length; row++) {
      if (week.applyAsLong(row) == bad && rows.positive(row) && !rows.positive(row + 1)) {
        from[row] = row + 1;
        from[row + 1] = row;
      }
    }
    return withLabels(rows, from);
  }
}
