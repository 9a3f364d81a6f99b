package io.cromford.serving;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.ledger.LedgerReader;
import io.cromford.ledger.RecordKind;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// What the factory did to itself: the body of a CONTROL record, as JSON.
///
/// The history of models and aliases is a fold over these records, so nothing in them depends on
/// the machine: no wall time, no path.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Control.Trained.class, name = "trained"),
  @JsonSubTypes.Type(value = Control.Judged.class, name = "judged"),
  @JsonSubTypes.Type(value = Control.Skipped.class, name = "skipped"),
  @JsonSubTypes.Type(value = Control.Alarmed.class, name = "alarmed"),
  @JsonSubTypes.Type(value = Control.DeclaredComplete.class, name = "declared-complete"),
  @JsonSubTypes.Type(value = Control.Frozen.class, name = "frozen"),
  @JsonSubTypes.Type(value = Control.Resumed.class, name = "resumed"),
  @JsonSubTypes.Type(value = Control.Proposed.class, name = "proposed"),
  @JsonSubTypes.Type(value = Control.Promoted.class, name = "promoted"),
  @JsonSubTypes.Type(value = Control.BoundaryPassed.class, name = "boundary-passed")
})
sealed interface Control {
  /// A model was fitted and put into the registry.
  ///
  /// @param model its version
  /// @param purpose `champion`, `challenger` or `refit`
  /// @param learner `xgboost`, `logistic` or `constant`
  /// @param parameters the learner's, as text
  /// @param fromMillis start of the training interval, by event time
  /// @param untilMillis its end, exclusive
  /// @param rows observations in the interval
  /// @param positives how many of them are positive
  /// @param metrics validation metrics by name; empty for a refit
  /// @param folds validation folds behind the metrics; 0 where there are none
  record Trained(
      String model,
      String purpose,
      String learner,
      Map<String, String> parameters,
      long fromMillis,
      long untilMillis,
      long rows,
      long positives,
      Map<String, Double> metrics,
      int folds)
      implements Control {}

  /// A challenger was held against the champion on observations that neither was fitted on.
  ///
  /// @param boundaryMillis the factory time of it
  /// @param challenger the model version that was judged
  /// @param champion the model version that served
  /// @param challengerAp average precision of the challenger
  /// @param championAp average precision of the champion
  /// @param gainLow the one-sided lower bound of the gain
  /// @param positives positives among the observations
  /// @param passed whether the challenger is good enough
  /// @param reason why, in words
  record Judged(
      long boundaryMillis,
      String challenger,
      String champion,
      double challengerAp,
      double championAp,
      double gainLow,
      int positives,
      boolean passed,
      String reason)
      implements Control {}

  /// Nothing was trained at a boundary.
  ///
  /// @param boundaryMillis the factory time of it
  /// @param reason why not, in words
  /// @param alarm whether a person should look
  record Skipped(long boundaryMillis, String reason, boolean alarm) implements Control {}

  /// Something happened that a person should look at.
  ///
  /// @param atMillis the factory time of it
  /// @param message what, in words, with advice
  record Alarmed(long atMillis, String message) implements Control {}

  /// Somebody gave their word that all outcomes of earlier days have arrived.
  ///
  /// @param untilMillis before which observations are complete
  /// @param reason why, in words
  /// @param by the name of who did it
  record DeclaredComplete(long untilMillis, String reason, String by) implements Control {}

  /// Somebody stopped the flywheel: nothing is trained or promoted by itself from here on.
  ///
  /// @param atMillis the factory time of it
  /// @param reason why, in words
  /// @param by the name of who did it
  record Frozen(long atMillis, String reason, String by) implements Control {}

  /// Somebody let the flywheel go on.
  ///
  /// @param atMillis the factory time of it
  /// @param reason why, in words
  /// @param by the name of who did it
  record Resumed(long atMillis, String reason, String by) implements Control {}

  /// A challenger passed the gate and was refitted; a person has the last word.
  ///
  /// @param model the refit, which would serve
  /// @param judged the challenger that was judged
  /// @param atMillis the factory time of it
  /// @param reason what the gate said
  record Proposed(String model, String judged, long atMillis, String reason) implements Control {}

  /// A model became the champion.
  ///
  /// @param model the model version that serves from here on
  /// @param judged the model version that was judged in its place; the same unless it is a refit
  /// @param atMillis the factory time of it
  /// @param dailyScores the alert score of each of the last days under the new model, the oldest
  ///   first
  /// @param reason why, in words
  /// @param by `factory`, or the name of who did it
  record Promoted(
      String model,
      String judged,
      long atMillis,
      List<Double> dailyScores,
      String reason,
      String by)
      implements Control {}

  /// Everything due at a boundary has been done.
  ///
  /// @param atMillis the factory time of it
  record BoundaryPassed(long atMillis) implements Control {}

  /// What a person should look at; absent where all is well.
  default Optional<Alarmed> warning() {
    return switch (this) {
      case Alarmed alarmed -> Optional.of(alarmed);
      case Skipped(long at, String reason, boolean alarm) ->
          alarm ? Optional.of(new Alarmed(at, "nothing was trained: " + reason)) : Optional.empty();
      case Trained _,
          Judged _,
          Proposed _,
          Promoted _,
          BoundaryPassed _,
          DeclaredComplete _,
          Frozen _,
          Resumed _ ->
          Optional.empty();
    };
  }

  /// The mapper of control records and reports.
  JsonMapper JSON = JsonMapper.builder().build();

  /// The record's body.
  default ByteBuffer encode() {
    return ByteBuffer.wrap(JSON.writerFor(Control.class).writeValueAsBytes(this));
  }

  /// Reads a record's body.
  ///
  /// @throws CromfordException with LEDGER_CORRUPT if it is none
  static Control decode(ByteBuffer body) {
    return readJson(body, Control.class);
  }

  /// Reads a ledger's control records in order, each with the factory time of it, beside a running
  /// factory or without one.
  ///
  /// @throws CromfordException NOT_FOUND if there is no ledger
  static void forEach(Path stateFolder, BiConsumer<Instant, Control> visitor) {
    try (LedgerReader reader = LedgerReader.openReadOnly(stateFolder.resolve("ledger"))) {
      while (reader.next()) {
        if (reader.kind() == RecordKind.CONTROL) {
          visitor.accept(Instant.ofEpochMilli(reader.arrivalMillis()), decode(reader.body()));
        }
      }
    }
  }

  /// Reads a body that is JSON.
  ///
  /// @throws CromfordException with LEDGER_CORRUPT if it is not of that type
  static <T> T readJson(ByteBuffer body, Class<T> type) {
    byte[] bytes = new byte[body.remaining()];
    body.get(bytes);
    try {
      return JSON.readValue(bytes, type);
    } catch (JacksonException e) {
      throw new CromfordException(
          ErrorCode.LEDGER_CORRUPT,
          "a %s record cannot be read: %s.\nMaybe a newer Cromford wrote it."
              .formatted(type.getSimpleName().toLowerCase(Locale.ROOT), e.getOriginalMessage()),
          e);
    }
  }
}
