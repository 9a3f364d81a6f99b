package io.cromford.server;

import io.cromford.serving.Result;
import io.cromford.serving.Submission;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The records of one request, in order: those for the factory, and those refused before it.
final class Batch {
  /// Per item: why it does not reach the factory; null if it does.
  private final List<@Nullable Result> refusals = new ArrayList<>();

  private final List<Submission> submissions = new ArrayList<>();
  private final boolean single;

  /// An empty batch.
  ///
  /// @param single whether the request was one record, not a list
  Batch(boolean single) {
    this.single = single;
  }

  void add(Submission submission) {
    submissions.add(submission);
    refusals.add(null);
  }

  /// Takes over another batch's items.
  void addAll(Batch other) {
    submissions.addAll(other.submissions);
    refusals.addAll(other.refusals);
  }

  void refuse(Result refusal) {
    refusals.add(refusal);
  }

  /// Whether the request was one record, not a list.
  boolean isSingle() {
    return single;
  }

  int size() {
    return refusals.size();
  }

  /// What the factory is to take.
  List<Submission> submissions() {
    return submissions;
  }

  /// One result per item.
  ///
  /// @param answers the factory's, one per submission
  List<Result> results(List<Result> answers) {
    if (submissions.size() == refusals.size()) {
      return answers;
    }
    List<Result> results = new ArrayList<>(refusals.size());
    int next = 0;
    for (@Nullable Result refusal : refusals) {
      results.add(refusal != null ? refusal : answers.get(next++));
    }
    return results;
  }
}
