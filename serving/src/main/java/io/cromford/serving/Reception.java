package io.cromford.serving;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.core.Row;
import io.cromford.intake.Arrived;
import io.cromford.intake.ContractResult;
import io.cromford.intake.RawRecord;
import io.cromford.ledger.RecordHeader;
import io.cromford.ledger.RecordKind;
import io.cromford.ledger.RecordOrigin;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Takes records as they arrive: holds each against its contract, folds it, decides on it. For the
/// owning thread.
final class Reception {
  private final Folds folds;
  private final Turns turns;

  Reception(Folds folds, Turns turns) {
    this.folds = folds;
    this.turns = turns;
  }

  /// A batch of submissions and its answer.
  Owner.Task batch(List<Submission> submissions, Consumer<List<Result>> done) {
    return new Batch(submissions, done);
  }

  private final class Batch implements Owner.Task {
    private final List<Submission> submissions;
    private final Consumer<List<Result>> done;
    private final List<Result> results = new ArrayList<>();
    private final long startNanos = System.nanoTime();

    Batch(List<Submission> submissions, Consumer<List<Result>> done) {
      this.submissions = submissions;
      this.done = done;
    }

    /// The disk is asked for room before anything is folded: a refusal then changes nothing. Where
    /// a turn is due and there is no room for it, the records before it are taken, and none behind.
    @Override
    public void run() {
      Result noRoom = roomFor(submissions.size());
      for (Submission submission : submissions) {
        Result result = noRoom != null ? noRoom : take(submission);
        noRoom = isNoRoom(result) ? result : noRoom;
        results.add(result);
      }
    }

    @Override
    public void answer(@Nullable CromfordException groupFailure) {
      if (groupFailure == null) {
        if (!folds.clock().isReplaying()) {
          folds.state().watch().took(System.nanoTime() - startNanos);
        }
        done.accept(results);
      } else {
        done.accept(submissions.stream().map(_ -> failed(groupFailure)).toList());
      }
    }
  }

  /// @return why there is none; null if there is
  private @Nullable Result roomFor(int records) {
    try {
      folds.makeRoom(records);
      return null;
    } catch (CromfordException e) {
      return failed(e);
    }
  }

  private static Result failed(CromfordException failure) {
    return new Result.Failed(failure.code(), String.valueOf(failure.getMessage()));
  }

  private static boolean isNoRoom(Result result) {
    return result instanceof Result.Failed failed && failed.code() == ErrorCode.STORAGE;
  }

  private Result take(Submission submission) {
    SourceBook source = folds.books().find(submission.source());
    if (source == null) {
      return new Result.Refused(
          ErrorCode.RECORD_REFUSED,
          "source",
          "",
          "there is no source `%s`.\nMaybe one of %s."
              .formatted(submission.source(), folds.books().sourceNames()));
    }
    Submission.Replay replay = submission.replay();
    FactoryClock clock = folds.clock();
    if (clock.isReplaying() != (replay != null)) {
      return clock.isReplaying()
          ? new Result.Failed(
              ErrorCode.UNAVAILABLE,
              "the factory replays its files.\nMaybe send it again when that is over.")
          : new Result.Failed(
              ErrorCode.STATE_CONFLICT, "a record with an arrival is taken in a replay alone.");
    }
    if (replay != null) {
      if (folds.books().holds(source.name(), replay.origin())) {
        return known(source, submission.record());
      }
      clock.arrived(replay.arrivalMillis());
    }
    return take(source, submission, clock.now());
  }

  private Result take(SourceBook source, Submission submission, long arrival) {
    try {
      pass(source, arrival);
    } catch (CromfordException e) {
      if (e.code() == ErrorCode.STORAGE) {
        return failed(e);
      }
      throw e;
    }
    Submission.Replay replay = submission.replay();
    ContractResult checked =
        replay != null && replay.refusal() != null
            ? replay.refusal()
            : source.contract().check(submission.record(), source.row(), arrival);
    Admission.Admitted admitted =
        folds
            .admission()
            .admit(
                source,
                submission.record(),
                checked,
                replay == null ? null : replay.origin(),
                arrival);
    Result result = answer(source, admitted, arrival);
    join(admitted, arrival);
    return result;
  }

  /// What is due before a record of a source arrives.
  private void pass(SourceBook source, long arrival) {
    folds.state().arrives(arrival);
    turns.pass(arrival, source.definition().isObservation());
  }

  /// A row of a file that is in the ledger: whoever replays got no answer, and sends it again.
  private static Result known(SourceBook source, RawRecord record) {
    return new Result.AlreadyKnown(
        Objects.requireNonNullElse(record.text(source.idColumn()), ""), List.of());
  }

  private Result answer(SourceBook source, Admission.Admitted admitted, long arrival) {
    return switch (admitted) {
      case Admission.Admitted.Observation(int ordinal, Row row) ->
          decide(source, ordinal, row, arrival);
      case Admission.Admitted.Outcome(int ordinal, Row row) -> {
        if (folds.books().carriesLabel(source)) {
          folds.requireViews().label(ordinal, source.judgement());
        }
        folds.state().judged(source, ordinal, arrival, folds.ledger()::read);
        yield new Result.Accepted(source.id(row));
      }
      case Admission.Admitted.Known(int ordinal) ->
          new Result.AlreadyKnown(
              source.id(source.row()),
              source.definition().isObservation() ? archive().decision(ordinal) : List.of());
      case Admission.Admitted.Bad(Result.Refused reason) -> reason;
    };
  }

  private Archive archive() {
    return new Archive(folds.ledger(), folds.state(), folds.requireViews());
  }

  private Result decide(SourceBook source, int ordinal, Row row, long arrival) {
    FactoryState state = folds.state();
    LiveViews features = folds.requireViews();
    long event = state.books().eventMillis(ordinal);
    ServedFeatures.Facts facts = features.observe(row, event);
    if (!state.desk().isOpen()) {
      return new Result.Accepted(source.id(row));
    }
    DecisionRecord record = state.desk().decide(ordinal, features.features(), facts, arrival);
    long position =
        folds
            .ledger()
            .append(
                new RecordHeader(RecordKind.DECISION, RecordOrigin.FACTORY, arrival, event, 0),
                record.encode());
    state.decided(record, facts, arrival, position);
    turns.watch(arrival);
    return new Result.Decided(Archive.decision(source.id(row), record, position, state));
  }

  /// Takes a record of a file, which is learnt from but not decided on.
  void file(Arrived record, long arrival) {
    SourceBook source = folds.source(record.source().name());
    pass(source, arrival);
    learnAndJoin(source, record, arrival);
  }

  /// Takes into the features and labels what was admitted.
  void learn(SourceBook source, Admission.Admitted admitted, long arrival) {
    LiveViews features = folds.views();
    FactoryState state = folds.state();
    if (admitted instanceof Admission.Admitted.Observation(int ordinal, Row row)) {
      if (!features.isEmpty()) {
        features.observe(row, state.books().eventMillis(ordinal));
      }
    } else if (admitted instanceof Admission.Admitted.Outcome(int ordinal, _)) {
      if (state.books().carriesLabel(source)) {
        features.label(ordinal, source.judgement());
      }
      state.judged(source, ordinal, arrival, folds.ledger()::read);
    }
  }

  /// Takes a record of a file from before go-live.
  void history(Arrived record) {
    learnAndJoin(folds.source(record.source().name()), record, record.arrivalMillis());
  }

  private void learnAndJoin(SourceBook source, Arrived record, long arrival) {
    Admission admission = folds.admission();
    Admission.Admitted admitted =
        admission.admit(source, record.raw(), record.result(), record.origin(), arrival);
    learn(source, admitted, arrival);
    join(admitted, arrival);
  }

  /// The outcomes that waited for an observation follow it.
  private void join(Admission.Admitted admitted, long arrival) {
    if (admitted instanceof Admission.Admitted.Observation) {
      folds.admission().join(arrival, this::learn);
    }
  }
}
