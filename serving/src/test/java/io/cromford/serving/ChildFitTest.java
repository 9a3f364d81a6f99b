package io.cromford.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.training.Fitted;
import io.cromford.training.Learner;
import io.cromford.training.LogisticParameters;
import io.cromford.training.Parameters;
import io.cromford.training.TrainingSet;
import io.cromford.training.XGBoostParameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ChildFitTest {
  @TempDir private Path folder;

  private static TrainingSet rows() {
    SplittableRandom random = new SplittableRandom(1);
    TrainingSet.Builder rows = TrainingSet.builder(List.of("amount", "count"));
    for (int row = 0; row < 3000; row++) {
      boolean positive = random.nextInt(20) == 0;
      double[] values = {random.nextDouble() + (positive ? 0.5 : 0), random.nextInt(5)};
      values[1] = row % 7 == 0 ? Double.NaN : values[1];
      rows.add(new TrainingSet.Facts(row, row % 100, row, 1, positive), values, 0);
    }
    return rows.build();
  }

  @Test
  void givesTheSameBytesAsAFitInThisProcess() throws IOException {
    List<Parameters> recipes =
        List.of(
            XGBoostParameters.defaults(7).withNegatives(0.5),
            LogisticParameters.defaults().withNegatives(0.5));
    try (ChildFit children = new ChildFit(folder)) {
      for (Parameters recipe : recipes) {
        Fitted here = Learner.of(recipe).fit(rows());
        Fitted there = children.fit(recipe, rows());
        assertThat(there.bytes()).isEqualTo(here.bytes());
        assertThat(there.rows()).isEqualTo(here.rows());
        assertThat(there.positives()).isEqualTo(here.positives());
      }
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  /// A process that aborts, as a native library may.
  public static final class Abort {
    private Abort() {}

    /// Ends at once.
    public static void main(String[] arguments) {
      System.out.println("free(): invalid pointer");
      Runtime.getRuntime().halt(134);
    }
  }

  /// A process that goes on for ever.
  public static final class Endless {
    private Endless() {}

    /// Waits.
    public static void main(String[] arguments) throws Exception {
      Files.writeString(Path.of(arguments[0]).resolve("started"), "");
      Thread.sleep(1_000_000);
    }
  }

  @Test
  void turnsAnAbortIntoAFailureThatNamesIt() {
    try (ChildFit children = new ChildFit(folder, Abort.class.getName())) {
      assertThatThrownBy(() -> children.fit(LogisticParameters.defaults(), rows()))
          .isInstanceOfSatisfying(
              CromfordException.class,
              failure -> assertThat(failure.code()).isEqualTo(ErrorCode.EXTERNAL))
          .hasMessage("the process of a fit ended with 134: free(): invalid pointer");
    }
  }

  @Test
  void endsItsProcessesWhenItIsClosed() {
    ChildFit children = new ChildFit(folder, Endless.class.getName());
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    Thread.ofPlatform()
        .start(() -> {
          try {
            children.fit(LogisticParameters.defaults(), rows());
          } catch (CromfordException e) {
            failure.complete(e);
          }
        });
    while (!hasStarted()) {
      Thread.onSpinWait();
    }
    children.close();
    assertThat(failure.join()).hasMessageContaining("the factory closed");
  }

  private boolean hasStarted() {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.anyMatch(file -> file.endsWith("started"));
    } catch (IOException | UncheckedIOException _) {
      return false;
    }
  }

  @Test
  void deletesWhatAKilledOneLeft() throws IOException {
    Files.createDirectories(folder.resolve("fit-1"));
    Files.writeString(folder.resolve("fit-1").resolve("rows.bin"), "half");
    new ChildFit(folder).close();
    assertThat(folder).doesNotExist();
  }
}
