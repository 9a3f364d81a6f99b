package io.cromford.features.engine;

import io.cromford.core.ColumnType;
import io.cromford.features.plan.Aggregate;
import io.cromford.features.plan.Aggregate.Function;
import io.cromford.features.plan.FeaturePlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongBinaryOperator;

/// The operators of a plan, wired: states of keys, edges, kept windows, and the cursors that drive
/// them.
final class Operators implements AutoCloseable {
  /// A kept window and where its value goes.
  record Kept(KeptWindow window, int at) {}

  /// Cursors that advance together, row by row, and the kept windows to read after each row.
  record Group(List<Cursor> cursors, List<Kept> reads) {}

  final Layout layout;
  final PagedLongs[] states;
  final ViewLog log;
  final List<Cursor> cursors = new ArrayList<>();
  final List<Group> groups = new ArrayList<>();
  final List<FrameSums> frames = new ArrayList<>();
  final List<AggregateReader> readers = new ArrayList<>();
  final List<Kept> kept = new ArrayList<>();
  final int keptWords;

  private final Map<Long, Cursor> byLag = new HashMap<>();

  /// The operators of a plan, before the first row.
  ///
  /// @param savedWords words of the detail record beside the partitions'
  Operators(
      FeaturePlan plan, Layout layout, TextDictionary texts, Path scratchFolder, int savedWords) {
    this.layout = layout;
    int[] keptAt = reserveStates(plan);
    this.states = new PagedLongs[layout.partitions.size()];
    for (int i = 0; i < states.length; i++) {
      states[i] = new PagedLongs(layout.stateWords[i]);
    }
    this.log = new ViewLog(scratchFolder, layout, layout.partitions.size() + savedWords, states);
    int words = 0;
    for (int i = 0; i < plan.aggregates().size(); i++) {
      Aggregate aggregate = plan.aggregates().get(i);
      readers.add(new AggregateReader(layout, aggregate, i, words));
      if (AggregateReader.isKept(aggregate.function())) {
        kept.add(new Kept(window(aggregate, texts, keptAt[i]), words));
        words += 2;
      }
    }
    this.keptWords = words;
    for (Layout.Frame frame : layout.frames) {
      if (!frame.cells().isEmpty()) {
        frames.add(new FrameSums(layout, frame));
      }
    }
    for (long lag : layout.lags) {
      addCursor(lag);
    }
    addGroups();
  }

  /// The cursor of a lag.
  Cursor cursor(long lagMillis) {
    Cursor cursor = byLag.get(lagMillis);
    if (cursor == null) {
      throw new IllegalArgumentException("no cursor at " + lagMillis + " ms");
    }
    return cursor;
  }

  @Override
  public void close() {
    cursors.forEach(Cursor::close);
    log.close();
  }

  private int[] reserveStates(FeaturePlan plan) {
    int[] at = new int[plan.aggregates().size()];
    for (int i = 0; i < at.length; i++) {
      Aggregate aggregate = plan.aggregates().get(i);
      int partition = layout.frames.get(aggregate.window()).partition();
      at[i] = layout.reserveState(partition, keptState(aggregate.function()));
    }
    return at;
  }

  private static int keptState(Function function) {
    return switch (function) {
      case COUNT, SUM, AVG, STDDEV -> 0;
      case MIN, MAX, COUNT_DISTINCT -> 1;
      case LAST -> LastWindow.STATE_WORDS;
    };
  }

  private KeptWindow window(Aggregate aggregate, TextDictionary texts, int stateAt) {
    KeptFrame frame = KeptFrame.of(layout.frames.get(aggregate.window()));
    PagedLongs state = states[frame.partition()];
    Field present = layout.field(layout.present(aggregate));
    Field value = layout.field(layout.amount(aggregate));
    return switch (aggregate.function()) {
      case MIN, MAX ->
          new ExtremeWindow(frame, present, value, order(aggregate, texts), log, state, stateAt);
      case COUNT_DISTINCT -> new DistinctWindow(frame, present, value, log, state, stateAt);
      case LAST ->
          new LastWindow(
              frame, layout.field(Layout.filter(aggregate)), present, value, log, state, stateAt);
      case COUNT, SUM, AVG, STDDEV -> throw new IllegalArgumentException("no kept window");
    };
  }

  private static LongBinaryOperator order(Aggregate aggregate, TextDictionary texts) {
    boolean text = aggregate.type().kind() == ColumnType.Kind.VARCHAR;
    boolean least = aggregate.function() == Function.MIN;
    if (text) {
      return least
          ? (a, b) -> texts.compare((int) a, (int) b)
          : (a, b) -> texts.compare((int) b, (int) a);
    }
    return least ? Long::compare : (a, b) -> Long.compare(b, a);
  }

  private void addCursor(long lag) {
    List<EdgeSums> edges = new ArrayList<>();
    for (Layout.Edge edge : layout.edges) {
      if (edge.lagMillis() == lag) {
        edges.add(new EdgeSums(layout, edge, states[edge.partition()]));
      }
    }
    List<KeptWindow> entering = new ArrayList<>();
    List<KeptWindow> leaving = new ArrayList<>();
    for (Kept one : kept) {
      if (one.window().frame().innerLagMillis() == lag) {
        entering.add(one.window());
      }
      if (one.window().frame().outerLagMillis() == lag) {
        leaving.add(one.window());
      }
    }
    Cursor cursor = new Cursor(lag, log, layout, edges, entering, leaving);
    cursors.add(cursor);
    byLag.put(lag, cursor);
  }

  /// A cursor alone runs over a batch of rows in one loop. COUNT DISTINCT needs the cursors of its
  /// frame at the same row; all go together then, so that rows enter every window before they leave
  /// it.
  private void addGroups() {
    boolean together = kept.stream().anyMatch(one -> one.window() instanceof DistinctWindow);
    if (together) {
      groups.add(new Group(List.copyOf(cursors), List.copyOf(kept)));
      return;
    }
    for (Cursor cursor : cursors) {
      List<Kept> reads =
          kept.stream()
              .filter(one -> one.window().frame().innerLagMillis() == cursor.lagMillis)
              .toList();
      groups.add(new Group(List.of(cursor), reads));
    }
  }
}
