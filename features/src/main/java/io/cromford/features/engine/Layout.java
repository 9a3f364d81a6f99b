package io.cromford.features.engine;

import io.cromford.core.ColumnType;
import io.cromford.features.plan.Aggregate;
import io.cromford.features.plan.Expression;
import io.cromford.features.plan.FeaturePlan;
import io.cromford.features.plan.Window;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Where everything lies: the words of a row's records, of an edge's sums and of a frame's, worked
/// out once from the plan.
///
/// A row's record has two parts. The row's part: the time in its upper 48 bits beside 16 bits, of
/// which bit 0 says late; the key numbers, two a word; further words of bits; one word per amount.
/// The outcome's part, if any measure reads an outcome column, is the same without keys.
final class Layout {
  /// Bits beside the time in the first word of a record.
  static final int TIME_SHIFT = 16;

  /// Set in the first word where the row came late.
  static final long LATE = 1;

  private static final int KEYS_PER_WORD = 2;

  /// The rows of one kind of key.
  ///
  /// @param columns what partitions, ascending; empty for a single key
  record Partition(List<Integer> columns) {}

  /// What a cell of an edge adds up.
  enum Kind {
    /// Rows that count: one word.
    COUNT(0, 1),
    /// Amounts, in 64 bits.
    SUM(1, 1),
    /// Amounts, in 128 bits, the low word first.
    WIDE_SUM(2, 2),
    /// Squares of amounts, in 192 bits, the low word first.
    SQUARES(3, 3);

    private final int rank;
    final int words;

    Kind(int rank, int words) {
      this.rank = rank;
      this.words = words;
    }
  }

  /// One thing that is added up.
  record Cell(Kind kind, Measure measure) {}

  /// The sums over all rows of a key that are at least a lag old.
  ///
  /// @param partition index of the partition
  /// @param cells each with its first word
  record Edge(int partition, long lagMillis, Map<Cell, Integer> cells) {
    /// The number of words.
    int words() {
      return Layout.words(cells.keySet());
    }
  }

  /// A frame, as a difference of two edges.
  ///
  /// @param sumAt first word in the columns of sums
  /// @param cells each with its first word from `sumAt` on
  record Frame(
      Window window,
      int partition,
      long innerLagMillis,
      long outerLagMillis,
      int sumAt,
      Map<Cell, Integer> cells) {}

  final List<Partition> partitions = new ArrayList<>();
  final List<Edge> edges = new ArrayList<>();
  final List<Frame> frames = new ArrayList<>();
  final Map<Measure, Field> fields = new LinkedHashMap<>();
  final Set<Long> lags = new TreeSet<>();
  final int rowWords;
  final int outcomeWords;
  final int recordWords;
  final int sumWords;

  private final FeaturePlan plan;

  /// Works out the layout of a plan.
  ///
  /// @throws IllegalArgumentException if a partition reads an outcome column
  Layout(FeaturePlan plan) {
    this.plan = plan;
    List<Set<Cell>> needed = new ArrayList<>();
    for (int i = 0; i < plan.windows().size(); i++) {
      needed.add(new LinkedHashSet<>());
      addPartition(plan.windows().get(i));
    }
    Set<Measure> measures = new LinkedHashSet<>();
    for (Aggregate aggregate : plan.aggregates()) {
      List<Cell> cells = cells(aggregate);
      needed.get(aggregate.window()).addAll(cells);
      cells.forEach(cell -> measures.add(cell.measure()));
      measures.addAll(keptMeasures(aggregate));
    }
    int keyWords = (partitions.size() + KEYS_PER_WORD - 1) / KEYS_PER_WORD;
    this.rowWords = place(measures, false, 0, 1 + keyWords);
    boolean hasOutcomes = measures.stream().anyMatch(this::readsOutcome);
    int words = hasOutcomes ? place(measures, true, rowWords, rowWords + 1) : rowWords;
    this.recordWords = words;
    this.outcomeWords = words - rowWords;
    this.sumWords = addFrames(needed);
    addEdges();
  }

  /// Where a partition's key number lies: index of the word in the row record.
  static int keyWord(int partition) {
    return 1 + partition / KEYS_PER_WORD;
  }

  /// By how many bits the word of a partition's key number is to be shifted right.
  static int keyShift(int partition) {
    return partition % KEYS_PER_WORD * Integer.SIZE;
  }

  /// The key's number of a record in a partition.
  static int key(long[] words, int at, int partition) {
    return (int) (words[at + keyWord(partition)] >>> keyShift(partition));
  }

  /// The edge of a partition at a lag.
  Edge edge(int partition, long lagMillis) {
    for (Edge edge : edges) {
      if (edge.partition() == partition && edge.lagMillis() == lagMillis) {
        return edge;
      }
    }
    throw new IllegalArgumentException("no edge at " + lagMillis + " ms");
  }

  /// The field of a measure of this plan.
  Field field(Measure measure) {
    Field field = fields.get(measure);
    if (field == null) {
      throw new IllegalArgumentException("no place for " + measure);
    }
    return field;
  }

  /// Whether a row counts for an aggregate.
  Measure.Present present(Aggregate aggregate) {
    Expression argument = aggregate.argument();
    boolean matters = argument != null && Traits.canBeNull(argument, plan.input());
    return new Measure.Present(aggregate.filter(), matters ? argument : null);
  }

  /// The amount that an aggregate with an argument reads.
  Measure.Amount amount(Aggregate aggregate) {
    Expression argument = argument(aggregate);
    boolean compared =
        argument.type().kind() == ColumnType.Kind.DOUBLE
            && aggregate.function() != Aggregate.Function.LAST;
    return new Measure.Amount(aggregate.filter(), argument, compared);
  }

  /// The cell of an aggregate's sum.
  Cell sum(Aggregate aggregate) {
    boolean narrow = Traits.isNarrow(argument(aggregate));
    return new Cell(narrow ? Kind.SUM : Kind.WIDE_SUM, amount(aggregate));
  }

  /// The cell of an aggregate's sum of squares.
  Cell squares(Aggregate aggregate) {
    return new Cell(Kind.SQUARES, amount(aggregate));
  }

  /// The cell that counts an aggregate's rows.
  Cell count(Aggregate aggregate) {
    return new Cell(Kind.COUNT, present(aggregate));
  }

  /// Whether a measure reads an outcome column.
  boolean readsOutcome(Measure measure) {
    return switch (measure) {
      case Measure.Present present ->
          readsOutcome(present.filter()) || readsOutcome(present.argument());
      case Measure.Amount amount ->
          readsOutcome(amount.filter()) || readsOutcome(amount.argument());
    };
  }

  private boolean readsOutcome(@Nullable Expression expression) {
    return expression != null
        && Traits.columns(expression).stream().anyMatch(c -> c >= plan.outcomeStart());
  }

  private List<Cell> cells(Aggregate aggregate) {
    return switch (aggregate.function()) {
      case COUNT -> List.of(count(aggregate));
      case SUM, AVG -> List.of(count(aggregate), sum(aggregate));
      case STDDEV -> List.of(count(aggregate), sum(aggregate), squares(aggregate));
      case MIN, MAX, COUNT_DISTINCT, LAST -> List.of();
    };
  }

  private List<Measure> keptMeasures(Aggregate aggregate) {
    return switch (aggregate.function()) {
      case COUNT, SUM, AVG, STDDEV -> List.of();
      case MIN, MAX, COUNT_DISTINCT -> List.of(present(aggregate), amount(aggregate));
      case LAST -> List.of(filter(aggregate), present(aggregate), amount(aggregate));
    };
  }

  /// Whether a row passes an aggregate's filter.
  static Measure.Present filter(Aggregate aggregate) {
    return new Measure.Present(aggregate.filter(), null);
  }

  private static Expression argument(Aggregate aggregate) {
    Expression argument = aggregate.argument();
    if (argument == null) {
      throw new IllegalArgumentException(aggregate.function() + " needs an argument");
    }
    return argument;
  }

  private void addPartition(Window window) {
    Partition partition = partition(window);
    for (int column : partition.columns()) {
      if (column >= plan.outcomeStart()) {
        throw new IllegalArgumentException(
            "a window cannot be partitioned by the outcome column `%s`"
                .formatted(plan.input().column(column).name()));
      }
    }
    if (!partitions.contains(partition)) {
      partitions.add(partition);
    }
  }

  private static Partition partition(Window window) {
    return new Partition(window.partition().stream().sorted().distinct().toList());
  }

  /// Gives the measures of one part of the record their places, bits first.
  ///
  /// @param timeWord the part's first word
  /// @param free the first word that can be given
  /// @return the first word behind the part
  private int place(Set<Measure> measures, boolean outcome, int timeWord, int free) {
    int word = timeWord;
    int bit = 1;
    int words = free;
    for (Measure measure : measures) {
      if (readsOutcome(measure) != outcome || !(measure instanceof Measure.Present present)) {
        continue;
      }
      if (present.filter() == null && present.argument() == null) {
        fields.put(measure, Field.ALWAYS);
        continue;
      }
      if (bit == (word == timeWord ? TIME_SHIFT : Long.SIZE)) {
        word = words++;
        bit = 0;
      }
      fields.put(measure, new Field(outcome, word, bit++));
    }
    for (Measure measure : measures) {
      if (readsOutcome(measure) == outcome && measure instanceof Measure.Amount) {
        fields.put(measure, new Field(outcome, words++, -1));
      }
    }
    return words;
  }

  private int addFrames(List<Set<Cell>> needed) {
    int at = 0;
    for (int i = 0; i < needed.size(); i++) {
      Window window = plan.windows().get(i);
      Map<Cell, Integer> cells = offsets(needed.get(i));
      frames.add(
          new Frame(
              window,
              partitions.indexOf(partition(window)),
              window.includesCurrent() ? 1 : window.endMillis(),
              window.startMillis() + 1,
              at,
              cells));
      at += words(cells.keySet());
    }
    return at;
  }

  private void addEdges() {
    for (Frame frame : frames) {
      lags.add(frame.innerLagMillis());
      lags.add(frame.outerLagMillis());
    }
    for (long lag : lags) {
      for (int partition = 0; partition < partitions.size(); partition++) {
        Map<Cell, Integer> cells = offsets(cellsOf(partition, lag));
        if (!cells.isEmpty()) {
          edges.add(new Edge(partition, lag, cells));
        }
      }
    }
  }

  private Set<Cell> cellsOf(int partition, long lag) {
    Set<Cell> cells = new LinkedHashSet<>();
    for (Frame frame : frames) {
      if (frame.partition() == partition
          && (frame.innerLagMillis() == lag || frame.outerLagMillis() == lag)) {
        cells.addAll(frame.cells().keySet());
      }
    }
    return cells;
  }

  /// Sorts cells so that a loop runs over one kind, and gives each its first word.
  private Map<Cell, Integer> offsets(Set<Cell> cells) {
    List<Cell> sorted = new ArrayList<>(cells);
    sorted.sort(Comparator.comparingInt(this::rank));
    Map<Cell, Integer> offsets = new LinkedHashMap<>();
    int at = 0;
    for (Cell cell : sorted) {
      offsets.put(cell, at);
      at += cell.kind().words;
    }
    return offsets;
  }

  private int rank(Cell cell) {
    boolean always = field(cell.measure()).equals(Field.ALWAYS);
    return cell.kind().rank * 4 + (readsOutcome(cell.measure()) ? 2 : 0) + (always ? 0 : 1);
  }

  private static int words(Set<Cell> cells) {
    return cells.stream().mapToInt(cell -> cell.kind().words).sum();
  }
}
