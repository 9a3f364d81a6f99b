package io.cromford.features.engine;

import io.cromford.core.ColumnType;
import io.cromford.core.PagedLongs;
import io.cromford.core.SnapshotReader;
import io.cromford.core.SnapshotWriter;
import io.cromford.features.plan.Aggregate;
import io.cromford.features.plan.Aggregate.Function;
import io.cromford.features.plan.FeaturePlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongBinaryOperator;

/// The operators of a plan, wired: edges, kept windows, and the cursors that drive them.
final class Operators implements AutoCloseable {
  private static final int HEAD_WORDS = 1;

  /// The most rows that a cursor looks back for a late one: reading them takes some tens of
  /// microseconds, about as long as walking the rows of a key that has few.
  private static final int MOST_BACK = 1 << 15;

  /// A kept window and where its value goes.
  record Kept(KeptWindow window, int at) {}

  /// How much is done and held at once.
  ///
  /// @param batchRows the most rows of a batch
  /// @param chunkRows the most rows whose aggregates are read at once
  /// @param cacheBytes memory for recent rows, and half of it for recent outcomes
  record Sizes(int batchRows, int chunkRows, int cacheBytes) {}

  /// Cursors that advance together, row by row, and the kept windows to read after each row; a lone
  /// cursor without any goes its own way.
  static final class Group {
    final Cursor[] cursors;
    final Kept[] reads;

    Group(List<Cursor> cursors, List<Kept> reads) {
      this.cursors = cursors.toArray(Cursor[]::new);
      this.reads = reads.toArray(Kept[]::new);
    }

    boolean isLone() {
      return cursors.length == 1 && reads.length == 0;
    }
  }

  final Layout layout;

  /// Per partition the states of its keys: a key's last row + 1, or 0, and then the sums of every
  /// edge. What a row needs of its key so lies side by side.
  final PagedLongs[] states;

  final ViewLog log;
  final List<Cursor> cursors = new ArrayList<>();
  final List<Group> groups = new ArrayList<>();
  final List<FrameSums> frames = new ArrayList<>();

  /// The sums over the frames at the rows of a chunk, a column per word.
  final long[][] sums;

  final AggregateReader[] readers;
  final List<Kept> kept = new ArrayList<>();
  final int keptWords;

  private final Map<Layout.Edge, EdgeSums> edges = new LinkedHashMap<>();
  private final Map<Long, Cursor> byLag = new HashMap<>();
  private final int mostBack;

  /// The operators of a plan, before the first row.
  ///
  /// @param savedWords words of the detail record beside the partitions'
  /// @param fate what becomes of the log's files at the end
  Operators(
      FeaturePlan plan,
      Layout layout,
      TextDictionary texts,
      Path scratchFolder,
      int savedWords,
      Sizes sizes,
      PagedLog.Fate fate) {
    this.layout = layout;
    this.states = states(layout);
    this.log =
        new ViewLog(
            scratchFolder, layout, states.length + savedWords, states, sizes.cacheBytes(), fate);
    this.sums = new long[layout.sumWords][sizes.chunkRows()];
    this.readers = new AggregateReader[plan.aggregates().size()];
    int words = 0;
    for (int i = 0; i < plan.aggregates().size(); i++) {
      Aggregate aggregate = plan.aggregates().get(i);
      readers[i] = new AggregateReader(layout, aggregate, sizes.chunkRows(), sums, words);
      if (AggregateReader.isKept(aggregate.function())) {
        kept.add(new Kept(window(aggregate, texts), words));
        words += 2;
      }
    }
    this.keptWords = words;
    int[] used = new int[states.length];
    Arrays.fill(used, HEAD_WORDS);
    for (Layout.Edge edge : layout.edges) {
      int partition = edge.partition();
      edges.put(
          edge, new EdgeSums(layout, edge, states[partition], used[partition], sizes.batchRows()));
      used[partition] += edge.words();
    }
    for (Layout.Frame frame : layout.frames) {
      if (!frame.cells().isEmpty()) {
        frames.add(new FrameSums(layout, frame, edges, states[frame.partition()]));
      }
    }
    this.mostBack = mostBack(layout, sizes.cacheBytes());
    for (long lag : layout.lags) {
      addCursor(lag);
    }
    addGroups();
  }

  void save(SnapshotWriter out) {
    out.section("log");
    log.save(out);
    out.section("states");
    for (PagedLongs one : states) {
      one.save(out);
    }
    out.section("windows");
    for (Kept one : kept) {
      one.window().save(out);
    }
    for (AggregateReader reader : readers) {
      reader.save(out);
    }
    out.section("cursors");
    cursors.forEach(cursor -> cursor.save(out));
  }

  /// Takes on what was saved of the same plan.
  ///
  /// @param kept where the log of the rows lies that was saved
  void restore(SnapshotReader in, Path kept) {
    in.section("log");
    log.restore(in, kept);
    in.section("states");
    for (PagedLongs one : states) {
      one.restore(in);
    }
    in.section("windows");
    for (Kept one : this.kept) {
      one.window().restore(in);
    }
    for (AggregateReader reader : readers) {
      reader.restore(in);
    }
    in.section("cursors");
    cursors.forEach(cursor -> cursor.restore(in));
  }

  /// The cursor of a lag.
  Cursor cursor(long lagMillis) {
    Cursor cursor = byLag.get(lagMillis);
    if (cursor == null) {
      throw new IllegalArgumentException("no cursor at " + lagMillis + " ms");
    }
    return cursor;
  }

  /// Makes room for a partition's keys.
  void grow(int partition, int keys) {
    states[partition].grow(keys);
    for (Kept one : kept) {
      if (one.window().frame().partition() == partition) {
        one.window().grow(keys);
      }
    }
  }

  /// Bytes of memory of the keys' states.
  long stateBytes() {
    long bytes = 0;
    for (PagedLongs one : states) {
      bytes += one.heapBytes();
    }
    for (Kept one : kept) {
      bytes += one.window().stateBytes();
    }
    return bytes;
  }

  @Override
  public void close() {
    cursors.forEach(Cursor::close);
    log.close();
  }

  private static PagedLongs[] states(Layout layout) {
    PagedLongs[] states = new PagedLongs[layout.partitions.size()];
    for (int i = 0; i < states.length; i++) {
      int partition = i;
      int sums =
          layout.edges.stream()
              .filter(edge -> edge.partition() == partition)
              .mapToInt(Layout.Edge::words)
              .sum();
      states[i] = new PagedLongs(HEAD_WORDS + sums);
    }
    return states;
  }

  private KeptWindow window(Aggregate aggregate, TextDictionary texts) {
    KeptFrame frame = KeptFrame.of(layout.frames.get(aggregate.window()));
    Field present = layout.field(layout.present(aggregate));
    Field value = layout.field(layout.amount(aggregate));
    return switch (aggregate.function()) {
      case MIN, MAX -> new ExtremeWindow(frame, present, value, order(aggregate, texts), log);
      case COUNT_DISTINCT -> new DistinctWindow(frame, present, value, log);
      case LAST ->
          new LastWindow(frame, layout.field(Layout.filter(aggregate)), present, value, log);
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

  /// No more than half of what is in memory, so that looking back reads no file as a rule.
  private static int mostBack(Layout layout, int cacheBytes) {
    int rows = cacheBytes / (layout.rowWords * Long.BYTES) / 2;
    return Math.min(MOST_BACK, rows / Math.max(1, layout.lags.size()));
  }

  private void addCursor(long lag) {
    List<EdgeSums> summing = new ArrayList<>();
    edges.forEach((edge, sums) -> {
      if (edge.lagMillis() == lag) {
        summing.add(sums);
      }
    });
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
    Cursor cursor = new Cursor(lag, log, layout, summing, entering, leaving, mostBack);
    cursors.add(cursor);
    byLag.put(lag, cursor);
  }

  /// A cursor alone runs over a batch of rows in one loop. COUNT DISTINCT needs the cursors of its
  /// frame at the same row; all go together then, so that rows enter every window before they leave
  /// it.
  private void addGroups() {
    boolean together = kept.stream().anyMatch(one -> one.window() instanceof DistinctWindow);
    if (together) {
      groups.add(new Group(cursors, kept));
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
