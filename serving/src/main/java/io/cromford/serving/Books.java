package io.cromford.serving;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.core.Row;
import io.cromford.core.SnapshotReader;
import io.cromford.core.SnapshotWriter;
import io.cromford.flywheel.Maturity;
import io.cromford.flywheel.Truth;
import io.cromford.intake.Condition;
import io.cromford.intake.KnownObservations;
import io.cromford.intake.Origin;
import io.cromford.intake.Rule;
import io.cromford.intake.SourceDefinition;
import io.cromford.ledger.LedgerReader;
import io.cromford.serving.definition.DataDefinition;
import io.cromford.training.Folds.Span;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The first fold over the ledger: which records there are, what is known of each observation, and
/// what time it is.
///
/// Per observation it keeps the id (16 to 21 bytes for a number), three positions in the ledger,
/// the event time, what outcomes say of it and the segments that it is in: about 59 bytes of heap;
/// 8 more for each further source of outcomes.
final class Books implements KnownObservations {
  private final List<SourceBook> sources = new ArrayList<>();
  private final SourceBook observations;
  private final IdIndex ids;
  private final List<SourceFile> files = new ArrayList<>();
  private final Map<String, SourceFile> filesByIdentity = new HashMap<>();
  private final Map<Integer, String> declared = new HashMap<>();
  private long[] positions = new long[1024];
  private long[] decisionPositions = new long[1024];
  private long[] eventMillis = new long[1024];
  private int[] segments = new int[1024];
  private long clock;
  private long outcomes;
  private long decisions;
  private final Fates fates = new Fates();
  private final List<Rule> segmentRules;
  private final Maturity maturity;
  private final OutcomeBook outcomeBook;
  private final QuarantinedIds quarantinedIds = new QuarantinedIds();
  private final QuarantineBook quarantine = new QuarantineBook();
  private final WaitingOutcomes waiting = new WaitingOutcomes();
  private List<Long> called = List.of();
  private final SourceDays sourceDays = new SourceDays();

  /// Empty books.
  ///
  /// @param data one observation source and any number of outcome sources, one with the label
  Books(DataDefinition data) {
    for (SourceDefinition definition : data.sources()) {
      sources.add(new SourceBook(definition));
    }
    this.observations =
        sources.stream().filter(s -> s.definition().isObservation()).findFirst().orElseThrow();
    this.ids =
        new IdIndex(observations.definition().schema().column(observations.idColumn()).type());
    this.segmentRules = data.segmentRules();
    this.maturity = new Maturity(data.label().maturity());
    this.outcomeBook = new OutcomeBook(sources, data.label());
  }

  void save(SnapshotWriter out) {
    out.section("books");
    out.sorted(
        declared,
        (number, source) -> {
          out.count(number);
          out.text(source);
        });
    out.each(sources, source -> source.save(out));
    ids.save(out);
    out.each(files, file -> file.save(out));
    out.longs(positions);
    out.longs(decisionPositions);
    out.longs(eventMillis);
    out.ints(segments);
    out.number(clock);
    out.number(outcomes);
    out.number(decisions);
    fates.save(out);
    maturity.save(out);
    outcomeBook.save(out);
    waiting.save(out);
    quarantinedIds.save(out);
    quarantine.save(out);
    sourceDays.save(out);
  }

  /// Takes on what was saved of the same sources, in place of nothing.
  void restore(SnapshotReader in) {
    in.section("books");
    in.times(() -> declared.put(in.count(), in.text()));
    in.times(() -> source(in.text()).restore(in));
    ids.restore(in);
    in.times(() -> enter(SourceFile.read(in)));
    positions = in.longs();
    decisionPositions = in.longs();
    eventMillis = in.longs();
    segments = in.ints();
    clock = in.number();
    outcomes = in.number();
    decisions = in.number();
    fates.restore(in);
    maturity.restore(in);
    outcomeBook.restore(in);
    waiting.restore(in, this::source);
    quarantinedIds.restore(in);
    quarantine.restore(in);
    sourceDays.restore(in);
  }

  /// The source of observations.
  SourceBook observationSource() {
    return observations;
  }

  List<SourceBook> sources() {
    return List.copyOf(sources);
  }

  /// The names of the sources, separated by commas.
  String sourceNames() {
    return sources.stream().map(SourceBook::name).collect(Collectors.joining(", "));
  }

  /// The book of a source, null if there is none of that name.
  @Nullable SourceBook find(String source) {
    for (SourceBook book : sources) {
      if (book.name().equals(source)) {
        return book;
      }
    }
    return null;
  }

  private SourceBook source(String name) {
    SourceBook found = find(name);
    if (found == null) {
      throw new IllegalArgumentException("no source `" + name + "`");
    }
    return found;
  }

  /// The book of a source's number.
  ///
  /// @throws CromfordException if the factory file has no such source any more
  SourceBook source(int number) {
    for (SourceBook source : sources) {
      if (source.number() == number) {
        return source;
      }
    }
    throw unknown(number);
  }

  private CromfordException unknown(int number) {
    String name = declared.get(number);
    return new CromfordException(
        ErrorCode.STATE_CONFLICT,
        name == null
            ? "the ledger has records of source number %d before its schema.\nMaybe an early Cromford began it: begin a new state folder with --state."
                .formatted(number)
            : "the ledger has records of the source `%s`, which the factory file does not declare; it declares %s.\nMaybe it was taken out or renamed: put it back."
                .formatted(name, sourceNames()));
  }

  /// Takes a source's schema that is in the ledger.
  ///
  /// @throws CromfordException STATE_CONFLICT if today's is no extension of it
  void declared(SourceSchema schema) {
    declared.put(schema.number(), schema.source());
    SourceBook source = find(schema.source());
    if (source != null) {
      source.declared(schema);
    }
  }

  /// Schemas that the ledger does not have yet, to be written before any record.
  List<SourceSchema> undeclared() {
    List<SourceSchema> schemas = new ArrayList<>();
    int next = declared.keySet().stream().mapToInt(number -> number).max().orElse(0) + 1;
    for (SourceBook source : sources) {
      Optional<SourceSchema> schema = source.undeclared(next);
      next += schema.isPresent() && source.number() == 0 ? 1 : 0;
      schema.ifPresent(schemas::add);
    }
    return schemas;
  }

  IdIndex ids() {
    return ids;
  }

  /// The number of observations.
  int size() {
    return ids.size();
  }

  long outcomes() {
    return outcomes;
  }

  long decisions() {
    return decisions;
  }

  /// The latest arrival of any record.
  long clock() {
    return clock;
  }

  void advance(long millis) {
    clock = Math.max(clock, millis);
  }

  long position(int ordinal) {
    return positions[ordinal];
  }

  /// The position of an observation's decision; -1 if none was made.
  long decisionPosition(int ordinal) {
    return decisionPositions[ordinal];
  }

  long eventMillis(int ordinal) {
    return eventMillis[ordinal];
  }

  /// What outcomes say of an observation: the most trusted that has spoken.
  Truth truth(int ordinal) {
    return outcomeBook.truth(ordinal);
  }

  /// What the label itself says of an observation, whatever others say.
  Truth label(int ordinal) {
    return outcomeBook.label(ordinal);
  }

  /// What the sources of outcomes said.
  OutcomeBook said() {
    return outcomeBook;
  }

  /// Outcomes whose observation nobody knows yet.
  WaitingOutcomes waiting() {
    return waiting;
  }

  /// The records in quarantine.
  QuarantineBook quarantine() {
    return quarantine;
  }

  /// The ids of observations in quarantine.
  QuarantinedIds quarantinedIds() {
    return quarantinedIds;
  }

  /// The quarantined outcomes that waited for the observation taken last, by their positions.
  List<Long> called() {
    return called;
  }

  /// The number of the file, or -1 if it has not been opened.
  int file(String source, Origin origin) {
    SourceFile found = filesByIdentity.get(key(source, origin.identity()));
    return found == null ? -1 : found.opened().number();
  }

  int files() {
    return files.size();
  }

  /// How a file was named when it was read.
  String fileName(int number) {
    return files.get(number).opened().file();
  }

  /// Whether a row of a file is in the ledger.
  boolean holds(String source, Origin origin) {
    SourceFile file = filesByIdentity.get(key(source, origin.identity()));
    return file != null && file.holds(origin.row());
  }

  @Override
  public long eventMillis(String source, long slot, @Nullable String text) {
    if (!source.equals(observations.name())) {
      return KnownObservations.UNKNOWN;
    }
    int ordinal = ids.find(slot, text);
    return ordinal < 0 ? KnownObservations.UNKNOWN : eventMillis[ordinal];
  }

  void opened(SourceFile.Opened opened) {
    enter(new SourceFile(opened));
  }

  private void enter(SourceFile file) {
    files.add(file);
    filesByIdentity.put(key(file.opened().source(), file.opened().identity()), file);
  }

  /// Takes an accepted observation.
  ///
  /// @return its ordinal
  int observed(SourceBook source, Row row, Place place, long position, long event, long arrival) {
    int ordinal = ids.add(row, source.idColumn());
    grow(ordinal + 1);
    positions[ordinal] = position;
    decisionPositions[ordinal] = -1;
    eventMillis[ordinal] = event;
    called = waiting.call(source, row);
    segments[ordinal] = segmentsOf(row);
    maturity.observed(event);
    source.countAccepted();
    sourceDays.accepted(source.name(), arrival, event, ordinal);
    seen(place, arrival);
    return ordinal;
  }

  private int segmentsOf(Row row) {
    int mask = 0;
    for (int i = 0; i < segmentRules.size(); i++) {
      if (segmentRules.get(i).condition().test(row) == Condition.Truth.TRUE) {
        mask |= 1 << i;
      }
    }
    return mask;
  }

  /// The segments that an observation is in: bit i for the i-th of the factory file.
  int segments(int ordinal) {
    return segments[ordinal];
  }

  /// Takes an accepted outcome.
  ///
  /// @return the ordinal of the observation that it judges
  int judged(SourceBook source, Row row, Place place, long position, long arrival) {
    int ordinal = ids.find(row, source.idColumn());
    if (ordinal < 0) {
      throw new IllegalStateException("an outcome of an unknown observation was accepted");
    }
    source.countAccepted();
    sourceDays.accepted(source.name(), arrival, arrival, size());
    outcomes++;
    outcomeBook
        .take(source, row, ordinal, position)
        .ifPresent(positive -> maturity.outcome(eventMillis[ordinal], positive, arrival));
    if (carriesLabel(source)) {
      sourceDays.judged(source.name(), arrival, eventMillis[ordinal], size());
    }
    seen(place, arrival);
    return ordinal;
  }

  /// What is known of all observations now, for other threads: it costs a copy of what outcomes
  /// say, a byte an observation.
  Observations observations() {
    return new Observations(
        size(), eventMillis, outcomeBook.words(size()), segments, decisionPositions, fates.copy());
  }

  /// Where observations and the decisions on them stand in the ledger, for other threads.
  Places places() {
    return new Places(size(), positions, decisionPositions);
  }

  /// Where observations and the decisions on them stand in the ledger. The arrays are never changed
  /// as far as the size reaches; they may be longer.
  ///
  /// @param observed by ordinal
  /// @param decided by ordinal; -1 where nothing was decided
  @SuppressWarnings("ArrayRecordComponent")
  record Places(int size, long[] observed, long[] decided) {}

  /// What sources sent, day by day.
  SourceDays sourceDays() {
    return sourceDays;
  }

  /// How many observations happened in an interval.
  long count(Span span) {
    long count = 0;
    for (int ordinal = 0; ordinal < size(); ordinal++) {
      long event = eventMillis[ordinal];
      count += span.fromMillis() <= event && event < span.untilMillis() ? 1 : 0;
    }
    return count;
  }

  /// Which days are complete.
  Maturity maturity() {
    return maturity;
  }

  /// The position of the outcome that is in force of an observation; -1 if there is none.
  long outcomePosition(int ordinal) {
    return outcomeBook.inForce(ordinal);
  }

  /// Whether a source's outcomes carry the label, which features may read.
  boolean carriesLabel(SourceBook source) {
    return outcomeBook.isLabel(source);
  }

  /// One that a person mended in vain says nothing of how good the source is.
  ///
  /// @param position of its record
  void quarantined(SourceBook source, Quarantined record, long position, long arrival) {
    source.countQuarantined(1);
    waiting.take(source, record, position);
    quarantinedIds.take(source, record, position);
    quarantine.take(source.name(), record.rule(), position, arrival);
    if (record.mends() == null) {
      sourceDays.quarantined(source.name(), arrival, size());
    }
    seen(new Place(record.file(), record.row()), arrival);
  }

  /// A record left quarantine; as what it came in again, its next record says.
  ///
  /// @param quarantinedAt the position of its QUARANTINED record
  /// @param replayedAt the position of the record that says so
  void replayed(SourceBook source, long quarantinedAt, long replayedAt, long arrival) {
    source.countQuarantined(-1);
    quarantine.left(quarantinedAt, replayedAt);
    waiting.left(quarantinedAt);
    quarantinedIds.left(quarantinedAt);
    advance(arrival);
  }

  /// @param count how often it came
  void duplicate(SourceBook source, Place place, long count, long arrival) {
    source.countDuplicates(count);
    seen(place, arrival);
  }

  void decided(DecisionRecord decision, long position) {
    decisionPositions[Math.toIntExact(decision.ordinal())] = position;
    fates.decided(decision);
    decisions++;
  }

  /// Takes any record that the reader stands at.
  void apply(LedgerReader reader) {
    ByteBuffer body = reader.body();
    switch (reader.kind()) {
      case FILE_OPENED -> opened(SourceFile.Opened.decode(body));
      case OBSERVATION -> {
        SourceBook source = source(reader.source());
        Place place = source.read(reader);
        observed(
            source,
            source.row(),
            place,
            reader.position(),
            reader.eventMillis(),
            reader.arrivalMillis());
      }
      case OUTCOME -> {
        SourceBook source = source(reader.source());
        Place place = source.read(reader);
        judged(source, source.row(), place, reader.position(), reader.arrivalMillis());
      }
      case QUARANTINED -> {
        Quarantined record = Quarantined.decode(body);
        quarantined(source(reader.source()), record, reader.position(), reader.arrivalMillis());
      }
      case REPLAYED ->
          replayed(
              source(reader.source()),
              Leaving.decode(body).row(),
              reader.position(),
              reader.arrivalMillis());
      case DUPLICATE -> {
        Duplicates record = Duplicates.decode(body);
        duplicate(source(reader.source()), record.place(), record.count(), reader.arrivalMillis());
      }
      case DECISION -> decided(DecisionRecord.decode(body), reader.position());
      case SCHEMA -> {
        declared(SourceSchema.decode(body));
        advance(reader.arrivalMillis());
      }
      case FILE_FINISHED, CONTROL -> advance(reader.arrivalMillis());
    }
  }

  private void seen(Place place, long arrival) {
    if (place.file() >= 0) {
      files.get(place.file()).take(place.row());
    }
    advance(arrival);
  }

  private void grow(int needed) {
    if (needed > positions.length) {
      int capacity = Math.max(needed, positions.length + (positions.length >> 1));
      positions = Arrays.copyOf(positions, capacity);
      decisionPositions = Arrays.copyOf(decisionPositions, capacity);
      eventMillis = Arrays.copyOf(eventMillis, capacity);
      outcomeBook.makeRoom(capacity);
      segments = Arrays.copyOf(segments, capacity);
    }
  }

  private static String key(String source, String identity) {
    return source + '\n' + identity;
  }
}
