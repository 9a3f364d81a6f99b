package io.cromford.server;

import io.cromford.core.Column;
import io.cromford.core.ColumnType;
import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.core.Row;
import io.cromford.core.Schema;
import io.cromford.core.Values;
import io.cromford.flywheel.Alarm;
import io.cromford.flywheel.AlarmBook;
import io.cromford.flywheel.AlarmState;
import io.cromford.flywheel.Truth;
import io.cromford.flywheel.monitor.FeatureForm;
import io.cromford.flywheel.monitor.FeatureProfile;
import io.cromford.flywheel.work.ReasonCode;
import io.cromford.flywheel.work.WorkItem;
import io.cromford.intake.Arrival;
import io.cromford.intake.Contract;
import io.cromford.intake.ContractResult;
import io.cromford.intake.EventTime;
import io.cromford.intake.SourceDefinition;
import io.cromford.serving.Action;
import io.cromford.serving.AlarmList;
import io.cromford.serving.Decision;
import io.cromford.serving.DecisionAudit;
import io.cromford.serving.DecisionHistory;
import io.cromford.serving.DecisionLine;
import io.cromford.serving.DecisionPage;
import io.cromford.serving.DecisionSearch;
import io.cromford.serving.DecisionService;
import io.cromford.serving.DecisionView;
import io.cromford.serving.DecisionView.Field;
import io.cromford.serving.FactoryHistory;
import io.cromford.serving.FactoryOverview;
import io.cromford.serving.FeaturesView;
import io.cromford.serving.JobCost;
import io.cromford.serving.JobStatus;
import io.cromford.serving.Lineage;
import io.cromford.serving.MissedView;
import io.cromford.serving.ModelView;
import io.cromford.serving.ModelsView;
import io.cromford.serving.MonitorsView;
import io.cromford.serving.PlannedJob;
import io.cromford.serving.PoliciesView;
import io.cromford.serving.Promotion;
import io.cromford.serving.QuarantineView;
import io.cromford.serving.Quarantined;
import io.cromford.serving.QuarantinedRow;
import io.cromford.serving.Result;
import io.cromford.serving.SearchJob;
import io.cromford.serving.StoriesView;
import io.cromford.serving.Submission;
import io.cromford.serving.VerdictForm;
import io.cromford.serving.WeeksView;
import io.cromford.serving.WhatIfView;
import io.cromford.serving.WorkView;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/// A factory with real contracts, that decides by the amount and keeps nothing on disk.
final class FakeFactory implements DecisionService, AutoCloseable {
  static final SourceDefinition PAYMENTS =
      new SourceDefinition(
          "payments",
          Schema.of(
              new Column("tx_id", ColumnType.BIGINT, false),
              new Column("ts", ColumnType.TIMESTAMP, false),
              new Column("amount", ColumnType.decimal(10, 2), false),
              new Column("shop", ColumnType.VARCHAR, true)),
          new SourceDefinition.Observation("tx_id"),
          new SourceDefinition.Timing(
              new EventTime("ts", ZoneOffset.UTC, Duration.ofMinutes(5), Duration.ofDays(30)),
              new Arrival.AtEventTime()),
          SourceDefinition.Terms.NONE,
          null);

  static final SourceDefinition CHARGEBACKS =
      new SourceDefinition(
          "chargebacks",
          Schema.of(
              new Column("tx_id", ColumnType.BIGINT, false),
              new Column("fraud", ColumnType.BOOLEAN, false)),
          new SourceDefinition.Outcome("tx_id", "payments", "tx_id"),
          new SourceDefinition.Timing(
              null, new Arrival.After("payments", "ts", Duration.ofDays(7))),
          SourceDefinition.Terms.NONE,
          null);

  /// 2018-05-06T00:00:00Z.
  static final long CLOCK = 1_525_564_800_000L;

  private final List<SourceDefinition> sources;
  private final Map<String, Contract> contracts = new HashMap<>();
  private final Map<String, Decision> decisions = new ConcurrentHashMap<>();
  private final Map<String, String> bodies = new ConcurrentHashMap<>();
  private final ExecutorService thread = Executors.newSingleThreadExecutor();

  /// Everything handed in, in order.
  final List<Submission> seen = new ArrayList<>();

  /// Set to hold answers back until it is opened.
  volatile CountDownLatch gate = new CountDownLatch(0);

  @Override
  public List<JobStatus> jobs() {
    return List.of(
        new JobStatus(
            1,
            "backfill",
            "view abc",
            "",
            Instant.EPOCH,
            250,
            new JobCost(1000, Duration.ofMillis(1500), 3, 4)));
  }

  @Override
  public Optional<PlannedJob> nextJob() {
    return Optional.of(
        new PlannedJob("training", Instant.EPOCH, new JobCost(7, Duration.ZERO, 8, 0)));
  }

  /// Set to answer everything with it.
  volatile Result always;

  volatile RuntimeException failure;
  volatile boolean ready = true;

  FakeFactory() {
    this(List.of(PAYMENTS, CHARGEBACKS));
  }

  FakeFactory(List<SourceDefinition> sources) {
    this.sources = sources;
    sources.forEach(source -> contracts.put(source.name(), new Contract(source)));
  }

  @Override
  public List<SourceDefinition> sources() {
    return sources;
  }

  @Override
  public void submit(List<Submission> batch, Consumer<List<Result>> done) {
    if (failure != null) {
      throw failure;
    }
    thread.execute(() -> {
      try {
        gate.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      seen.addAll(batch);
      done.accept(batch.stream().map(this::take).toList());
    });
  }

  private Result take(Submission submission) {
    if (always != null) {
      return always;
    }
    Row row = new Row(submission.record().schema());
    ContractResult checked =
        contracts.get(submission.source()).check(submission.record(), row, CLOCK);
    return switch (checked) {
      case ContractResult.Refused refused ->
          new Result.Refused(
              ErrorCode.RECORD_REFUSED, refused.rule(), refused.column(), refused.message());
      case ContractResult.Accepted _ -> accept(submission, row);
    };
  }

  private Result accept(Submission submission, Row row) {
    String id = Long.toString(row.slot(0));
    if (!submission.source().equals("payments")) {
      return new Result.Accepted(id);
    }
    String known = bodies.putIfAbsent(id, row.toString());
    if (known != null) {
      return known.equals(row.toString())
          ? new Result.AlreadyKnown(id, List.of(decisions.get(id)))
          : new Result.Refused(
              ErrorCode.ID_CONFLICT,
              "id",
              "tx_id",
              "the id was sent before with another body.\nMaybe it is another payment's.");
    }
    double score = Math.min(1, row.slot(2) / 100_000.0);
    Decision decision =
        new Decision(
            id,
            score >= 0.5 ? Action.ALERT : Action.PASS,
            score,
            0.5,
            "ab".repeat(32),
            score >= 0.5 ? List.of(new Decision.Reason("amount", 1.5)) : List.of(),
            64L * bodies.size());
    decisions.put(id, decision);
    return new Result.Decided(decision);
  }

  @Override
  public Optional<DecisionView> find(String id) {
    return Optional.ofNullable(decisions.get(id))
        .map(decision ->
            new DecisionView(
                decision,
                List.of(
                    new Field("tx_id", id),
                    new Field("amount", Values.format(ColumnType.decimal(10, 2), 1234, null))),
                List.of(new Field("hour", "7.0"), new Field("mean", "null")),
                "cd".repeat(32),
                "2018-05-06T00:00:00Z",
                List.of(new Field("fraud", "true")),
                standing(),
                lineage("payments")));
  }

  private static final WorkItem.Word KIM = new WorkItem.Word(CLOCK, "kim", "");
  private static final VerdictForm VERDICTS =
      new VerdictForm("verdicts", "tx_id", "confirmed", Optional.of("analyst"));

  private static WorkItem item() {
    return new WorkItem(
        new WorkItem.Alert(1, CLOCK, 9),
        KIM,
        new WorkItem.Closing(ReasonCode.UNREACHABLE, new WorkItem.Word(CLOCK, "kim", "no answer")),
        new WorkItem.Answer(Truth.POSITIVE, CLOCK),
        List.of(new WorkItem.Word(CLOCK, "kim", "no answer")),
        List.of(KIM));
  }

  /// From a file, by way of the quarantine.
  private static Lineage lineage(String source) {
    var mended =
        new QuarantinedRow.Deed(640, List.of("amount"), "{}", Instant.EPOCH, "a comma", "kim");
    return new Lineage(
        source,
        "day.csv",
        17,
        Instant.ofEpochMilli(CLOCK),
        704,
        Optional.of(new Lineage.Detour(640, 18, Optional.of(mended))));
  }

  private static DecisionView.Standing standing() {
    return new DecisionView.Standing(
        "ef".repeat(32),
        new DecisionLine.Stake("12", 10, 9),
        new DecisionView.Money("EUR", Optional.of("amount")),
        List.of(
            new DecisionView.Said(
                "chargebacks",
                "label",
                Optional.of(true),
                Instant.ofEpochMilli(CLOCK),
                true,
                List.of(new Field("fraud", "true")),
                lineage("chargebacks"))),
        Optional.of(item()),
        Optional.of(VERDICTS));
  }

  /// Of a decision on an observation with any id.
  private DecisionLine line(String id) {
    return new DecisionLine(
        id,
        Instant.ofEpochMilli(CLOCK),
        Optional.ofNullable(decisions.get(id)),
        new DecisionLine.Stake("12", 10, 9),
        List.of(new Field("shop", "\"<script>\"")),
        Truth.PROVISIONALLY_POSITIVE);
  }

  /// What was searched for last.
  volatile DecisionSearch searched;

  @Override
  public DecisionPage search(DecisionSearch search) {
    searched = search;
    return new DecisionPage(
        List.of(line("7"), line("none")),
        OptionalInt.of(3),
        Optional.of(Instant.ofEpochMilli(CLOCK)));
  }

  @Override
  public SearchJob searchAll(DecisionSearch search) {
    searched = search;
    return new SearchJob(
        "s1", 3, SearchJob.State.RUNNING, 0, 1000, Optional.empty(), Optional.empty());
  }

  @Override
  public SearchJob searched(String id) {
    if (!id.equals("s1")) {
      throw new CromfordException(ErrorCode.NOT_FOUND, "there is no such search.\nMaybe anew.");
    }
    return new SearchJob(
        "s1",
        3,
        SearchJob.State.DONE,
        1000,
        1000,
        Optional.of(search(Objects.requireNonNull(searched))),
        Optional.of(Instant.ofEpochMilli(CLOCK)));
  }

  @Override
  public Optional<DecisionHistory> historyOf(String id) {
    return decisions.containsKey(id)
        ? Optional.of(
            new DecisionHistory(
                id,
                List.of(line(id)),
                List.of(
                    new DecisionHistory.Usual("hour", 7, -0.5, 2, 3, 5, 9),
                    new DecisionHistory.Usual(
                        "mean", Double.NaN, Double.NaN, 0, Double.NaN, Double.NaN, Double.NaN)),
                true))
        : Optional.empty();
  }

  @Override
  public WorkView work(List<WorkItem.Status> wanted) {
    return new WorkView(
        Instant.ofEpochMilli(CLOCK),
        new WorkView.Budget(100, 3, 1, 0),
        Map.of(WorkItem.Status.CLOSED, 1),
        List.of(new WorkView.Entry(line("7"), item())),
        wanted.toString(),
        Optional.of(VERDICTS));
  }

  @Override
  public FactoryOverview overview() {
    return FakeOverview.of(nextJob());
  }

  @Override
  public List<FactoryHistory.Entry> history() {
    return FakeOverview.history();
  }

  /// What it says of its learning.
  volatile FakeLearning learning = FakeLearning.NONE;

  @Override
  public StoriesView stories() {
    return learning.stories();
  }

  @Override
  public WeeksView weeks() {
    return learning.weeks();
  }

  @Override
  public WhatIfView whatIf() {
    return learning.whatIf();
  }

  @Override
  public PoliciesView policies() {
    return learning.policies();
  }

  @Override
  public MissedView missed(int week) {
    return learning.missed(week);
  }

  @Override
  public ModelsView models() {
    return learning.models();
  }

  @Override
  public ModelView model(String version) {
    return learning.isNone() ? DecisionService.super.model(version) : learning.model();
  }

  @Override
  public DecisionAudit.Rebuilt rebuild(String id) {
    DecisionView view =
        find(id)
            .orElseThrow(() -> new CromfordException(ErrorCode.NOT_FOUND, "nothing was decided"));
    return new DecisionAudit.Rebuilt(
        view,
        new Promotion("abc", "abc", Instant.EPOCH, "the first model", "factory"),
        List.of(),
        List.of(new DecisionAudit.Comparison("score", "0.5", "0.25")));
  }

  @Override
  public FeaturesView features() {
    FeatureForm form = new FeatureForm("amount", 0, List.of(1.0, 5.0));
    MonitorsView.Line line =
        new MonitorsView.Line(
            "shift/amount", "shift", "amount", "ok", 0.01, new MonitorsView.Usual(0, 0, 0.1), null);
    return new FeaturesView(
        "abc",
        "SELECT tx_id, amount FROM payments",
        "2018-05-05",
        List.of(
            new FeaturesView.Feature(
                new FeatureProfile(
                    form, false, List.of(0L, 1L, 2L, 3L), 7, List.of(0L, 1L, 2L, 2L), 7),
                List.of(line))));
  }

  @Override
  public QuarantineView quarantine(QuarantineView.Asked asked) {
    Quarantined record =
        new Quarantined(
            "payments",
            -1,
            "",
            0,
            0,
            "not-negative",
            "amount",
            "it is below 0.",
            "x".repeat(5000),
            null);
    return new QuarantineView(
        1_000_000,
        List.of(new QuarantineView.Rule("payments", "not-negative", 1_000_000, Instant.EPOCH)),
        asked.limit() == 0
            ? List.of()
            : List.of(new QuarantineView.Entry(42, Instant.EPOCH, record)),
        OptionalLong.of(42));
  }

  @Override
  public MonitorsView monitors() {
    MonitorsView.Worth worth = new MonitorsView.Worth(0.75, null, 0.5, 12.5);
    return new MonitorsView(
        "2018-05-05",
        List.of(
            new MonitorsView.Line(
                "volume/payments",
                "volume",
                "payments",
                "alarm",
                5,
                new MonitorsView.Usual(10, 7.5, 13),
                "2018-05-06T00:00:00Z"),
            new MonitorsView.Line("shift/hour", "shift", "hour", "filling", 0.25, null, null)),
        List.of(
            new MonitorsView.Estimate(1, 0, worth, worth),
            new MonitorsView.Estimate(2, 1, worth, null)));
  }

  @Override
  public Status status() {
    int alerts = (int) decisions.values().stream().filter(d -> d.action() == Action.ALERT).count();
    return new Status(
        ready,
        ready ? "ab serves" : "no model serves yet",
        ready ? "ab" : "",
        CLOCK,
        false,
        bodies.size(),
        0,
        decisions.size(),
        alerts,
        0,
        0,
        0,
        4096);
  }

  @Override
  public AlarmList alarms() {
    AlarmBook book = new AlarmBook();
    AlarmState.Word word = new AlarmState.Word(CLOCK, "ada", "mine");
    for (String key : List.of("breach/ab", "breach/cd", "missed-frauds", "outcomes/silence")) {
      book.raise(new Alarm(CLOCK, key, Alarm.Severity.CRITICAL, "seen.\nMaybe look."));
    }
    book.end("breach/ab"::equals, word);
    book.acknowledge("breach/cd", word);
    book.silence(new AlarmBook.Silence("outcomes/*", CLOCK + 1, word));
    return new AlarmList(CLOCK, false, book.look(), "docs/alarms.md");
  }

  @Override
  public void close() {
    gate.countDown();
    thread.shutdown();
  }
}
