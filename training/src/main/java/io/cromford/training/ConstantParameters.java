package io.cromford.training;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// The parameters of [ConstantLearner]: none.
public record ConstantParameters() implements Parameters {
  static final String LEARNER = "constant";

  @Override
  public String learner() {
    return LEARNER;
  }

  @Override
  public SequencedMap<String, Object> toMap() {
    return new LinkedHashMap<>();
  }
}
