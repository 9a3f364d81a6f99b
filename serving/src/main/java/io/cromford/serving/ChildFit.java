package io.cromford.serving;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.training.Fitted;
import io.cromford.training.Parameters;
import io.cromford.training.TrainingSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Fits models in processes of their own, so that a fit takes no time from the serving: each is
/// niced, has a heap of its own, and may be killed or abort without the endpoint ending with it.
///
/// A fit gives the same bytes there as here. What a killed one leaves behind is deleted at the next
/// start. May be used by several threads.
final class ChildFit implements Loop.Fitter, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ChildFit.class.getName());
  private static final Duration LONGEST = Duration.ofHours(6);

  /// A fit is over before more than that pays.
  private static final List<String> QUICKLY = List.of("-XX:TieredStopAtLevel=1");

  private static final long LEAST_HEAP_BYTES = 256L << 20;
  private static final int COPIES = 4;

  /// By SIGINT and SIGTERM, which a terminal or a service manager sends to all processes of a
  /// factory that is stopped.
  private static final Set<Integer> STOPPED = Set.of(130, 143);

  private static final int MOST_OUTPUT = 2000;

  private final Path jobs;
  private final String mainClass;
  private final Set<Process> running = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /// @param jobs a folder for what the processes are given and leave
  ChildFit(Path jobs) {
    this(jobs, FitJob.class.getName());
  }

  /// With another class in the process, for tests.
  ChildFit(Path jobs, String mainClass) {
    this.jobs = jobs;
    this.mainClass = mainClass;
    if (Files.exists(jobs)) {
      new ScratchFolder(jobs).close();
    }
  }

  @Override
  public Fitted fit(Parameters recipe, TrainingSet rows) {
    @Nullable Path folder = null;
    try {
      Files.createDirectories(jobs);
      folder = Files.createTempDirectory(jobs, "fit-");
      FitJob.write(folder, recipe, rows);
      run(folder, rows);
      return FitJob.result(folder, recipe, rows);
    } catch (IOException e) {
      throw new CromfordException(
          ErrorCode.STORAGE,
          "%s: a fit cannot be prepared there: %s.\nMaybe the disk is full."
              .formatted(jobs, e.getMessage()),
          e);
    } finally {
      if (folder != null) {
        new ScratchFolder(folder).close();
      }
    }
  }

  private void run(Path folder, TrainingSet rows) throws IOException {
    long heap = heapBytes(rows);
    LOG.log(
        System.Logger.Level.INFO,
        "a model is fitted on {0} rows of {1} features in a process of its own, with {2} MB of heap",
        rows.size(),
        rows.featureCount(),
        heap >> 20);
    Path output = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(ChildCommand.of(heap, QUICKLY, mainClass, folder))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    running.add(process);
    try {
      if (closed) {
        process.destroyForcibly();
      }
      await(process, output);
    } finally {
      process.destroyForcibly();
      running.remove(process);
    }
  }

  private void await(Process process, Path output) throws IOException {
    try {
      if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
        throw new CromfordException(
            ErrorCode.EXTERNAL, "a fit took longer than " + LONGEST + " and was ended");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CromfordException(ErrorCode.UNAVAILABLE, "interrupted while a model was fitted", e);
    }
    if (closed || STOPPED.contains(process.exitValue())) {
      throw new CromfordException(
          ErrorCode.UNAVAILABLE, "the factory closed while a model was fitted");
    }
    if (process.exitValue() != 0) {
      String said = Files.readString(output, StandardCharsets.UTF_8).strip();
      throw new CromfordException(
          ErrorCode.EXTERNAL,
          "the process of a fit ended with %d: %s"
              .formatted(
                  process.exitValue(), said.substring(0, Math.min(MOST_OUTPUT, said.length()))));
    }
  }

  /// Ends the fits that run; others may begin.
  void cancel() {
    running.forEach(Process::destroyForcibly);
  }

  private static long heapBytes(TrainingSet rows) {
    return heapBytes(rows.size(), rows.featureCount());
  }

  /// The heap of a fit's process: the rows as they are read, and the copies that a learner makes of
  /// them.
  static long heapBytes(long rows, int features) {
    return LEAST_HEAP_BYTES + COPIES * 4L * rows * (features + 10);
  }

  /// Ends all fits.
  @Override
  public void close() {
    closed = true;
    running.forEach(Process::destroyForcibly);
  }
}
