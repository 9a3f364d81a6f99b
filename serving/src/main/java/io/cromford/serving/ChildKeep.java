package io.cromford.serving;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Has snapshots made by a process of its own ([KeepJob]): niced, with a heap of its own, and gone
/// with whatever it left half-done when it fails or is ended. One at a time.
final class ChildKeep implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofHours(6);
  private static final List<String> OPTIONS = List.of("-XX:+ExitOnOutOfMemoryError");
  private static final int MOST_LINES = 20;
  private static final int MOST_WORDS = 2000;

  private final Path jobs;
  private volatile @Nullable Process running;
  private volatile boolean closed;

  /// @param jobs a folder for what processes are given and leave; what a killed one left there is
  ///   deleted at the next start ([ChildFit])
  ChildKeep(Path jobs) {
    this.jobs = jobs;
  }

  /// Makes them.
  ///
  /// @param job hears how far it is, and may be cancelled
  /// @param cost its memory is the heap that the process gets
  /// @param taken takes them from the folder where they are, which goes behind it
  /// @throws CromfordException EXTERNAL if they could not be made, STORAGE if there is no room
  void keep(KeepOrder order, Job job, JobCost cost, Consumer<Path> taken) {
    try (ScratchFolder scratch = folder()) {
      order.write(scratch.path());
      run(job, scratch.path(), cost);
      taken.accept(KeepOrder.kept(scratch.path()));
    } catch (IOException e) {
      throw new CromfordException(
          ErrorCode.STORAGE,
          "%s: nothing can be prepared there: %s.\nMaybe the disk is full."
              .formatted(jobs, e.getMessage()),
          e);
    }
  }

  private ScratchFolder folder() throws IOException {
    return new ScratchFolder(Files.createTempDirectory(Files.createDirectories(jobs), "keep-"));
  }

  private void run(Job job, Path folder, JobCost cost) throws IOException {
    Process process =
        new ProcessBuilder(
                ChildCommand.of(cost.memoryBytes(), OPTIONS, KeepJob.class.getName(), folder))
            .redirectErrorStream(true)
            .start();
    running = process;
    job.whenCancelled(() -> end(process));
    Thread.ofVirtual().start(() -> endAtLast(process));
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      if (closed) {
        end(process);
      }
      String words = listen(output, job, cost);
      int exit = process.waitFor();
      if (exit != 0) {
        throw new CromfordException(ErrorCode.EXTERNAL, why(job, exit, words));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CromfordException(ErrorCode.UNAVAILABLE, "interrupted", e);
    } finally {
      end(process);
      running = null;
    }
  }

  private static void endAtLast(Process process) {
    try {
      if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
        end(process);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// `Process.destroyForcibly` would also cut off what it said.
  private static void end(Process process) {
    process.toHandle().destroyForcibly();
  }

  /// Hears how far it is until it ends.
  ///
  /// @return why it could not, or all else that it said
  private static String listen(BufferedReader output, Job job, JobCost cost) throws IOException {
    List<String> words = new ArrayList<>();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(KeepJob.DONE)) {
        long done = Long.parseLong(line.substring(KeepJob.DONE.length()));
        job.at(cost.rows() * done / KeepJob.ALL);
      } else if (line.startsWith(KeepJob.WHY)) {
        return Control.JSON.readValue(line.substring(KeepJob.WHY.length()), String.class);
      } else if (words.size() < MOST_LINES) {
        words.add(line);
      }
    }
    return String.join("\n", words);
  }

  private static String why(Job job, int exit, String words) {
    String cancelled = job.cancelled();
    if (cancelled != null) {
      return "it was cancelled " + cancelled;
    }
    return exit == KeepJob.REFUSED
        ? words
        : "its process ended with %d: %s\nMaybe it lacks memory: `cromford doctor` says what there is."
            .formatted(exit, words.substring(0, Math.min(MOST_WORDS, words.length())));
  }

  /// Ends what runs; none begins any more.
  @Override
  public void close() {
    closed = true;
    Process process = running;
    if (process != null) {
      end(process);
    }
  }
}
