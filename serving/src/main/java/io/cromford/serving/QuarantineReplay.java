package io.cromford.serving;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.intake.BrokenRule;
import io.cromford.intake.RawRecord;
import io.cromford.intake.RecordJson;
import io.cromford.ledger.StoredRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/// Holds the records in quarantine against their contracts again, after the declaration was mended,
/// and takes in those that pass.
///
/// How late they are does not matter. Observations come before outcomes, so that an outcome that
/// was refused for want of its observation follows it; where only a part is replayed it follows at
/// once. A record that passes leaves a REPLAYED record that names its QUARANTINED one, and behind
/// it what it came in as; both in one commit. The owning thread takes [#STRETCH] of them at a time,
/// and what else waits in between.
final class QuarantineReplay {
  private static final int STRETCH = 2_000;

  private final Owner owner;
  private final Folds folds;
  private final Fold fold;
  private final ReplayOrder order;
  private final Map<String, Tally> tallies = new LinkedHashMap<>();

  /// Takes what was taken in into the folds.
  @FunctionalInterface
  interface Fold {
    void take(SourceBook source, Admission.Admitted admitted, long arrival);
  }

  private static final class Tally {
    private long accepted;
    private long duplicates;
    private long kept;
  }

  /// @param fold hears of each record that was taken in
  QuarantineReplay(Owner owner, Folds folds, Fold fold, ReplayOrder order) {
    this.owner = owner;
    this.folds = folds;
    this.fold = fold;
    this.order = order;
  }

  /// Replays what is wanted; not for the owning thread.
  Replayed run() {
    long until = ask(() -> folds.ledger().head().position());
    for (boolean observations : new boolean[] {true, false}) {
      for (String source : ask(() -> sources(observations))) {
        replay(source, until);
      }
    }
    return ask(this::recorded);
  }

  private <T> T ask(Callable<T> question) {
    return owner.call(() -> {
      folds.require();
      return question.call();
    });
  }

  private List<String> sources(boolean observations) {
    if (!order.source().isEmpty() && folds.books().find(order.source()) == null) {
      throw new CromfordException(
          ErrorCode.USAGE,
          "there is no source `%.64s`.\nMaybe one of %s."
              .formatted(order.source(), folds.books().sourceNames()));
    }
    return folds.books().sources().stream()
        .filter(source -> source.definition().isObservation() == observations)
        .map(SourceBook::name)
        .filter(name -> order.source().isEmpty() || order.source().equals(name))
        .toList();
  }

  private void replay(String source, long until) {
    tallies.putIfAbsent(source, new Tally());
    for (long from = 0; from < until; ) {
      long next = from;
      from = ask(() -> stretch(source, next, until));
    }
  }

  private Replayed recorded() {
    List<Replayed.Source> done = new ArrayList<>();
    tallies.forEach((source, tally) ->
        done.add(new Replayed.Source(source, tally.accepted, tally.duplicates, tally.kept)));
    long now = folds.clock().now();
    folds.record(
        new Control.HeldAgain(now, order.source(), order.rule(), done, order.reason(), order.by()),
        now);
    return new Replayed(done);
  }

  /// @return from where to go on; `until` or more at the end
  private long stretch(String name, long from, long until) {
    long now = folds.clock().now();
    folds.state().arrives(now);
    SourceBook source = folds.source(name);
    QuarantineBook.Wanted wanted = new QuarantineBook.Wanted(name, order.rule());
    QuarantineBook.Page page = folds.books().quarantine().oldest(wanted, from, STRETCH);
    OneSource one = new OneSource(source, now);
    for (long position : page.positions()) {
      if (position < until) {
        one.replay(folds.ledger().read(position));
      }
    }
    return page.next().orElse(Long.MAX_VALUE);
  }

  /// The replay of one source at a moment.
  private final class OneSource {
    private final SourceBook source;
    private final RawRecord raw;
    private final RecordJson json;
    private final long now;
    private final boolean isLive;

    OneSource(SourceBook source, long now) {
      this.source = source;
      this.raw = new RawRecord(source.definition().schema());
      this.json = new RecordJson(source.definition().schema());
      this.now = now;
      this.isLive = folds.state().desk().isOpen();
    }

    private void replay(StoredRecord stored) {
      Quarantined record = Quarantined.decode(stored.body());
      Place place = new Place(record.file(), record.row());
      long due = holds(record) ? due(place, stored) : Long.MAX_VALUE;
      if (due > now) {
        tally(source).kept++;
        return;
      }
      long from = isLive ? now : due;
      Leaving leaving = Leaving.by(stored.position());
      count(folds.admission().readmit(source, source.row(), place, from, leaving), from);
      folds.commitIfMuch();
    }

    private long due(Place place, StoredRecord stored) {
      return Math.max(
          stored.header().arrivalMillis(),
          DueTime.millis(folds.books(), source, place, source.row(), now));
    }

    /// Whether the contract holds; the row is then in the source's buffer.
    private boolean holds(Quarantined record) {
      return BrokenRule.isMendable(record.rule())
          && json.read(record.record(), raw)
          && source.contract().checkValues(raw, source.row()) == null
          && source.contract().checkAhead(source.row(), now) == null;
    }

    private void count(Admission.Admitted admitted, long from) {
      switch (admitted) {
        case Admission.Admitted.Observation _, Admission.Admitted.Outcome _ -> {
          take(source, admitted, from);
          if (order.isPart() && admitted instanceof Admission.Admitted.Observation) {
            join();
          }
        }
        case Admission.Admitted.Known _ -> tally(source).duplicates++;
        case Admission.Admitted.Bad _ -> tally(source).kept++;
      }
    }

    private void join() {
      if (isLive) {
        folds.admission().join(now, this::take);
      } else {
        folds.admission().joinAsDue(now, this::take);
      }
    }

    private void take(SourceBook of, Admission.Admitted admitted, long from) {
      fold.take(of, admitted, from);
      if (!(admitted instanceof Admission.Admitted.Bad)) {
        tally(of).accepted++;
      }
    }
  }

  private Tally tally(SourceBook source) {
    return tallies.computeIfAbsent(source.name(), _ -> new Tally());
  }
}
