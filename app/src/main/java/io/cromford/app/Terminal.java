package io.cromford.app;

import com.sun.management.OperatingSystemMXBean;
import io.cromford.core.Progress;
import java.io.Console;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Draws progress for a person, and keeps what each step cost.
///
/// On a terminal a step is one line that is drawn over and over; elsewhere (a log, a pipe) it is
/// one line when the step is over.
final class Terminal implements Progress {
  private static final int BAR = 24;
  private static final long REDRAW_NANOS = 100_000_000;

  private final PrintStream out;
  private final boolean live;
  private final OperatingSystemMXBean machine =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final Map<String, Cost> costs = new LinkedHashMap<>();

  /// What a step cost.
  ///
  /// @param cpuSeconds CPU time of the whole process, user and system
  /// @param wallSeconds elapsed time
  record Cost(double cpuSeconds, double wallSeconds) {}

  Terminal(PrintStream out, boolean live) {
    this.out = out;
    this.live = live;
  }

  /// A terminal on standard error, so that standard output stays free for results.
  static Terminal standard() {
    return new Terminal(System.err, isTerminal());
  }

  private static boolean isTerminal() {
    return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
  }

  /// What each step cost so far, in the order they ended.
  Map<String, Cost> costs() {
    return new LinkedHashMap<>(costs);
  }

  @Override
  public Step start(String title, long total) {
    return new Drawn(title, total);
  }

  private final class Drawn implements Step {
    private final String title;
    private final long total;
    private final long startCpu = machine.getProcessCpuTime();
    private final long start = System.nanoTime();
    private long drawn = start - REDRAW_NANOS;

    Drawn(String title, long total) {
      this.title = title;
      this.total = total;
    }

    @Override
    public void at(long done) {
      long now = System.nanoTime();
      if (live && now - drawn >= REDRAW_NANOS) {
        drawn = now;
        out.printf("\r\033[K%-12s %s", title, bar(done, (now - start) / 1e9));
        out.flush();
      }
    }

    @Override
    public void finish(String outcome) {
      double cpu = (machine.getProcessCpuTime() - startCpu) / 1e9;
      double wall = (System.nanoTime() - start) / 1e9;
      costs.merge(
          title,
          new Cost(cpu, wall),
          (a, b) -> new Cost(a.cpuSeconds() + b.cpuSeconds(), a.wallSeconds() + b.wallSeconds()));
      out.printf(
          Locale.ROOT, "%s%-12s %s  (%.1f s CPU)%n", live ? "\r\033[K" : "", title, outcome, cpu);
    }

    private String bar(long done, double seconds) {
      if (total <= 0) {
        return String.format(Locale.ROOT, "%,d", done);
      }
      double share = Math.min(1, (double) done / total);
      int filled = (int) Math.round(share * BAR);
      String rest =
          share > 0.02 && seconds > 2
              ? String.format(Locale.ROOT, "  %.0f s left", seconds / share * (1 - share))
              : "";
      return String.format(
          Locale.ROOT,
          "%s%s %3.0f %%%s",
          "█".repeat(filled),
          "░".repeat(BAR - filled),
          100 * share,
          rest);
    }
  }
}
