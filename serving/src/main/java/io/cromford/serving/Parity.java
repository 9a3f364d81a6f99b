package io.cromford.serving;

import io.cromford.core.Progress;
import io.cromford.features.engine.FeatureEngine;
import io.cromford.features.engine.HistoryDriver;
import io.cromford.ledger.Ledger;
import io.cromford.ledger.LedgerReader;
import io.cromford.ledger.RecordKind;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Locale;
import java.util.OptionalLong;

/// Whether history and live agree: the features of every decision, computed again from the ledger
/// by the history driver, against the bits that were served.
///
/// @param events rows of features that were compared: one for each decision, and one more for each
///   other view that was computed beside
/// @param mismatches those that differ in any bit
public record Parity(long events, long mismatches) {
  static Parity check(FactoryState state, Path folder, Ledger ledger, Progress progress) {
    Books books = state.books();
    Progress.Step step = progress.start("parity", (long) books.size() * state.views().size());
    Parity all = new Parity(0, 0);
    for (int view = 0; view < state.views().size(); view++) {
      Served served = Served.of(view, ledger, books.size());
      if (served.computed.isEmpty()) {
        continue;
      }
      long before = (long) view * books.size();
      try (FeatureEngine engine = FeatureEngine.open(state.views().plan(view), folder);
          LedgerReader reader = ledger.reader()) {
        LedgerRows.by(books)
            .feed(
                reader,
                new HistoryDriver(
                    engine,
                    (first, rows, values) ->
                        served.compare(first, rows, values, engine.featureCount())),
                (ordinal, _) -> step.at(before + ordinal + 1));
      }
      all = new Parity(all.events + served.events, all.mismatches + served.mismatches);
    }
    step.finish(
        String.format(Locale.ROOT, "%,d decisions, %,d differ", all.events, all.mismatches));
    return all;
  }

  /// What was served in a view, by ordinal.
  private static final class Served {
    private final long[] hashes;
    private final BitSet computed;
    private long events;
    private long mismatches;

    private Served(int observations) {
      this.hashes = new long[observations];
      this.computed = new BitSet(observations);
    }

    static Served of(int view, Ledger ledger, int observations) {
      Served served = new Served(observations);
      try (LedgerReader reader = ledger.reader()) {
        while (reader.next()) {
          if (reader.kind() == RecordKind.DECISION) {
            served.take(view, DecisionRecord.decode(reader.body()));
          }
        }
      }
      return served;
    }

    private void take(int view, DecisionRecord decision) {
      OptionalLong hash = decision.features().of(view);
      if (hash.isPresent()) {
        int ordinal = Math.toIntExact(decision.ordinal());
        hashes[ordinal] = hash.getAsLong();
        computed.set(ordinal);
      }
    }

    void compare(long first, int rows, double[] values, int width) {
      for (int i = 0; i < rows; i++) {
        int ordinal = Math.toIntExact(first + i);
        if (computed.get(ordinal)) {
          events++;
          mismatches += ServedFeatures.hash(values, i * width, width) == hashes[ordinal] ? 0 : 1;
        }
      }
    }
  }
}
