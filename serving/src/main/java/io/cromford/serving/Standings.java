package io.cromford.serving;

import io.cromford.core.Row;
import io.cromford.ledger.StoredRecord;
import io.cromford.serving.definition.DecisionDefinition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/// Tells what stands around a decision: the policies of its time, what is at stake, what outcomes
/// say, how the work stands.
final class Standings {
  private final FactoryState state;
  private final LongFunction<StoredRecord> read;

  /// @param read reads a record of the ledger by its position
  Standings(FactoryState state, LongFunction<StoredRecord> read) {
    this.state = state;
    this.read = read;
  }

  /// What stands around the decision on an observation.
  DecisionView.Standing of(int ordinal) {
    Books books = state.books();
    StoredRecord event = read.apply(books.position(ordinal));
    DecisionRecord decision =
        DecisionRecord.decode(read.apply(books.decisionPosition(ordinal)).body());
    DecisionDefinition policy = state.policies().decision();
    return new DecisionView.Standing(
        state.policyVersion(ordinal),
        DecisionFinder.stake(state, Archive.row(books.observationSource(), event), decision),
        DecisionView.Money.of(policy.costs()),
        said(ordinal),
        state.work().find(ordinal),
        state.verdictForm());
  }

  private List<DecisionView.Said> said(int ordinal) {
    OutcomeBook book = state.books().said();
    List<DecisionView.Said> said = new ArrayList<>();
    for (SourceBook source : book.sources()) {
      long position = book.position(source, ordinal);
      if (position >= 0) {
        StoredRecord record = read.apply(position);
        Lineage from = new Lineages(state.books(), read).of(record);
        said.add(said(book, source, record, book.inForce(ordinal), from));
      }
    }
    return said;
  }

  private static DecisionView.Said said(
      OutcomeBook book, SourceBook source, StoredRecord record, long inForce, Lineage from) {
    Row row = Archive.row(source, record);
    return new DecisionView.Said(
        source.name(),
        book.kind(source),
        book.says(source, row),
        Instant.ofEpochMilli(record.header().arrivalMillis()),
        record.position() == inForce && book.says(source, row).isPresent(),
        Archive.fields(row),
        from);
  }
}
