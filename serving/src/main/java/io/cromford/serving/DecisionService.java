package io.cromford.serving;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.flywheel.work.WorkItem;
import io.cromford.intake.SourceDefinition;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// What the endpoint needs of a factory.
///
/// Any thread may call; one thread of the factory's own does the work, in the order of the calls.
public interface DecisionService {
  /// The sources, so that a caller can read records by their schemas.
  List<SourceDefinition> sources();

  /// Hands in records, to be taken in this order.
  ///
  /// @param batch at most [#MAX_BATCH] records
  /// @param done called once, by the factory's thread, with one result per record, in order, after
  ///   they are synced to disk; it must not block
  void submit(List<Submission> batch, Consumer<List<Result>> done);

  /// Rebuilds a decision.
  ///
  /// @param id the observation's id, as text
  /// @return empty if no decision was made on such an id
  Optional<DecisionView> find(String id);

  /// Why there is no decision on an id, in words with advice.
  default String whyNone(String id) {
    return Archive.UNKNOWN;
  }

  /// Searches for decisions, the newest first; the ledger is read by the calling thread.
  ///
  /// @throws io.cromford.core.CromfordException USAGE if it asks for a column that is none
  default DecisionPage search(DecisionSearch search) {
    return DecisionPage.NONE;
  }

  /// Begins a search through all decisions, beside the serving: up to [SearchJob#MOST_FOUND], the
  /// newest first, from the page's cursor on if it has one.
  ///
  /// @throws io.cromford.core.CromfordException USAGE if it asks for a column that is none;
  ///   UNAVAILABLE if as many run as may
  default SearchJob searchAll(DecisionSearch search) {
    throw new CromfordException(ErrorCode.UNAVAILABLE, "nothing can be searched.");
  }

  /// How such a search stands, and what it found.
  ///
  /// @param id as of [SearchJob#id]
  /// @throws io.cromford.core.CromfordException NOT_FOUND if there is none, or it is forgotten
  default SearchJob searched(String id) {
    throw new CromfordException(ErrorCode.NOT_FOUND, "there is no such search.");
  }

  /// Makes a decision again from what is on disk, and compares. Takes seconds and more.
  ///
  /// @param id the observation's id, as text
  /// @throws CromfordException NOT_FOUND if no decision was made on such an id; UNAVAILABLE while
  ///   another one is rebuilt
  default DecisionAudit.Rebuilt rebuild(String id) {
    throw new CromfordException(ErrorCode.NOT_FOUND, "nothing was decided on `" + id + "`");
  }

  /// A decision among others on the same entity; the ledger is read by the calling thread.
  ///
  /// @return empty if there is no such observation
  default Optional<DecisionHistory> historyOf(String id) {
    return Optional.empty();
  }

  /// The alerts of the last days as work; the ledger is read by the calling thread.
  ///
  /// @param wanted where those stand that are listed
  default WorkView work(List<WorkItem.Status> wanted) {
    return WorkView.NONE;
  }

  /// How the factory is right now; cheap.
  Status status();

  /// The long work that runs beside the serving, in the order in which it began.
  default List<JobStatus> jobs() {
    return List.of();
  }

  /// The next training and what it takes; empty if none is planned.
  default Optional<PlannedJob> nextJob() {
    return Optional.empty();
  }

  /// The most records in one batch.
  int MAX_BATCH = 10_000;

  /// What its decisions were worth, as far as their outcomes are mature.
  default Quality quality() {
    return Quality.NONE;
  }

  /// What a person should look at; cheap.
  default AlarmList alarms() {
    return AlarmList.NONE;
  }

  /// The factory at a glance; what it was worth may be some seconds old.
  default FactoryOverview overview() {
    return FactoryOverview.NONE;
  }

  /// How many things were done to the factory since it was opened, as far as others see them: what
  /// changes where [#history] and [#alarms] do; cheap.
  default int recorded() {
    return 0;
  }

  /// What was done to the factory, by itself and by persons: the last [#MOST_HISTORY], in order.
  default List<FactoryHistory.Entry> history() {
    return List.of();
  }

  /// What was out of the usual, and what came of it. Not cheap: not for an event loop.
  default StoriesView stories() {
    return StoriesView.NONE;
  }

  /// The features that are watched, and how their values lie.
  default FeaturesView features() {
    return FeaturesView.NONE;
  }

  /// What lies in quarantine.
  default QuarantineView quarantine(QuarantineView.Asked asked) {
    return QuarantineView.EMPTY;
  }

  /// A record in quarantine by its number, also one that has left since.
  ///
  /// @throws io.cromford.core.CromfordException NOT_FOUND if there is none
  default QuarantinedRow quarantined(long number) {
    throw QuarantineView.none(number);
  }

  /// How many entries of its history are at hand.
  int MOST_HISTORY = 2_000;

  /// How its monitors stand.
  default MonitorsView monitors() {
    return MonitorsView.NONE;
  }

  /// What its weeks came to. Not cheap: not for an event loop.
  default WeeksView weeks() {
    return WeeksView.NONE;
  }

  /// How its model versions stand. Not cheap: not for an event loop.
  default ModelsView models() {
    return ModelsView.NONE;
  }

  /// All that is on record of a model version. Not cheap: not for an event loop.
  ///
  /// @param version its id or enough of its start, or `champion`
  /// @throws io.cromford.core.CromfordException NOT_FOUND if there is none, USAGE if there are
  ///   several
  default ModelView model(String version) {
    throw new CromfordException(
        ErrorCode.NOT_FOUND, "no model version starts with `%s`.".formatted(version));
  }

  /// What a week's decisions got wrong. Not cheap: not for an event loop.
  ///
  /// @param week from 1; 0 for the last one that is closed, or else the first one
  /// @throws io.cromford.core.CromfordException NOT_FOUND if its decisions are not there
  default MissedView missed(int week) {
    return MissedView.NONE;
  }

  /// What other numbers of alerts a day would have come to. Not cheap: not for an event loop.
  default WhatIfView whatIf() {
    return WhatIfView.NONE;
  }

  /// Which policies hold, by whose word, and what is proposed.
  default PoliciesView policies() {
    return PoliciesView.NONE;
  }

  /// How many of its monitors are in alarm; cheap.
  default int monitorAlarms() {
    return 0;
  }

  /// What the decisions of the last mature week were worth.
  ///
  /// @param week from 1, which began at go-live; 0 if none is mature yet
  /// @param averagePrecision of the scores that served; NaN if there is none
  /// @param frozenAveragePrecision of the first model's, which scores in shadow
  /// @param alertPrecision the share of alerts that were right
  /// @param alarms what a person should have looked at, so far
  record Quality(
      int week,
      double averagePrecision,
      double frozenAveragePrecision,
      double alertPrecision,
      long alarms) {
    /// Nothing is known yet.
    public static final Quality NONE = new Quality(0, Double.NaN, Double.NaN, Double.NaN, 0);
  }

  /// How a factory is.
  ///
  /// @param ready whether it answers decisions
  /// @param message why not, or which model serves
  /// @param champion the version of the model that serves; empty if none does
  /// @param clockMillis the factory's clock
  /// @param replaying whether the clock is that of a replay
  /// @param observations accepted so far
  /// @param outcomes accepted so far
  /// @param decisions made so far
  /// @param alerts among the decisions
  /// @param quarantined records so far
  /// @param duplicates so far
  /// @param queued batches that wait
  /// @param ledgerBytes the ledger's length
  record Status(
      boolean ready,
      String message,
      String champion,
      long clockMillis,
      boolean replaying,
      long observations,
      long outcomes,
      long decisions,
      long alerts,
      long quarantined,
      long duplicates,
      int queued,
      long ledgerBytes) {
    /// The same at another moment.
    Status at(long clockMillis, boolean replaying, int queued) {
      return new Status(
          ready,
          message,
          champion,
          clockMillis,
          replaying,
          observations,
          outcomes,
          decisions,
          alerts,
          quarantined,
          duplicates,
          queued,
          ledgerBytes);
    }
  }
}
