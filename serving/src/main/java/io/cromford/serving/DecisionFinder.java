package io.cromford.serving;

import io.cromford.core.Row;
import io.cromford.core.Schema;
import io.cromford.core.Values;
import io.cromford.flywheel.work.WorkItem;
import io.cromford.serving.LedgerScan.Found;
import io.cromford.serving.LedgerScan.Hit;
import io.cromford.serving.definition.FactoryDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Finds decisions beside the serving: the owning thread is asked where things stand, which costs
/// it microseconds, the ledger is read by whoever asks, and the owning thread is asked again what
/// is known of what was found.
///
/// A call looks at no more than [#MOST_SCANNED] observations of [#REACH]; what lies further back is
/// found by the next call, from the cursor on. Any thread may call.
final class DecisionFinder {
  /// How far a call looks back.
  static final Duration REACH = Duration.ofDays(90);

  /// The most observations that a call looks at.
  static final int MOST_SCANNED = 2_000_000;

  /// So many observations are looked at before a search is asked whether it was cancelled.
  private static final int STRETCH = 1 << 16;

  private final FactoryDefinition definition;
  private final Owner owner;
  private final Folds folds;
  private final ModelShelf shelf;
  private final int entity;

  DecisionFinder(FactoryDefinition definition, Owner owner, Folds folds, ModelShelf shelf) {
    this.shelf = shelf;
    this.definition = definition;
    this.owner = owner;
    this.folds = folds;
    this.entity = definition.data().observations().schema().indexOf(definition.decision().entity());
  }

  /// Where things stand.
  private record Basis(Books.Places places, SourceBook source, int ordinal) {}

  /// @param id of an observation to find; empty for none
  private Basis basis(String id) {
    return owner.look(() -> {
      folds.require();
      Books books = folds.books();
      return new Basis(
          books.places(), books.observationSource().toRead(), id.isEmpty() ? -1 : ordinal(id));
    });
  }

  private int ordinal(String id) {
    return archive().ordinal(id);
  }

  private Archive archive() {
    return new Archive(folds.ledger(), folds.state(), folds.views());
  }

  private LedgerScan scan(Basis basis) {
    return new LedgerScan(basis.places, folds.ledger().reader(), basis.source);
  }

  /// Searches for decisions.
  DecisionPage search(DecisionSearch asked) {
    DecisionSearch search = named(asked);
    String id = search.columns().getOrDefault(idColumn(), "");
    Basis basis = basis(id);
    SearchFilter filter = new SearchFilter(search, basis.source.definition().schema());
    try (LedgerScan scan = scan(basis)) {
      if (!id.isEmpty()) {
        return single(basis, scan, filter);
      }
      return page(search, scan, from(search, scan, basis.places.size()), filter);
    }
  }

  /// A search that is to go through everything, from the cursor on if there is one.
  ///
  /// @throws io.cromford.core.CromfordException USAGE if it asks for a column that is none
  SearchJobs.Prepared whole(DecisionSearch asked) {
    DecisionSearch search = named(asked);
    Basis basis = basis("");
    SearchFilter filter = new SearchFilter(search, basis.source.definition().schema());
    try (LedgerScan scan = scan(basis)) {
      int size = basis.places.size();
      return new Whole(basis, filter, from(search, scan, size), first(search, scan));
    }
  }

  /// A search through everything, as far back as was asked for, in stretches.
  private final class Whole implements SearchJobs.Prepared {
    private final Basis basis;
    private final SearchFilter filter;
    private final int from;
    private final int first;

    private Whole(Basis basis, SearchFilter filter, int from, int first) {
      this.basis = basis;
      this.filter = filter;
      this.from = from;
      this.first = first;
    }

    @Override
    public long rows() {
      return Math.max(0, from - first);
    }

    @Override
    public DecisionPage run(LongConsumer progress, BooleanSupplier isCancelled) {
      List<Hit> hits = new ArrayList<>();
      int until = from;
      try (LedgerScan scan = scan(basis)) {
        while (until > first && hits.size() < SearchJob.MOST_FOUND && !isCancelled.getAsBoolean()) {
          int floor = Math.max(first, until - STRETCH);
          Found found = scan.back(until, floor, SearchJob.MOST_FOUND - hits.size(), filter);
          hits.addAll(found.hits());
          until = found.until();
          progress.accept(from - until);
        }
        return new DecisionPage(
            lines(hits),
            until <= first ? OptionalInt.empty() : OptionalInt.of(until),
            until < from
                ? Optional.of(Instant.ofEpochMilli(scan.arrivalMillis(until)))
                : Optional.empty());
      }
    }
  }

  /// The ordinal behind the first that is looked at.
  private static int from(DecisionSearch search, LedgerScan scan, int size) {
    int behind = search.times().until().map(t -> scan.firstFrom(t.toEpochMilli())).orElse(size);
    return Math.min(behind, search.page().cursor().orElse(size));
  }

  /// The last ordinal that is looked at.
  private static int first(DecisionSearch search, LedgerScan scan) {
    return search.times().from().map(t -> scan.firstFrom(t.toEpochMilli())).orElse(0);
  }

  /// With the names of the columns that `id` and `entity` stand for, unless columns are named so.
  private DecisionSearch named(DecisionSearch search) {
    Schema schema = definition.data().observations().schema();
    Map<String, String> columns = new HashMap<>();
    search
        .columns()
        .forEach((name, value) -> {
          boolean isColumn = schema.find(name).isPresent();
          String id = name.equals("id") ? idColumn() : name;
          String column = name.equals("entity") ? schema.column(entity).name() : id;
          columns.put(isColumn ? name : column, value);
        });
    return new DecisionSearch(
        columns, search.actions(), search.scores(), search.times(), search.page());
  }

  private String idColumn() {
    var observations = definition.data().observations();
    return observations.schema().column(observations.idColumn()).name();
  }

  private DecisionPage single(Basis basis, LedgerScan scan, SearchFilter filter) {
    if (basis.ordinal < 0) {
      return DecisionPage.NONE;
    }
    Found found = scan.back(basis.ordinal + 1, basis.ordinal, 1, filter);
    return new DecisionPage(lines(found.hits()), OptionalInt.empty(), Optional.empty());
  }

  private DecisionPage page(DecisionSearch search, LedgerScan scan, int from, SearchFilter filter) {
    if (from <= 0) {
      return DecisionPage.NONE;
    }
    int first = first(search, scan);
    int floor = Math.max(first, floor(scan, from));
    Found found = scan.back(from, floor, search.page().limit(), filter);
    boolean isEnd = found.until() <= first;
    return new DecisionPage(
        lines(found.hits()),
        isEnd ? OptionalInt.empty() : OptionalInt.of(found.until()),
        found.until() < from
            ? Optional.of(Instant.ofEpochMilli(scan.arrivalMillis(found.until())))
            : Optional.empty());
  }

  /// How far back a call looks.
  private static int floor(LedgerScan scan, int from) {
    long newest = scan.arrivalMillis(from - 1);
    return Math.max(from - MOST_SCANNED, scan.firstFrom(newest - REACH.toMillis()));
  }

  /// A decision among others on its entity; empty if there is no such observation.
  Optional<DecisionHistory> historyOf(String id) {
    Basis basis = basis(id);
    if (basis.ordinal < 0) {
      return Optional.empty();
    }
    try (LedgerScan scan = scan(basis)) {
      return Optional.of(history(id, basis, scan));
    }
  }

  private DecisionHistory history(String id, Basis basis, LedgerScan scan) {
    int ordinal = basis.ordinal;
    Row of = scan.at(ordinal).row();
    LedgerScan.Filter same = sameEntity(of);
    int size = basis.places.size();
    int ceiling = Math.min(size, ordinal + 1 + MOST_SCANNED);
    int floor = floor(scan, ordinal + 1);
    Found before = scan.back(ordinal + 1, floor, DecisionHistory.MOST_BEFORE, same);
    Found after = scan.on(ordinal + 1, ceiling, DecisionHistory.MOST_AFTER, same);
    List<Hit> hits = new ArrayList<>(after.hits().reversed());
    hits.addAll(before.hits());
    boolean isWhole =
        (before.hits().size() == DecisionHistory.MOST_BEFORE || floor == 0)
            && (after.hits().size() == DecisionHistory.MOST_AFTER || ceiling == size);
    List<Integer> earlier = before.hits().stream().skip(1).map(Hit::ordinal).toList();
    DecisionHistory found =
        owner.look(() -> {
          folds.require();
          List<DecisionLine> lines = hits.stream().map(this::line).toList();
          return new DecisionHistory(id, lines, usual(before.hits().getFirst(), earlier), isWhole);
        });
    return explained(found);
  }

  private DecisionHistory explained(DecisionHistory found) {
    Optional<String> model =
        found.lines().stream()
            .filter(line -> line.id().equals(found.id()))
            .flatMap(line -> line.decision().stream())
            .map(Decision::model)
            .findFirst();
    return model.isEmpty() || found.usual().isEmpty()
        ? found
        : new DecisionHistory(
            found.id(),
            found.lines(),
            UsualValues.explained(found.usual(), shelf.model(model.get())),
            found.isWhole());
  }

  /// Observations of one entity, decided on or not.
  private LedgerScan.Filter sameEntity(Row of) {
    return new LedgerScan.Filter() {
      @Override
      public boolean wants(Row row) {
        boolean isText = of.text(entity) != null;
        return row.isNull(entity) == of.isNull(entity)
            && (isText
                ? String.valueOf(of.text(entity)).equals(row.text(entity))
                : row.slot(entity) == of.slot(entity));
      }

      @Override
      public boolean wants(@Nullable DecisionRecord decision) {
        return true;
      }
    };
  }

  private List<DecisionHistory.Usual> usual(Hit hit, List<Integer> earlier) {
    DecisionRecord decision = hit.decision();
    if (decision == null || !folds.views().has(decision.features().view())) {
      return List.of();
    }
    return UsualValues.of(
        folds.views().require(decision.features().view()), hit.ordinal(), earlier);
  }

  /// The alerts of the last days as work.
  ///
  /// @param wanted where those stand that are listed
  WorkView work(List<WorkItem.Status> wanted) {
    List<WorkItem> items = new ArrayList<>();
    WorkView.Budget[] budget = new WorkView.Budget[1];
    long[] now = new long[1];
    Basis basis =
        owner.look(() -> {
          folds.require();
          now[0] = folds.clock().now();
          items.addAll(folds.state().work().items(now[0]));
          budget[0] = budget(now[0]);
          Books books = folds.books();
          return new Basis(books.places(), books.observationSource().toRead(), -1);
        });
    Map<WorkItem.Status, Integer> counts = new EnumMap<>(WorkItem.Status.class);
    items.forEach(item -> counts.merge(item.status(), 1, Integer::sum));
    List<WorkItem> listed =
        items.stream()
            .filter(item -> wanted.contains(item.status()))
            .sorted(
                Comparator.comparingDouble((WorkItem item) -> -item.alert().atRisk())
                    .thenComparingInt(item -> -item.alert().ordinal()))
            .limit(WorkView.MOST)
            .toList();
    return new WorkView(
        Instant.ofEpochMilli(now[0]),
        budget[0],
        counts,
        entries(basis, listed),
        definition.decision().costs().currency(),
        VerdictForm.of(definition.data()));
  }

  private WorkView.Budget budget(long now) {
    var work = folds.state().work();
    return new WorkView.Budget(
        folds.state().policies().decision().alertsPerDay(),
        work.alertsOfDay(now),
        work.workedOnDay(now),
        work.lapsed());
  }

  private List<WorkView.Entry> entries(Basis basis, List<WorkItem> items) {
    Map<Integer, WorkItem> byOrdinal = new HashMap<>();
    items.forEach(item -> byOrdinal.put(item.alert().ordinal(), item));
    List<Hit> hits = new ArrayList<>();
    try (LedgerScan scan = scan(basis)) {
      items.forEach(item -> hits.add(scan.at(item.alert().ordinal())));
    }
    return owner.look(() -> {
      folds.require();
      List<WorkView.Entry> entries = new ArrayList<>();
      for (Hit hit : hits) {
        WorkItem known = Objects.requireNonNull(byOrdinal.get(hit.ordinal()));
        WorkItem now = folds.state().work().find(hit.ordinal()).orElse(known);
        entries.add(new WorkView.Entry(line(hit), now));
      }
      return entries;
    });
  }

  private List<DecisionLine> lines(List<Hit> hits) {
    return owner.look(() -> {
      folds.require();
      return hits.stream().map(this::line).toList();
    });
  }

  /// For the owning thread.
  private DecisionLine line(Hit hit) {
    FactoryState state = folds.state();
    String id = state.books().observationSource().id(hit.row());
    DecisionRecord record = hit.decision();
    Optional<Decision> decision =
        record == null
            ? Optional.empty()
            : Optional.of(Archive.decision(id, record, hit.position(), state));
    return new DecisionLine(
        id,
        Instant.ofEpochMilli(hit.arrivalMillis()),
        decision,
        stake(state, hit.row(), record),
        Archive.fields(hit.row()),
        state.books().truth(hit.ordinal()));
  }

  /// What is at stake with an observation.
  static DecisionLine.Stake stake(FactoryState state, Row row, @Nullable DecisionRecord decision) {
    int entity = state.facts().entity();
    String text =
        row.isNull(entity)
            ? ""
            : Values.format(row.schema().column(entity).type(), row.slot(entity), row.text(entity));
    double amount = state.facts().read(row).amount();
    double lost = state.policies().decision().costs().costs().ofMissing(amount);
    double atRisk = decision == null ? 0 : state.atRisk(decision.answer().score(), amount);
    return new DecisionLine.Stake(text, lost, atRisk);
  }
}
