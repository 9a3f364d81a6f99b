package io.cromford.serving;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// What a decision's record in the ledger says.
///
/// @param ordinal which observation was decided on
/// @param modelNumber which model answered: its place among the promotions, from 0
/// @param score the champion's, a probability
/// @param frozenScore the first model's, scored in shadow
/// @param threshold the score from which on an observation is an alert
/// @param action what was decided
/// @param featureHash [ServedFeatures#hash] of the feature values
/// @param reasons the features that spoke loudest for an alert; empty where none were computed
record DecisionRecord(
    long ordinal,
    int modelNumber,
    double score,
    double frozenScore,
    double threshold,
    Action action,
    long featureHash,
    Reasons reasons) {

  private static final int FIXED_BYTES = 8 + 4 + 8 + 8 + 8 + 1 + 8 + 1;

  /// The record's body.
  ByteBuffer encode() {
    ByteBuffer bytes =
        ByteBuffer.allocate(FIXED_BYTES + reasons.size() * 6).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(ordinal).putInt(modelNumber).putDouble(score).putDouble(frozenScore);
    bytes.putDouble(threshold).put(action.code()).putLong(featureHash).put((byte) reasons.size());
    for (int i = 0; i < reasons.size(); i++) {
      bytes.putShort((short) reasons.feature(i)).putFloat(reasons.contribution(i));
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
    int count = in.get();
    int[] features = new int[count];
    float[] contributions = new float[count];
    for (int i = 0; i < count; i++) {
      features[i] = in.getShort();
      contributions[i] = in.getFloat();
    }
    return new DecisionRecord(
        ordinal,
        model,
        score,
        frozen,
        threshold,
        action,
        hash,
        new Reasons(features, contributions));
  }
}
