package io.cromford.serving;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// What a decision's record in the ledger says.
///
/// @param ordinal which observation was decided on
/// @param answer what was answered, and by which model
/// @param frozenScore the first model's score
/// @param features which values it was decided on
/// @param reasons the features that spoke loudest for an alert; empty where none were computed
/// @param beside the scores of models that scored beside it and answered nothing
record DecisionRecord(
    long ordinal,
    Answer answer,
    double frozenScore,
    Features features,
    Reasons reasons,
    List<Beside> beside) {

  /// Which features an answer came from, and those of other views that were computed beside them.
  ///
  /// @param view the number of the answering model's view in the [ViewBook]
  /// @param hash [ServedFeatures#hash] of its values
  /// @param others the same of the other views
  record Features(int view, long hash, List<InView> others) {
    Features {
      others = List.copyOf(others);
    }

    /// What was computed in a view.
    ///
    /// @return empty if it was not computed
    OptionalLong of(int number) {
      if (view == number) {
        return OptionalLong.of(hash);
      }
      for (InView other : others) {
        if (other.view == number) {
          return OptionalLong.of(other.hash);
        }
      }
      return OptionalLong.empty();
    }
  }

  /// The hash of the values in a view.
  record InView(int view, long hash) {}

  /// What was answered.
  ///
  /// @param model which model answered: its number in the [Crew]
  /// @param score its score, a probability
  /// @param threshold the score from which on an observation is an alert
  /// @param action what was decided
  /// @param oneIn of how many that would have been stopped one was let through at random; 0 where
  ///   none was
  record Answer(int model, double score, double threshold, Action action, int oneIn) {
    /// An answer without exploration.
    Answer(int model, double score, double threshold, Action action) {
      this(model, score, threshold, action, 0);
    }

    /// How likely the action was, given the score; below 1 only while exploring.
    double propensity() {
      return switch (action) {
        case PASS, BLOCK -> 1;
        case EXPLORED -> 1.0 / oneIn;
        case ALERT, ALERTED_BEFORE -> oneIn == 0 ? 1 : 1 - 1.0 / oneIn;
      };
    }
  }

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
  private static final int VIEW_BYTES = 4 + 8;

  /// The record's body.
  ByteBuffer encode() {
    int size =
        FIXED_BYTES + reasons.size() * REASON_BYTES + beside.size() * BESIDE_BYTES + moreBytes();
    ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(ordinal).putInt(answer.model).putDouble(answer.score).putDouble(frozenScore);
    bytes.putDouble(answer.threshold).put(answer.action.code()).putLong(features.hash);
    bytes.put((byte) reasons.size());
    for (int i = 0; i < reasons.size(); i++) {
      bytes.putShort((short) reasons.feature(i)).putFloat(reasons.contribution(i));
    }
    bytes.put((byte) beside.size());
    for (Beside one : beside) {
      bytes.putInt(one.model).putDouble(one.score);
    }
    if (hasMore()) {
      bytes.putInt(features.view).put((byte) features.others.size());
      features.others.forEach(other -> bytes.putInt(other.view).putLong(other.hash));
      bytes.putInt(answer.oneIn);
    }
    return bytes.flip();
  }

  /// The first view alone, and no exploration, need no words: that is how most factories live.
  private boolean hasMore() {
    return features.view != 0 || !features.others.isEmpty() || answer.oneIn != 0;
  }

  private int moreBytes() {
    return hasMore() ? 4 + 1 + features.others.size() * VIEW_BYTES + 4 : 0;
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
    Features features = in.hasRemaining() ? features(in, hash) : new Features(0, hash, List.of());
    int oneIn = in.hasRemaining() ? in.getInt() : 0;
    return new DecisionRecord(
        ordinal,
        new Answer(model, score, threshold, action, oneIn),
        frozen,
        features,
        reasons,
        beside);
  }

  private static Features features(ByteBuffer in, long hash) {
    int view = in.getInt();
    List<InView> others = new ArrayList<>();
    for (int left = in.get(); left > 0; left--) {
      others.add(new InView(in.getInt(), in.getLong()));
    }
    return new Features(view, hash, others);
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
