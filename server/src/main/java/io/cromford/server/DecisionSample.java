package io.cromford.server;

import io.cromford.serving.Decision;
import io.cromford.serving.Result;
import io.cromford.serving.Submission;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A few of the decisions since it was emptied last, each as likely as any other. For one thread.
///
/// While nobody listens a batch costs one comparison, and nothing is kept.
///
/// @see <a href="https://doi.org/10.1145/3147.3165">Vitter 1985, algorithm R</a>
final class DecisionSample {
  /// The most decisions that are kept.
  static final int SIZE = 10;

  /// A decision and the factory time at which it was made.
  record Sampled(Decision decision, long atMillis) {}

  private final List<Sampled> kept = new ArrayList<>(SIZE);
  private boolean listening;
  private long seen;
  private long random = 0x9E3779B97F4A7C15L;

  /// Begins or ends to keep.
  void listen(boolean on) {
    listening = on;
    clear();
  }

  /// Takes what became of a batch.
  ///
  /// @param submissions in the order of the results
  /// @param clockMillis the factory's clock, for what was not replayed
  void take(List<Submission> submissions, List<Result> results, long clockMillis) {
    if (!listening) {
      return;
    }
    for (int i = 0; i < results.size(); i++) {
      if (results.get(i) instanceof Result.Decided(Decision decision)) {
        take(decision, submissions.get(i).replay(), clockMillis);
      }
    }
  }

  private void take(Decision decision, Submission.@Nullable Replay replay, long clockMillis) {
    seen++;
    long place = kept.size() < SIZE ? kept.size() : Long.remainderUnsigned(next(), seen);
    if (place < SIZE) {
      long at = replay == null ? clockMillis : replay.arrivalMillis();
      Sampled sampled = new Sampled(decision, at);
      if (place == kept.size()) {
        kept.add(sampled);
      } else {
        kept.set((int) place, sampled);
      }
    }
  }

  /// Marsaglia's xorshift: which decisions are shown is of no consequence.
  private long next() {
    random ^= random << 13;
    random ^= random >>> 7;
    random ^= random << 17;
    return random;
  }

  /// How many decisions there were since it was emptied.
  long seen() {
    return seen;
  }

  /// Those that were kept, the oldest first; empties it.
  List<Sampled> drain() {
    List<Sampled> drained =
        kept.stream()
            .sorted((a, b) -> Long.compare(a.decision().position(), b.decision().position()))
            .toList();
    clear();
    return drained;
  }

  private void clear() {
    kept.clear();
    seen = 0;
  }
}
