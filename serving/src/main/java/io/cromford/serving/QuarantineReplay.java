package io.cromford.serving;

import io.cromford.core.Row;
import io.cromford.intake.Arrival;
import io.cromford.intake.BrokenRule;
import io.cromford.intake.RawRecord;
import io.cromford.intake.RecordJson;
import io.cromford.ledger.Ledger;
import io.cromford.ledger.LedgerReader;
import io.cromford.ledger.RecordKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Holds the records in quarantine against their contracts again, after the declaration was mended,
/// and takes in those that pass.
///
/// How late they are does not matter. Observations come before outcomes, so that an outcome that
/// was refused for want of its observation follows it. A record that passes leaves a REPLAYED
/// record that names its QUARANTINED one, and behind it what it came in as; both in one commit.
final class QuarantineReplay {
  private static final int COMMIT_EVERY = 10_000;

  private final Ledger ledger;
  private final Admission admission;
  private final Books books;
  private final Clock clock;
  private final Fold fold;
  private long taken;

  /// The factory's time.
  ///
  /// @param now an event further ahead of it than allowed stays, and an outcome that is not due
  /// @param isLive whether records count from now; else they count from when they arrived
  record Clock(long now, boolean isLive) {}

  /// Takes what was taken in into the folds.
  @FunctionalInterface
  interface Fold {
    void take(SourceBook source, Admission.Admitted admitted, long arrival);
  }

  /// @param fold hears of each record that was taken in
  QuarantineReplay(Ledger ledger, Admission admission, Books books, Clock clock, Fold fold) {
    this.ledger = ledger;
    this.admission = admission;
    this.books = books;
    this.clock = clock;
    this.fold = fold;
  }

  /// Replays all sources' records; for the thread that owns the ledger.
  Replayed run() {
    ledger.commit();
    long until = ledger.head().position();
    List<Replayed.Source> done = new ArrayList<>();
    try (LedgerReader reader = ledger.reader()) {
      Quarantine quarantine = Quarantine.of(reader);
      for (boolean observations : new boolean[] {true, false}) {
        for (SourceBook source : books.sources()) {
          if (source.definition().isObservation() == observations) {
            done.add(new OneSource(source).replay(reader, quarantine, until));
          }
        }
      }
    }
    ledger.commit();
    return new Replayed(done);
  }

  /// The replay of one source.
  private final class OneSource {
    private final SourceBook source;
    private final RawRecord raw;
    private final RecordJson json;
    private long accepted;
    private long duplicates;
    private long kept;

    OneSource(SourceBook source) {
      this.source = source;
      this.raw = new RawRecord(source.definition().schema());
      this.json = new RecordJson(source.definition().schema());
    }

    Replayed.Source replay(LedgerReader reader, Quarantine quarantine, long until) {
      reader.seek(0);
      while (reader.next() && reader.position() < until) {
        boolean mine =
            reader.kind() == RecordKind.QUARANTINED
                && reader.source() == source.number()
                && quarantine.holds(reader.position());
        if (mine) {
          replay(Quarantined.decode(reader.body()), reader.position(), reader.arrivalMillis());
        }
      }
      return new Replayed.Source(source.name(), accepted, duplicates, kept);
    }

    private void replay(Quarantined record, long quarantinedAt, long arrived) {
      long due = holds(record) ? Math.max(arrived, dueMillis(record)) : Long.MAX_VALUE;
      if (due > clock.now()) {
        kept++;
        return;
      }
      long from = clock.isLive() ? clock.now() : due;
      Place place = new Place(record.file(), record.row());
      count(admission.readmit(source, source.row(), place, from, quarantinedAt), from);
    }

    /// When the row in the source's buffer would have arrived, had it not been refused at once.
    private long dueMillis(Quarantined record) {
      if (record.file() < 0) {
        return 0;
      }
      Row row = source.row();
      return switch (source.definition().timing().arrival()) {
        case Arrival.AtEventTime() -> Math.min(clock.now(), source.contract().eventMillis(row));
        case Arrival.After(_, _, Duration delay) -> {
          int judged = books.ids().find(row, source.idColumn());
          yield judged < 0 ? 0 : books.eventMillis(judged) + delay.toMillis();
        }
      };
    }

    /// Whether the contract holds; the row is then in the source's buffer.
    private boolean holds(Quarantined record) {
      Row row = source.row();
      return BrokenRule.isMendable(record.rule())
          && json.read(record.record(), raw)
          && source.contract().checkValues(raw, row) == null
          && source.contract().checkAhead(row, clock.now()) == null;
    }

    private void count(Admission.Admitted admitted, long from) {
      switch (admitted) {
        case Admission.Admitted.Observation _, Admission.Admitted.Outcome _ -> {
          accepted++;
          fold.take(source, admitted, from);
        }
        case Admission.Admitted.Known _ -> duplicates++;
        case Admission.Admitted.Bad _ -> kept++;
      }
      if (++taken % COMMIT_EVERY == 0) {
        ledger.commit();
      }
    }
  }
}
