package io.cromford.intake;

import io.cromford.core.Row;
import io.cromford.core.Schema;
import io.cromford.core.Values;
import io.cromford.intake.ContractResult.Accepted;
import io.cromford.intake.ContractResult.Refused;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Holds raw records against a source's definition: cleaning, types, not-null, rules, event time.
///
/// The first thing that does not hold is what is reported: a defect of the record, then the columns
/// in their order, then the rules in theirs, then the event time. Whether an id is taken is not
/// known here. Reads no clock; not for threads.
public final class Contract {
  private final SourceDefinition source;
  private final ColumnReader[] columns;
  private final Rule[] rules;
  private final int eventTimeColumn;
  private final long maxAheadMillis;
  private final long maxLateMillis;

  /// The contract of a source.
  public Contract(SourceDefinition source) {
    this.source = source;
    Schema schema = source.schema();
    EventTime time = source.timing().eventTime();
    this.columns = readers(source, time == null ? ZoneOffset.UTC : time.zone());
    this.rules = source.terms().rules().toArray(new Rule[0]);
    this.eventTimeColumn = time == null ? -1 : schema.indexOf(time.column());
    this.maxAheadMillis = time == null ? 0 : time.maxAhead().toMillis();
    this.maxLateMillis = time == null ? 0 : time.maxLate().toMillis();
  }

  private static ColumnReader[] readers(SourceDefinition source, ZoneId zone) {
    Schema schema = source.schema();
    Reading reading = source.reading();
    ColumnReader[] readers = new ColumnReader[schema.size()];
    for (int i = 0; i < readers.length; i++) {
      String name = schema.column(i).name();
      List<Cleaning> clean = source.terms().clean().getOrDefault(name, List.of());
      String pattern = reading == null ? null : reading.timestamps().get(name);
      readers[i] =
          new ColumnReader(
              i,
              schema.column(i),
              clean,
              zone,
              pattern == null ? null : new TimestampPattern(pattern, zone));
    }
    return readers;
  }

  /// The source whose contract it is.
  public SourceDefinition source() {
    return source;
  }

  /// Holds a record against everything that can be told at a moment of the factory's clock.
  ///
  /// @param row filled with the values; undefined if the record is refused
  /// @param clockMillis the factory's clock
  public ContractResult check(RawRecord raw, Row row, long clockMillis) {
    Refused refused = checkValues(raw, row);
    if (refused == null) {
      refused = checkTime(row, clockMillis);
    }
    return refused == null ? new Accepted(row) : refused;
  }

  /// Holds a record against everything but the clock: cleaning, types, not-null, rules, and that
  /// the event is not before 1970.
  ///
  /// @param row filled with the values; undefined if the record is refused
  /// @return null if it holds
  public @Nullable Refused checkValues(RawRecord raw, Row row) {
    RawRecord.Defect defect = raw.defect();
    if (defect != null) {
      return refuse(defect.rule(), defect.column(), "", defect.message());
    }
    if (!raw.extras().isEmpty()) {
      return unknownField(raw);
    }
    for (ColumnReader column : columns) {
      Refused refused = column.read(raw, row);
      if (refused != null) {
        return refused;
      }
    }
    for (Rule rule : rules) {
      if (!rule.holds(row)) {
        return broken(rule);
      }
    }
    return before1970(row);
  }

  /// Everything that does not hold, as [#checkValues] would say it of each column and rule by
  /// itself; for whoever is to mend the record.
  ///
  /// @param row filled with the values that hold, and null for the others
  /// @return a defect of the record, then columns in their order, then rules; empty if it holds
  public List<Refused> checkEach(RawRecord raw, Row row) {
    List<Refused> found = new ArrayList<>();
    RawRecord.Defect defect = raw.defect();
    if (defect != null) {
      found.add(refuse(defect.rule(), defect.column(), "", defect.message()));
    } else if (!raw.extras().isEmpty()) {
      found.add(unknownField(raw));
    }
    for (int i = 0; i < columns.length; i++) {
      Refused refused = columns[i].read(raw, row);
      if (refused != null) {
        row.setNull(i);
        found.add(refused);
      }
    }
    for (Rule rule : rules) {
      if (!rule.holds(row)) {
        found.add(broken(rule));
      }
    }
    boolean hasTime = eventTimeColumn >= 0 && !row.isNull(eventTimeColumn);
    Refused early = hasTime ? before1970(row) : null;
    if (early != null) {
      found.add(early);
    }
    return found;
  }

  private static Refused broken(Rule rule) {
    return new Refused(rule.name(), "", "", "the rule `%s` does not hold".formatted(rule.text()));
  }

  /// Holds the event time of a row against the factory's clock: neither too far ahead nor too late.
  ///
  /// @return null if it holds, or if the source has no event time
  public @Nullable Refused checkTime(Row row, long clockMillis) {
    Refused ahead = checkAhead(row, clockMillis);
    return ahead == null ? checkLate(row, clockMillis) : ahead;
  }

  /// Holds the event time of a row against what the clock allows ahead; what is replayed from
  /// quarantine is held against this alone.
  ///
  /// @return null if it holds, or if the source has no event time
  public @Nullable Refused checkAhead(Row row, long clockMillis) {
    if (eventTimeColumn < 0 || row.slot(eventTimeColumn) <= plus(clockMillis, maxAheadMillis)) {
      return null;
    }
    return refuseTime(
        BrokenRule.MAX_AHEAD,
        row,
        "the event is more than %s ahead of the factory's clock".formatted(limit(true)),
        "the year or the zone is wrong, or raise `max-ahead`");
  }

  /// Holds the event time of a row against how late it may be.
  ///
  /// @return null if it holds, or if the source has no event time
  public @Nullable Refused checkLate(Row row, long clockMillis) {
    if (eventTimeColumn < 0 || plus(row.slot(eventTimeColumn), maxLateMillis) >= clockMillis) {
      return null;
    }
    return refuseTime(
        BrokenRule.MAX_LATE,
        row,
        "the event is more than %s behind the factory's clock".formatted(limit(false)),
        "the file is not in the order of time, or raise `max-late`");
  }

  /// Holds an outcome against the event time of its observation: the truth is not older than what
  /// it is about.
  ///
  /// @return null if it holds, or if the source has no event time
  public @Nullable Refused checkAfter(Row row, long observationMillis) {
    if (eventTimeColumn < 0 || row.slot(eventTimeColumn) >= observationMillis) {
      return null;
    }
    return refuseTime(
        BrokenRule.BEFORE_ITS_EVENT,
        row,
        "the outcome is older than its observation",
        "the zone is wrong");
  }

  /// What an outcome is refused with if nobody knows its observation.
  public Refused unknownId(Row row) {
    int column = source.idColumn();
    var id = source.schema().column(column);
    String of = source.role() instanceof SourceDefinition.Outcome outcome ? outcome.of() : "";
    return refuse(
        BrokenRule.UNKNOWN_ID,
        id.name(),
        Values.format(id.type(), row.slot(column), row.text(column)),
        "no accepted record of `%s` has that id.\nMaybe it is still to come: this is kept, and joined to it then. Or it is in quarantine: replay it."
            .formatted(of));
  }

  /// The event time of a row that holds its contract.
  ///
  /// @throws IllegalStateException if the source has no event time
  public long eventMillis(Row row) {
    if (eventTimeColumn < 0) {
      throw new IllegalStateException("source `%s` has no event time".formatted(source.name()));
    }
    return row.slot(eventTimeColumn);
  }

  /// Whether records have an event time.
  public boolean hasEventTime() {
    return eventTimeColumn >= 0;
  }

  /// Fills one column of a row, whatever the other columns are.
  ///
  /// @return whether it holds a value
  boolean readColumn(RawRecord raw, Row row, int column) {
    return columns[column].read(raw, row) == null && !row.isNull(column);
  }

  private @Nullable Refused before1970(Row row) {
    if (eventTimeColumn < 0 || row.slot(eventTimeColumn) >= 0) {
      return null;
    }
    return refuseTime(BrokenRule.BEFORE_1970, row, "the event is before 1970", "the year is wrong");
  }

  private Refused refuseTime(BrokenRule rule, Row row, String message, String advice) {
    var column = source.schema().column(eventTimeColumn);
    String value = Values.format(column.type(), row.slot(eventTimeColumn), null);
    return refuse(rule, column.name(), value, message + ".\nMaybe " + advice + ".");
  }

  private Refused unknownField(RawRecord raw) {
    RawRecord.Extra extra = raw.extras().getFirst();
    List<String> names = source.schema().columns().stream().map(c -> c.name()).toList();
    String advice =
        io.cromford.core.Suggestions.nearest(extra.name(), names)
            .map("you meant `%s`; "::formatted)
            .orElse("leave it out; ");
    return refuse(
        BrokenRule.UNKNOWN_FIELD,
        extra.name(),
        extra.value(),
        "source `%s` has no field `%s`.\nMaybe %sit has %s."
            .formatted(source.name(), extra.name(), advice, source.schema().names()));
  }

  private String limit(boolean ahead) {
    EventTime time = source.timing().eventTime();
    return time == null ? "" : Durations.format(ahead ? time.maxAhead() : time.maxLate());
  }

  static Refused refuse(BrokenRule rule, String column, String value, String message) {
    return new Refused(rule.text(), column, ColumnReader.shortened(value), message);
  }

  private static long plus(long millis, long more) {
    long sum = millis + more;
    return ((millis ^ sum) & (more ^ sum)) < 0 ? Long.MAX_VALUE : sum;
  }
}
