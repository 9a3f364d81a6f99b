package io.cromford.serving;

import io.cromford.core.SnapshotReader;
import io.cromford.core.SnapshotWriter;
import io.cromford.flywheel.Exploration;
import java.util.BitSet;
import java.util.function.IntPredicate;

/// What was done about each observation, as far as it matters to what is learnt of it: whether it
/// was stopped, or let through at random although it would have been. A fold over decisions.
final class Fates {
  /// Nothing was stopped.
  static final Fates NONE = new Fates();

  private final BitSet stopped;
  private final BitSet explored;
  private int oneIn = 1;

  Fates() {
    this(new BitSet(), new BitSet());
  }

  private Fates(BitSet stopped, BitSet explored) {
    this.stopped = stopped;
    this.explored = explored;
  }

  void save(SnapshotWriter out) {
    out.section("fates");
    out.bits(stopped);
    out.bits(explored);
    out.count(oneIn);
  }

  void restore(SnapshotReader in) {
    in.section("fates");
    stopped.or(in.bits());
    explored.or(in.bits());
    oneIn = in.count();
  }

  void decided(DecisionRecord decision) {
    int ordinal = Math.toIntExact(decision.ordinal());
    switch (decision.answer().action()) {
      case ALERT, ALERTED_BEFORE, BLOCK -> stopped.set(ordinal);
      case EXPLORED -> {
        explored.set(ordinal);
        oneIn = decision.answer().oneIn();
      }
      case PASS -> {}
    }
  }

  /// The same for other threads: two bits an observation if anything was ever let through, else
  /// nothing.
  Fates copy() {
    if (explored.isEmpty()) {
      return NONE;
    }
    Fates copy = new Fates((BitSet) stopped.clone(), (BitSet) explored.clone());
    copy.oneIn = oneIn;
    return copy;
  }

  /// How often the rows of some observations count.
  ///
  /// @param from the first ordinal
  /// @param until the one behind the last
  /// @param wanted which of them
  /// @param isKnown whether an observation has an outcome
  Exploration exploration(int from, int until, IntPredicate wanted, IntPredicate isKnown) {
    int letThrough = count(explored, from, until, wanted);
    return letThrough == 0
        ? Exploration.NONE
        : new Exploration(
            letThrough,
            count(stopped, from, until, wanted),
            count(stopped, from, until, wanted.and(isKnown.negate())),
            oneIn);
  }

  private static int count(BitSet set, int from, int until, IntPredicate wanted) {
    int count = 0;
    for (int at = set.nextSetBit(from); at >= 0 && at < until; at = set.nextSetBit(at + 1)) {
      count += wanted.test(at) ? 1 : 0;
    }
    return count;
  }

  /// How often the row of an observation counts.
  int times(int ordinal, Exploration exploration, boolean isKnown) {
    if (explored.get(ordinal)) {
      return exploration.isEmpty() ? 1 : exploration.timesExplored();
    }
    return stopped.get(ordinal) ? exploration.timesStopped(isKnown) : 1;
  }
}
