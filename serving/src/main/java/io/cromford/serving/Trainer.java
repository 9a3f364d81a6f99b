package io.cromford.serving;

import io.cromford.features.plan.FeaturePlan;
import io.cromford.flywheel.Exploration;
import io.cromford.flywheel.Maturity;
import io.cromford.flywheel.Rollout;
import io.cromford.flywheel.Truth;
import io.cromford.ledger.Ledger;
import io.cromford.ledger.LedgerReader;
import io.cromford.training.Folds.Span;
import io.cromford.training.TrainingSet;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Makes training sets of what was served and what has become known since.
///
/// It is made by the thread that owns the folds, and looks at what they knew then; any one thread
/// may use it while they go on.
class Trainer {
  private static final int SAMPLE_ROWS = 1000;

  private final Ledger ledger;
  private final Observations observations;
  private final int number;
  private final View view;
  private final List<String> names;
  private final boolean whenUnknown;

  /// @param ledger what was served
  /// @param observations what is known of them
  /// @param number of the view in the [ViewBook]
  /// @param view whose features the sets hold
  /// @param whenUnknown what a mature observation without an outcome counts as
  Trainer(Ledger ledger, Observations observations, int number, View view, boolean whenUnknown) {
    this.ledger = ledger;
    this.observations = observations;
    this.number = number;
    this.view = view;
    this.whenUnknown = whenUnknown;
    view.served().flush();
    this.names = view.plan().features().stream().map(output -> output.name()).toList();
  }

  /// What computes the features of the sets.
  FeaturePlan features() {
    return view.plan();
  }

  /// Observations with the labels known now, and where they lie.
  ///
  /// @param first ordinal of the first observation
  /// @param last ordinal behind the last
  /// @param ordinals of each row; null where they do not matter
  record Known(TrainingSet rows, long first, long last, @Nullable Ordinals ordinals) {}

  /// Where each row of a training set comes from.
  static final class Ordinals {
    private final Wanted wanted;
    private int[] ordinals = new int[1024];
    private int size;

    private Ordinals(Wanted wanted) {
      this.wanted = wanted;
    }

    private void add(int ordinal) {
      if (size == ordinals.length) {
        ordinals = Arrays.copyOf(ordinals, 2 * size);
      }
      ordinals[size++] = ordinal;
    }

    int of(int row) {
      return ordinals[row];
    }
  }

  /// The observations that happened in an interval, with the labels known now.
  Known known(Span span) {
    Wanted wanted = new Wanted(span, Maturity.Verdict.NOTHING_DUE, span.untilMillis());
    return known(wanted, Fates.NONE);
  }

  /// The observations that happened in an interval, but for those of days whose outcomes are not
  /// complete; each as often as it counts where some were let through at random.
  Known known(Span span, Maturity.Verdict verdict) {
    return known(span, verdict, span.untilMillis());
  }

  /// The same, and those that somebody gave a verdict on of what happened behind the interval, and
  /// of the days whose outcomes are not complete: there the verdict counts, whatever outcomes say
  /// that are not believed.
  ///
  /// They were selected: alerts are what people look at. But what is alerted depends on the
  /// features alone, not on the truth, so that among observations of the same features those with a
  /// verdict are as often positive as the others; only how often such features come is distorted,
  /// and a learner of the truth given the features does not go by that. Verdicts of positives alone
  /// would be selected by the truth, so all are taken or none.
  ///
  /// @param answeredUntilMillis exclusive; the interval's end for none
  Known known(Span span, Maturity.Verdict verdict, long answeredUntilMillis) {
    return known(new Wanted(span, verdict, answeredUntilMillis), observations.fates());
  }

  private Known known(Wanted wanted, Fates fates) {
    TrainingSet.Builder rows = TrainingSet.builder(names);
    Ordinals ordinals = new Ordinals(wanted);
    int first = -1;
    int last = -1;
    for (int ordinal = 0; ordinal < observations.size(); ordinal++) {
      if (wanted.holds(observations, ordinal)) {
        first = first < 0 ? ordinal : first;
        last = ordinal;
      }
    }
    if (first >= 0) {
      Exploration exploration =
          fates.exploration(
              first,
              last + 1,
              at -> wanted.holds(observations, at),
              at -> wanted.truth(observations, at).isKnown());
      view.served()
          .read(
              first,
              last + 1L,
              (ordinal, facts, values) -> {
                int at = (int) ordinal;
                if (wanted.holds(observations, at)) {
                  Truth truth = wanted.truth(observations, at);
                  TrainingSet.Facts row = facts(at, facts, truth);
                  int times = fates.times(at, exploration, truth.isKnown());
                  for (int time = 0; time < times; time++) {
                    ordinals.add(at);
                    rows.add(row, values, 0);
                  }
                }
              });
    }
    return new Known(rows.build(), Math.max(0, first), last + 1L, ordinals);
  }

  private TrainingSet.Facts facts(int at, ServedFeatures.Facts facts, Truth truth) {
    return new TrainingSet.Facts(
        facts.id(),
        facts.entity(),
        observations.eventMillis(at),
        facts.amount(),
        positive(truth),
        observations.segments(at));
  }

  /// Holds a sample of training rows against what was served, as the ledger has it: the hash of the
  /// features in the decision's record, and the label that is known. A column that is shifted, or
  /// that knows what was not known yet, is found here whatever a metric says of it.
  ///
  /// @return what differs, in words; empty if nothing does
  Optional<String> unlikeServed(Known known) {
    Ordinals ordinals = known.ordinals();
    if (ordinals == null) {
      return Optional.empty();
    }
    TrainingSet rows = known.rows();
    int differing = 0;
    int compared = 0;
    int step = Math.max(1, rows.size() / SAMPLE_ROWS);
    try (LedgerReader reader = ledger.reader()) {
      for (int row = 0; row < rows.size(); row += step) {
        int ordinal = ordinals.of(row);
        if (observations.decisionPosition(ordinal) >= 0) {
          compared++;
          boolean isLabel =
              rows.positive(row) == positive(ordinals.wanted.truth(observations, ordinal));
          differing += isLabel && isAsServed(rows, row, ordinal, reader) ? 0 : 1;
        }
      }
    }
    return differing == 0
        ? Optional.empty()
        : Optional.of(
            "%d of %d training rows that were looked at are not what was served"
                .formatted(differing, compared));
  }

  /// Before its view was computed live there is no hash; the values are then those of the view.
  private boolean isAsServed(TrainingSet rows, int row, int ordinal, LedgerReader reader) {
    OptionalLong hash = decision(ordinal, reader).features().of(number);
    boolean[] same = new boolean[1];
    read(
        ordinal,
        values -> {
          same[0] = hash.isEmpty() || ServedFeatures.hash(values) == hash.getAsLong();
          for (int i = 0; i < values.length; i++) {
            same[0] &= Float.compare((float) values[i], rows.value(row, i)) == 0;
          }
        });
    return same[0];
  }

  private DecisionRecord decision(int ordinal, LedgerReader reader) {
    return DecisionRecord.decode(reader.read(observations.decisionPosition(ordinal)).body());
  }

  private void read(int ordinal, Consumer<double[]> values) {
    view.served().read(ordinal, ordinal + 1L, (_, _, row) -> values.accept(row));
  }

  /// Computes a sample of a model's live scores again, from the features as they were served.
  ///
  /// @param seat the model
  /// @param since ordinal of the first observation that it may have scored
  Rollout.Parity parity(Seat seat, int since) {
    int compared = 0;
    int differing = 0;
    float[] row = new float[names.size()];
    int step = Math.max(1, (observations.size() - since) / SAMPLE_ROWS);
    try (LedgerReader reader = ledger.reader()) {
      for (int ordinal = since; ordinal < observations.size(); ordinal += step) {
        if (observations.decisionPosition(ordinal) >= 0) {
          OptionalDouble live = decision(ordinal, reader).scoreOf(seat.number());
          read(ordinal, values -> ServedFeatures.narrow(values, row));
          compared += live.isPresent() ? 1 : 0;
          differing +=
              live.isPresent()
                      && Double.compare(live.getAsDouble(), seat.model().score(row, 0)) != 0
                  ? 1
                  : 0;
        }
      }
    }
    return new Rollout.Parity(compared, differing);
  }

  /// The first event of all; 0 if there is none.
  long firstEvent() {
    long first = Long.MAX_VALUE;
    for (int ordinal = 0; ordinal < observations.size(); ordinal++) {
      first = Math.min(first, observations.eventMillis(ordinal));
    }
    return observations.size() == 0 ? 0 : first;
  }

  /// The last event of all; 0 if there is none.
  long lastEvent() {
    long last = 0;
    for (int ordinal = 0; ordinal < observations.size(); ordinal++) {
      last = Math.max(last, observations.eventMillis(ordinal));
    }
    return last;
  }

  private boolean positive(Truth truth) {
    return truth.isKnown() ? truth.isPositive() : whenUnknown;
  }

  /// Which observations are wanted, and what counts as their truth.
  private record Wanted(Span span, Maturity.Verdict verdict, long answeredUntilMillis) {
    boolean holds(Observations observations, int ordinal) {
      long eventMillis = observations.eventMillis(ordinal);
      if (eventMillis < span.fromMillis() || eventMillis >= answeredUntilMillis) {
        return false;
      }
      return isLabelled(eventMillis)
          || (answeredUntilMillis > span.untilMillis() && observations.isAnswered(ordinal));
    }

    Truth truth(Observations observations, int ordinal) {
      return verdict.isIncomplete(observations.eventMillis(ordinal))
          ? observations.verdict(ordinal)
          : observations.truth(ordinal);
    }

    private boolean isLabelled(long eventMillis) {
      return eventMillis < span.untilMillis() && !verdict.isIncomplete(eventMillis);
    }
  }
}
