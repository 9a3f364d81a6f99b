package io.cromford.serving;

import io.cromford.core.Progress;
import io.cromford.features.engine.FeatureEngine;
import io.cromford.features.engine.HistoryDriver;
import io.cromford.features.plan.FeaturePlan;
import io.cromford.ledger.Ledger;
import io.cromford.ledger.LedgerReader;
import io.cromford.ledger.RecordKind;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Locale;

/// Whether history and live agree: the features of every decision, computed again from the ledger
/// by the history driver, against the bits that were served.
///
/// @param events decisions that were compared
/// @param mismatches those whose features differ in any bit
public record Parity(long events, long mismatches) {
  static Parity check(
      FeaturePlan plan, Path folder, Ledger ledger, Books books, Progress progress) {
    long[] served = new long[books.size()];
    BitSet decided = new BitSet(books.size());
    readHashes(ledger, served, decided);
    Progress.Step step = progress.start("parity", books.size());
    Count count = new Count();
    try (FeatureEngine engine = FeatureEngine.open(plan, folder);
        LedgerReader reader = ledger.reader()) {
      int width = engine.featureCount();
      HistoryDriver driver =
          new HistoryDriver(
              engine,
              (first, rows, values) -> {
                for (int i = 0; i < rows; i++) {
                  int ordinal = Math.toIntExact(first + i);
                  if (decided.get(ordinal)) {
                    long hash = ServedFeatures.hash(values, i * width, width);
                    count.add(hash == served[ordinal]);
                  }
                }
              });
      View.replay(reader, books, driver, (_, _) -> {}, step);
    }
    step.finish(
        String.format(Locale.ROOT, "%,d decisions, %,d differ", count.events, count.mismatches));
    return new Parity(count.events, count.mismatches);
  }

  private static void readHashes(Ledger ledger, long[] served, BitSet decided) {
    try (LedgerReader reader = ledger.reader()) {
      while (reader.next()) {
        if (reader.kind() == RecordKind.DECISION) {
          DecisionRecord decision = DecisionRecord.decode(reader.body());
          int ordinal = Math.toIntExact(decision.ordinal());
          served[ordinal] = decision.featureHash();
          decided.set(ordinal);
        }
      }
    }
  }

  private static final class Count {
    private long events;
    private long mismatches;

    void add(boolean same) {
      events++;
      mismatches += same ? 0 : 1;
    }
  }
}
