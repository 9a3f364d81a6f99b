package io.cromford.bench.features;

import io.cromford.features.engine.EngineStatistics;
import io.cromford.training.report.JsonReport;
import java.util.Locale;

/// What a live fold cost.
///
/// @param live what was folded
/// @param nanos processor time of the thread per payment, its outcome included, over the last
///   tenths
/// @param statistics the engine's own account at the end
record LiveFigures(LiveCase live, double nanos, EngineStatistics statistics) {
  double bytesPerKey() {
    return statistics.memory().bytesPerKey(statistics.counts().keys());
  }

  String line() {
    EngineStatistics.Memory memory = statistics.memory();
    return String.format(
        Locale.ROOT,
        "%s, %,d keys: %.0f ns of CPU a payment, %.0f bytes of heap a key; late heaps %,d bytes for %,d"
            + " entries, windows %,d bytes (%s)",
        live.name(),
        statistics.counts().keys(),
        nanos,
        bytesPerKey(),
        memory.lateBytes(),
        statistics.counts().waitingLateRows(),
        memory.windowBytes(),
        live.bound());
  }

  void write(JsonReport json) {
    json.text("name", live.name()).text("bound", live.bound());
    json.whole("keys", statistics.counts().keys()).whole("payments", live.payments());
    json.number("nanos_per_payment", nanos).number("heap_bytes_per_key", bytesPerKey());
    json.whole("late_rows", statistics.counts().lateRows());
    json.whole("late_heap_entries", statistics.counts().waitingLateRows());
    json.whole("late_heap_bytes", statistics.memory().lateBytes());
    json.whole("window_bytes", statistics.memory().windowBytes());
    json.whole("page_bytes", statistics.memory().pageBytes());
  }
}
