package io.cromford.flywheel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ExplorationTest {
  private static final int ROWS = 400_000;

  /// Counts the positives of a world in which only some of what is stopped gets an outcome, and
  /// compares with all there are.
  private static double counted(double knownOfStopped) {
    SplittableRandom random = new SplittableRandom(1);
    int oneIn = 20;
    int explored = 0;
    int exploredPositives = 0;
    int stopped = 0;
    int unknown = 0;
    int knownPositives = 0;
    int all = 0;
    for (int row = 0; row < ROWS; row++) {
      boolean positive = random.nextInt(3) == 0;
      all += positive ? 1 : 0;
      if (random.nextInt(oneIn) == 0) {
        explored++;
        exploredPositives += positive ? 1 : 0;
      } else {
        stopped++;
        boolean known = random.nextDouble() < knownOfStopped;
        unknown += known ? 0 : 1;
        knownPositives += known && positive ? 1 : 0;
      }
    }
    Exploration exploration = new Exploration(explored, stopped, unknown, oneIn);
    double counted =
        (double) exploration.timesExplored() * exploredPositives
            + exploration.timesStopped(true) * knownPositives;
    return counted / all;
  }

  @Test
  void countsAsManyPositivesAsThereAreWhateverShareOfTheStoppedIsKnown() {
    for (double known : new double[] {0, 0.3, 0.7, 1}) {
      assertThat(counted(known)).as("%s known", known).isCloseTo(1, within(0.03));
    }
  }

  @Test
  void leavesEachRowOnceWhereNothingWasLetThrough() {
    Exploration none = new Exploration(0, 10, 10, 1);
    assertThat(none.timesStopped(false)).isEqualTo(1);
    assertThat(none.timesStopped(true)).isEqualTo(1);
  }

  @Test
  void leavesOutStoppedRowsWithoutAnOutcome() {
    Exploration some = new Exploration(1, 10, 10, 100);
    assertThat(some.timesStopped(false)).isZero();
    assertThat(some.timesExplored()).isEqualTo(100);
  }

  @Test
  void refusesMoreUnknownThanStopped() {
    assertThatThrownBy(() -> new Exploration(1, 2, 3, 10))
        .hasMessage("1 let through, 2 stopped, 3 of them unknown, one in 10");
  }
}
