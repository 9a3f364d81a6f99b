package io.cromford.serving;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/// What a decision's record in the ledger says.
///
/// @param ordinal which observation was decided on
/// @param answer what was answered, and by which model
/// @param frozenScore the first model's score
/// @param featureHash [ServedFeatures#hash] of the feature values
/// @param reasons the features that spoke loudest for an alert; empty where none were computed
/// @param beside the scores of models that scored beside it and answered nothing
record DecisionRecord(
    long ordinal,
    Answer answer,
    double frozenScore,
    long featureHash,
    Reasons reasons,
    List<Beside> beside) {

  /// What was answered.
  ///
  /// @param model which model answered: its number in the [Crew]
  /// @param score its score, a probability
  /// @param threshold the score from which on an observation is an alert
  /// @param action what was decided
  record Answer(int model, double score, double threshold, Action action) {}

  /// A score that answered nothing.
  ///
  /// @param model the model's number in the [Crew]
  record Beside(int model, double score) {}

  DecisionRecord {
    beside = List.copyOf(beside);
  }

  /// The score of a model but the first, whose score is the frozen one.
  ///
  /// @param model its number in the [Crew]
  /// @return empty if it did not score
  OptionalDouble scoreOf(int model) {
    if (answer.model == model) {
      return OptionalDouble.of(answer.score);
    }
    for (Beside one : beside) {
      if (one.model == model) {
        return OptionalDouble.of(one.score);
      }
    }
    return OptionalDouble.empty();
  }

  private static final int FIXED_BYTES = 8 + 4 + 8 + 8 + 8 + 1 + 8 + 1 + 1;
  private static final int REASON_BYTES = 2 + 4;
  private static final int BESIDE_BYTES = 4 + 8;

  /// The record's body.
  ByteBuffer encode() {
    int size = FIXED_BYTES + reasons.size() * REASON_BYTES + beside.size() * BESIDE_BYTES;
    ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(ordinal).putInt(answer.model).putDouble(answer.score).putDouble(frozenScore);
    bytes.putDouble(answer.threshold).put(answer.action.code()).putLong(featureHash);
    bytes.put((byte) reasons.size());
    for (int i = 0; i < reasons.size(); i++) {
      bytes.putShort((short) reasons.feature(i)).putFloat(reasons.contribution(i));
    }
    bytes.put((byte) beside.size());
    for (Beside one : beside) {
      bytes.putInt(one.model).putDouble(one.score);
    }
    return bytes.flip();
  }

  /// Reads a record's body.
  static DecisionRecord decode(ByteBuffer body) {
    ByteBuffer in = body.order(ByteOrder.LITTLE_ENDIAN);
    long ordinal = in.getLong();
    int model = in.getInt();
    double score = in.getDouble();
    double frozen = in.getDouble();
    double threshold = in.getDouble();
    Action action = Action.of(in.get());
    long hash = in.getLong();
    Reasons reasons = reasons(in);
    List<Beside> beside = new ArrayList<>();
    for (int left = in.get(); left > 0; left--) {
      beside.add(new Beside(in.getInt(), in.getDouble()));
    }
    return new DecisionRecord(
        ordinal, new Answer(model, score, threshold, action), frozen, hash, reasons, beside);
  }

  private static Reasons reasons(ByteBuffer in) {
    int count = in.get();
    int[] features = new int[count];
    float[] contributions = new float[count];
    for (int i = 0; i < count; i++) {
      features[i] = in.getShort();
      contributions[i] = in.getFloat();
    }
    return new Reasons(features, contributions);
  }
}
