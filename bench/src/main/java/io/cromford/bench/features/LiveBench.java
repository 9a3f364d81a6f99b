package io.cromford.bench.features;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.core.LongTupleIndex;
import io.cromford.training.report.JsonReport;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/// The features live, at very many keys: time an event and heap a key, in order; and apart what
/// late rows, busy keys whose rows come a little late, deques, distinct values and the index of ids
/// cost.
public final class LiveBench {
  private static final int BUSY_KEYS = 500;

  private LiveBench() {}

  /// Runs the measurement.
  ///
  /// @param keys customers, and as many terminals
  /// @param payments payments in order; the cases apart have a tenth of payments and keys
  /// @return the result as JSON
  public static String run(int keys, int payments, PrintStream out) {
    int fewKeys = Math.max(1, keys / 10);
    int few = Math.max(1000, payments / 10);
    List<LiveCase> cases =
        List.of(
            LiveCase.ordered(keys, payments),
            LiveCase.grouped(keys, payments, 100),
            LiveCase.grouped(keys, payments, 1000),
            LiveCase.late(fewKeys, few),
            LiveCase.behind(BUSY_KEYS, few),
            LiveCase.extremes(fewKeys, few),
            LiveCase.distinct(fewKeys, few));
    List<LiveFigures> figures = new ArrayList<>();
    try {
      for (LiveCase live : cases) {
        figures.add(LiveRun.of(live));
        out.println(figures.getLast().line());
      }
    } catch (IOException failure) {
      throw new CromfordException(
          ErrorCode.STORAGE, "no temporary files: " + failure.getMessage(), failure);
    }
    return report(figures, ids(payments, out));
  }

  /// The index from ids to observations.
  ///
  /// @param nanos per id added
  private record Ids(int count, double nanos, double bytes) {}

  private static Ids ids(int count, PrintStream out) {
    LongTupleIndex index = new LongTupleIndex(1);
    long[] id = new long[1];
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    for (int i = 0; i < count; i++) {
      id[0] = i * 7L;
      index.add(id, 0);
    }
    long end = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    Ids ids = new Ids(count, (end - start) / (double) count, index.heapBytes() / (double) count);
    out.printf(
        "index of %,d ids: %.0f ns and %.1f bytes an id (one entry per id within the horizon)%n",
        count, ids.nanos(), ids.bytes());
    return ids;
  }

  private static String report(List<LiveFigures> figures, Ids ids) {
    return JsonReport.object(json -> {
      json.number("nanos_per_payment", figures.getFirst().nanos());
      json.number("heap_bytes_per_key", figures.getFirst().bytesPerKey());
      json.objects("cases", figures, (one, figure) -> figure.write(one));
      json.object(
          "id_index",
          one ->
              one.whole("ids", ids.count())
                  .number("nanos_per_id", ids.nanos())
                  .number("heap_bytes_per_id", ids.bytes()));
    });
  }
}
