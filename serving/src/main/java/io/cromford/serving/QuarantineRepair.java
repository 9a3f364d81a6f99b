package io.cromford.serving;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.core.Row;
import io.cromford.core.Schema;
import io.cromford.core.Suggestions;
import io.cromford.intake.BrokenRule;
import io.cromford.intake.ContractResult.Refused;
import io.cromford.intake.RawRecord;
import io.cromford.intake.RecordJson;
import io.cromford.ledger.LedgerReader;
import io.cromford.ledger.StoredRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Takes a record that a person mended in place of the one in quarantine: by the same contract, the
/// same duplicates, the same folds as any other.
///
/// The record as it came is never changed. A [Control.Mended] record says who, why and what the
/// mended one says; a REPLAYED record has the old one leave; behind it stands what the mended one
/// is, which may be in quarantine again. All of it is one commit. How late it is, is judged by when
/// the first of them arrived: nobody is late for having been mended. It counts from now on, and
/// before go-live from when it arrived. For the owning thread.
final class QuarantineRepair {
  private final Folds folds;
  private final QuarantineReplay.Fold fold;
  private final RepairOrder order;
  private final long now;

  /// @param fold hears of each record that was taken in
  QuarantineRepair(Folds folds, QuarantineReplay.Fold fold, RepairOrder order) {
    this.folds = folds;
    this.fold = fold;
    this.order = order;
    this.now = folds.clock().now();
  }

  /// What is mended, and into what.
  ///
  /// @param columns the names of those with another value
  /// @param text the mended record as it is kept
  private record Mending(
      SourceBook source, Quarantined old, RawRecord raw, List<String> columns, String text) {
    Place place() {
      return new Place(old.file(), old.row());
    }
  }

  /// Mends the record.
  ///
  /// @throws CromfordException NOT_FOUND if there is no such record, CHANGED_MEANWHILE if it has
  ///   left quarantine, USAGE if nothing is changed or a column is none, TOO_LARGE, STATE_CONFLICT
  ///   if it would not have arrived yet: nothing is changed then
  Repaired run() {
    requireHere();
    StoredRecord stored = folds.ledger().read(order.row());
    Quarantined old = Quarantined.decode(stored.body());
    SourceBook source = folds.books().source(stored.header().origin().source());
    Mending mending = mending(source, old);
    folds.state().arrives(now);
    long arrived =
        old.mends() == null ? stored.header().arrivalMillis() : old.mends().arrivedMillis();
    Refused refused = refused(mending, arrived);
    return refused == null ? take(mending, arrived) : refuse(mending, refused, arrived);
  }

  private void requireHere() {
    QuarantineBook book = folds.books().quarantine();
    if (book.holds(order.row())) {
      return;
    }
    OptionalLong left = book.leftAt(order.row());
    if (left.isPresent()) {
      throw gone(how(Leaving.decode(folds.ledger().read(left.getAsLong()).body())));
    }
    try (LedgerReader reader = folds.ledger().reader()) {
      new QuarantineTrail(reader).find(order.row());
    }
    throw gone("that is long ago");
  }

  private String how(Leaving leaving) {
    if (leaving.repair() < 0) {
      return "it was replayed meanwhile, as it had come";
    }
    Control control = Control.decode(folds.ledger().read(leaving.repair()).body());
    return control instanceof Control.Mended mended
        ? "%s mended it at %s: %s"
            .formatted(mended.by(), Instant.ofEpochMilli(mended.atMillis()), mended.reason())
        : "somebody mended it";
  }

  private CromfordException gone(String how) {
    return new CromfordException(
        ErrorCode.CHANGED_MEANWHILE,
        "record %d has left quarantine: %s; nothing was changed.\nMaybe look at it again."
            .formatted(order.row(), how));
  }

  /// Fields that the source does not know are left behind.
  private Mending mending(SourceBook source, Quarantined old) {
    Schema schema = source.definition().schema();
    requireColumns(source, schema);
    requireLegible(old);
    RawRecord came = new RawRecord(schema);
    boolean _ = new RecordJson(schema).read(old.record(), came);
    RawRecord raw = new RawRecord(schema);
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < schema.size(); i++) {
      String name = schema.column(i).name();
      if (!order.values().containsKey(name)) {
        copy(came, raw, i);
      } else if (set(raw, i, order.values().getOrDefault(name, Optional.empty()), came.text(i))) {
        columns.add(name);
      }
    }
    String text = raw.toJson();
    requireOther(old, text);
    return new Mending(source, old, raw, columns, text);
  }

  private void requireColumns(SourceBook source, Schema schema) {
    for (String name : order.values().keySet()) {
      if (schema.find(name).isEmpty()) {
        List<String> names = schema.columns().stream().map(column -> column.name()).toList();
        throw new CromfordException(
            ErrorCode.USAGE,
            "source `%s` has no column `%.64s`.\nMaybe %sit has %s."
                .formatted(
                    source.name(),
                    name,
                    Suggestions.nearest(name, names).map("you meant `%s`; "::formatted).orElse(""),
                    schema.names()));
      }
    }
  }

  /// What was never legible cannot stay as it is.
  private void requireLegible(Quarantined old) {
    boolean isOpen =
        !BrokenRule.isMendable(old.rule())
            && !old.column().isEmpty()
            && !order.values().containsKey(old.column());
    if (isOpen) {
      throw new CromfordException(
          ErrorCode.USAGE,
          "nobody could read `%s` as it came.\nMaybe say what it is, though it looks right."
              .formatted(old.column()));
    }
  }

  /// @return whether it is another value
  private static boolean set(
      RawRecord raw, int column, Optional<String> value, @Nullable String before) {
    value.ifPresentOrElse(said -> raw.setText(column, said), () -> raw.setNull(column));
    return !Objects.equals(value.orElse(null), before);
  }

  private static void copy(RawRecord came, RawRecord raw, int column) {
    String text = came.text(column);
    if (text != null) {
      raw.set(column, came.kind(column), text.getBytes(StandardCharsets.UTF_8));
    } else if (came.kind(column) == RawRecord.Kind.NULL) {
      raw.setNull(column);
    }
  }

  private static void requireOther(Quarantined old, String text) {
    if (text.equals(old.record())) {
      throw new CromfordException(
          ErrorCode.USAGE,
          "nothing is changed.\nMaybe replay it, if its contract was mended: `cromford quarantine replay`.");
    }
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > RawRecord.MAX_BYTES) {
      throw new CromfordException(
          ErrorCode.TOO_LARGE,
          "the mended record has %d bytes, more than %d.\nMaybe shorten a value."
              .formatted(bytes, RawRecord.MAX_BYTES));
    }
  }

  /// @param arrived when the first of them arrived
  /// @return why it is refused; null if it is taken
  private @Nullable Refused refused(Mending mending, long arrived) {
    SourceBook source = mending.source;
    Row row = source.row();
    Refused refused = source.contract().checkValues(mending.raw, row);
    refused = refused == null ? source.contract().checkAhead(row, now) : refused;
    refused = refused == null ? source.contract().checkLate(row, arrived) : refused;
    return refused == null ? folds.admission().unfit(source, row) : refused;
  }

  private Repaired take(Mending mending, long arrived) {
    SourceBook source = mending.source;
    Place place = mending.place();
    long due = Math.max(arrived, DueTime.millis(folds.books(), source, place, source.row(), now));
    if (due > now) {
      throw new CromfordException(
          ErrorCode.STATE_CONFLICT,
          "the mended record would not have arrived before %s; nothing was changed.\nMaybe mend it then."
              .formatted(Instant.ofEpochMilli(due)));
    }
    boolean isLive = folds.state().desk().isOpen();
    long from = isLive ? now : due;
    Leaving leaving = new Leaving(order.row(), record(mending, null));
    Admission.Admitted admitted =
        folds.admission().readmit(source, source.row(), place, from, leaving);
    fold.take(source, admitted, from);
    Repaired repaired = repaired(source, admitted);
    if (admitted instanceof Admission.Admitted.Observation) {
      join(isLive);
    }
    return repaired;
  }

  private void join(boolean isLive) {
    if (isLive) {
      folds.admission().join(now, fold);
    } else {
      folds.admission().joinAsDue(now, fold);
    }
  }

  private Repaired repaired(SourceBook source, Admission.Admitted admitted) {
    Books books = folds.books();
    long row = order.row();
    return switch (admitted) {
      case Admission.Admitted.Observation(int ordinal, Row _) ->
          new Repaired(row, Repaired.Became.OBSERVATION, books.position(ordinal), null);
      case Admission.Admitted.Outcome(int ordinal, Row _) ->
          new Repaired(row, Repaired.Became.OUTCOME, books.said().position(source, ordinal), null);
      case Admission.Admitted.Known(int ordinal) ->
          new Repaired(row, Repaired.Became.DUPLICATE, books.position(ordinal), null);
      case Admission.Admitted.Bad bad ->
          throw new IllegalStateException("what is fit was refused for " + bad.reason().rule());
    };
  }

  private Repaired refuse(Mending mending, Refused refused, long arrived) {
    long repair = record(mending, refused.rule());
    Quarantined again =
        mending.old.mended(
            mending.text, refused, new Quarantined.Mends(order.row(), repair, arrived));
    Leaving leaving = new Leaving(order.row(), repair);
    long position = folds.admission().quarantineAgain(mending.source, again, leaving, now);
    return new Repaired(
        order.row(),
        Repaired.Became.QUARANTINED,
        position,
        new Result.Refused(
            ErrorCode.RECORD_REFUSED, refused.rule(), refused.column(), refused.message()));
  }

  /// @param rule that it broke again; null if it is taken
  private long record(Mending mending, @Nullable String rule) {
    return folds.record(
        new Control.Mended(
            order.row(), now, mending.columns, mending.text, rule, order.reason(), order.by()),
        now);
  }
}
