package io.cromford.serving;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// By whose word policies hold that the factory file does not say.
///
/// @param by the name of who approved them, or took an approval back
/// @param proposer the name of who proposed them; null for what took an approval back
/// @param dailyScores by model version, the alert score of each of the last days at the new number
///   of alerts, the oldest first; without a version its threshold follows day by day
@JsonInclude(JsonInclude.Include.NON_NULL)
record PolicyApproval(String by, @Nullable String proposer, Map<String, List<Double>> dailyScores) {
  /// Copies the scores, in the order of their versions.
  PolicyApproval {
    Map<String, List<Double>> copy = new TreeMap<>();
    dailyScores.forEach((version, scores) -> copy.put(version, List.copyOf(scores)));
    dailyScores = copy;
  }

  /// Whether it took an approval back.
  @JsonIgnore
  boolean isRollback() {
    return proposer == null;
  }
}
