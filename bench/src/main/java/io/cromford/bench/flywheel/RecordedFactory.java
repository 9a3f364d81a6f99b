package io.cromford.bench.flywheel;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.core.Progress;
import io.cromford.generator.CardPayments;
import io.cromford.intake.ArrivalStream;
import io.cromford.intake.Arrived;
import io.cromford.intake.ContractResult.Refused;
import io.cromford.intake.RawRecord;
import io.cromford.serving.Decision;
import io.cromford.serving.Factory;
import io.cromford.serving.FactoryReport;
import io.cromford.serving.Result;
import io.cromford.serving.Submission;
import io.cromford.serving.definition.Check;
import io.cromford.serving.definition.CheckedFactory;
import io.cromford.serving.definition.FactoryDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A factory over generated payments, run from its files to its last record.
///
/// @param checked its definition
/// @param state where its ledger and models lie
/// @param lost which of its records are lost on their way
record RecordedFactory(CheckedFactory checked, Path state, Predicate<Arrived> lost) {
  private static final int BATCH = 1000;

  /// A few minutes of payments, so that verdicts come in time.
  private static final int WATCHED_BATCH = 50;

  /// Prepares a factory: the example's files with some texts changed, and payments of its own.
  ///
  /// @param folder an empty one
  /// @param example the example's folder
  /// @param changes text of the factory file → what stands in its place
  static RecordedFactory prepare(
      Path folder, Path example, Map<String, String> changes, CardPayments.Parameters payments) {
    Path data = folder.resolve("payments.csv");
    try {
      Files.createDirectories(folder);
      String text = Files.readString(example.resolve("factory.yaml"));
      for (Map.Entry<String, String> change : changes.entrySet()) {
        if (!text.contains(change.getKey())) {
          throw new IllegalArgumentException("the example has no `" + change.getKey() + "`");
        }
        text = text.replace(change.getKey(), change.getValue());
      }
      Files.writeString(folder.resolve("factory.yaml"), text);
      Files.copy(example.resolve("features.sql"), folder.resolve("features.sql"));
      CardPayments.write(payments, data);
    } catch (IOException e) {
      throw new CromfordException(
          ErrorCode.STORAGE, "%s: cannot be written: %s".formatted(folder, e.getMessage()), e);
    }
    CheckedFactory checked =
        Check.check(folder, Map.of("data", data.toAbsolutePath().toString())).orThrow();
    return new RecordedFactory(checked, folder.resolve("state"), _ -> false);
  }

  /// The same with another definition.
  RecordedFactory with(FactoryDefinition definition) {
    return new RecordedFactory(
        new CheckedFactory(checked.folder(), definition, checked.plan()), state, lost);
  }

  /// The same with a state of its own.
  RecordedFactory in(Path otherState) {
    return new RecordedFactory(checked, otherState, lost);
  }

  /// The same, but some of what arrives from go-live on is lost.
  RecordedFactory without(Predicate<Arrived> some) {
    return new RecordedFactory(checked, state, some);
  }

  /// Runs it to the end of its file.
  FactoryReport run(Progress progress) {
    return run(progress, _ -> {}, _ -> {});
  }

  /// Runs it to the end of its file.
  ///
  /// @param live told of the factory when it is live
  /// @param decisions takes each decision, in order
  FactoryReport run(Progress progress, Consumer<Factory> live, Consumer<Decision> decisions) {
    return run(progress, live, decisions, null);
  }

  /// Runs it to the end of its file.
  ///
  /// @param live told of the factory when it is live
  /// @param decisions takes each decision, in order
  /// @param analyst who gives verdicts on alerts; null for nobody
  FactoryReport run(
      Progress progress,
      Consumer<Factory> live,
      Consumer<Decision> decisions,
      @Nullable Analyst analyst) {
    try (Factory factory = Factory.open(checked, state, progress);
        ArrivalStream arrivals = factory.arrivals()) {
      Arrived next = factory.intake(arrivals, progress);
      factory.buildFeatures(progress);
      factory.train(progress);
      live.accept(factory);
      Progress.Step step = progress.start("live", 0);
      new Replay(factory, decisions, analyst, lost).run(arrivals, next, _ -> false);
      step.finish("replayed");
      return factory.report();
    }
  }

  /// Replays what arrives from go-live on.
  ///
  /// @param first null if there is nothing
  /// @param enough whether a record and all after it are left
  /// @param decisions takes each decision, in order
  static void replay(
      Factory factory,
      ArrivalStream arrivals,
      @Nullable Arrived first,
      Predicate<Arrived> enough,
      Consumer<Decision> decisions) {
    new Replay(factory, decisions, null, _ -> false).run(arrivals, first, enough);
  }

  private static Submission submission(Arrived arrived) {
    RawRecord record = new RawRecord(arrived.source().schema());
    record.copyFrom(arrived.raw());
    return new Submission(
        arrived.source().name(),
        record,
        new Submission.Replay(
            arrived.arrivalMillis(),
            arrived.origin(),
            arrived.result() instanceof Refused refused ? refused : null));
  }

  /// The live part of a run.
  ///
  /// @param analyst null for nobody
  /// @param lost what does not arrive
  private record Replay(
      Factory factory,
      Consumer<Decision> decisions,
      @Nullable Analyst analyst,
      Predicate<Arrived> lost) {
    void run(ArrivalStream arrivals, @Nullable Arrived first, Predicate<Arrived> enough) {
      int size = analyst == null ? BATCH : WATCHED_BATCH;
      List<Submission> batch = new ArrayList<>();
      Arrived next = first;
      while (next != null && !enough.test(next)) {
        addVerdicts(batch, next.arrivalMillis());
        if (!lost.test(next)) {
          batch.add(submission(next));
        }
        if (batch.size() >= size) {
          submit(batch);
          batch = new ArrayList<>();
        }
        next = arrivals.next();
      }
      submit(batch);
    }

    private void addVerdicts(List<Submission> batch, long nowMillis) {
      if (analyst == null) {
        return;
      }
      for (Submission verdict = analyst.next(nowMillis);
          verdict != null;
          verdict = analyst.next(nowMillis)) {
        batch.add(verdict);
      }
    }

    private void submit(List<Submission> batch) {
      CompletableFuture<List<Result>> answer = new CompletableFuture<>();
      factory.submit(batch, answer::complete);
      List<Result> results = answer.join();
      for (int i = 0; i < results.size(); i++) {
        if (results.get(i) instanceof Result.Failed(var code, var message)) {
          throw new CromfordException(code, message);
        }
        if (results.get(i) instanceof Result.Decided decided) {
          decisions.accept(decided.decision());
          if (analyst != null) {
            analyst.decided(decided.decision(), arrival(batch.get(i)));
          }
        }
      }
    }

    private static long arrival(Submission submission) {
      Submission.Replay replay = submission.replay();
      return replay == null ? 0 : replay.arrivalMillis();
    }
  }
}
