package io.cromford.app;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.server.Questions;
import io.cromford.serving.ChildCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Answers the console's SQL in a process of its own ([SqlSession]), niced and bounded in memory,
/// which stays for a while so that the tables are read once. Any thread may ask; one at a time is
/// answered.
final class SqlProcess implements Questions, AutoCloseable {
  private static final Duration LOADS = Duration.ofMinutes(15);
  private static final Duration ANSWERS = Duration.ofMinutes(1);
  private static final Duration STAYS = Duration.ofMinutes(10);
  private static final long HEAP_BYTES = 1L << 30;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path factory;
  private final Path state;
  private final ReentrantLock busy = new ReentrantLock();
  private volatile @Nullable Session session;
  private volatile long askedNanos;
  private volatile boolean closed;

  /// A process that reads tables and answers.
  private record Session(Process process, BufferedReader out, Writer in) {
    String answer(String statement) throws IOException {
      in.write(JSON.writeValueAsString(statement) + "\n");
      in.flush();
      return line(ANSWERS);
    }

    /// The next line.
    ///
    /// @throws IOException if the process has ended
    String line(Duration patience) throws IOException {
      CompletableFuture<String> line = new CompletableFuture<>();
      Thread.ofVirtual()
          .start(() -> {
            try {
              line.complete(out.readLine());
            } catch (IOException e) {
              line.completeExceptionally(e);
            }
          });
      try {
        String read = line.get(patience.toSeconds(), TimeUnit.SECONDS);
        if (read == null) {
          throw new IOException("it has ended");
        }
        return read;
      } catch (TimeoutException e) {
        process.destroyForcibly();
        throw new CromfordException(
            ErrorCode.EXTERNAL,
            "the statement took longer than %d s and was ended.\nMaybe ask for fewer rows, or use `cromford sql`, which waits."
                .formatted(patience.toSeconds()),
            e);
      } catch (ExecutionException e) {
        throw new IOException("it cannot be read", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CromfordException(ErrorCode.UNAVAILABLE, "interrupted", e);
      }
    }
  }

  /// @param factory the folder of its file
  /// @param state where its ledger lies
  SqlProcess(Path factory, Path state) {
    this.factory = factory;
    this.state = state;
  }

  @Override
  public byte[] ask(String statement, boolean anew) {
    if (!busy.tryLock()) {
      throw new CromfordException(
          ErrorCode.UNAVAILABLE,
          "another statement is being answered.\nMaybe try again in some seconds.");
    }
    try {
      if (anew) {
        end();
      }
      String answer = session().answer(statement);
      askedNanos = System.nanoTime();
      return unpacked(answer);
    } catch (IOException e) {
      end();
      throw new CromfordException(
          ErrorCode.EXTERNAL,
          "the process that answers SQL has ended.\nMaybe the statement took all its memory: ask for fewer columns or rows.",
          e);
    } finally {
      busy.unlock();
    }
  }

  private static byte[] unpacked(String answer) {
    if (answer.startsWith("-")) {
      throw new CromfordException(
          ErrorCode.USAGE, JSON.readValue(answer.substring(1), String.class));
    }
    return answer.substring(1).getBytes(StandardCharsets.UTF_8);
  }

  private Session session() throws IOException {
    Session running = session;
    if (running != null && running.process.isAlive()) {
      return running;
    }
    Process process =
        new ProcessBuilder(
                ChildCommand.of(
                    HEAP_BYTES,
                    List.of("-Duser.timezone=UTC"),
                    SqlSession.class.getName(),
                    factory,
                    state))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    Session started =
        new Session(
            process,
            process.inputReader(StandardCharsets.UTF_8),
            process.outputWriter(StandardCharsets.UTF_8));
    session = started;
    askedNanos = System.nanoTime();
    if (closed) {
      end();
    }
    unpacked(started.line(LOADS));
    Thread.ofVirtual().start(() -> endWhenIdle(started));
    return started;
  }

  /// What nobody asks gives its memory back.
  private void endWhenIdle(Session started) {
    try {
      while (started.process.isAlive()) {
        long idle = System.nanoTime() - askedNanos;
        if (idle >= STAYS.toNanos() && !busy.isLocked()) {
          started.process.destroyForcibly();
        }
        boolean _ = started.process.waitFor(1, TimeUnit.MINUTES);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void end() {
    Session running = session;
    if (running != null) {
      running.process.destroyForcibly();
      session = null;
    }
  }

  /// Ends the process.
  @Override
  public void close() {
    closed = true;
    end();
  }
}
