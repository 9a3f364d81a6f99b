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
record RecordedFactory(CheckedFactory checked, Path state) {
  private static final int BATCH = 1000;

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
    return new RecordedFactory(checked, folder.resolve("state"));
  }

  /// The same with another definition.
  RecordedFactory with(FactoryDefinition definition) {
    return new RecordedFactory(
        new CheckedFactory(checked.folder(), definition, checked.plan()), state);
  }

  /// The same with a state of its own.
  RecordedFactory in(Path otherState) {
    return new RecordedFactory(checked, otherState);
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
    try (Factory factory = Factory.open(checked, state, progress);
        ArrivalStream arrivals = factory.arrivals()) {
      Arrived next = factory.intake(arrivals, progress);
      factory.buildFeatures(progress);
      factory.train(progress);
      live.accept(factory);
      Progress.Step step = progress.start("live", 0);
      replay(factory, arrivals, next, _ -> false, decisions);
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
    List<Submission> batch = new ArrayList<>();
    Arrived next = first;
    while (next != null && !enough.test(next)) {
      batch.add(submission(next));
      if (batch.size() == BATCH) {
        submit(factory, batch, decisions);
        batch = new ArrayList<>();
      }
      next = arrivals.next();
    }
    submit(factory, batch, decisions);
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

  private static void submit(
      Factory factory, List<Submission> batch, Consumer<Decision> decisions) {
    CompletableFuture<List<Result>> answer = new CompletableFuture<>();
    factory.submit(batch, answer::complete);
    for (Result result : answer.join()) {
      if (result instanceof Result.Failed(var code, var message)) {
        throw new CromfordException(code, message);
      }
      if (result instanceof Result.Decided decided) {
        decisions.accept(decided.decision());
      }
    }
  }
}
