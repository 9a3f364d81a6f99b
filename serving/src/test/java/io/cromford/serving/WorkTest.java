package io.cromford.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.core.Progress;
import io.cromford.flywheel.Truth;
import io.cromford.flywheel.work.ReasonCode;
import io.cromford.flywheel.work.WorkItem.Status;
import io.cromford.flywheel.work.WorkStep;
import io.cromford.intake.ArrivalStream;
import io.cromford.intake.Arrived;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The work on alerts, as persons see it, and the verdicts that answer it.
class WorkTest {
  private static final List<Status> ALL = Arrays.asList(Status.values());
  private static final List<Status> UNDONE = List.of(Status.OPEN, Status.CLAIMED);

  @TempDir private Path folder;
  private Workshop workshop;

  @BeforeEach
  void makeAFactoryWithVerdicts() {
    workshop = DecisionSearchTest.withVerdicts(folder).write(Workshop.payments(1));
  }

  private static void work(Factory factory, WorkStep step, String id, String by, String note) {
    Optional<ReasonCode> code =
        step == WorkStep.CLOSE ? Optional.of(ReasonCode.FRAUD_CONFIRMED) : Optional.empty();
    factory.work(new WorkOrder(step, List.of(id), by, code, note));
  }

  private static WorkView.Entry entry(Factory factory, String id) {
    return factory.work(ALL).entries().stream()
        .filter(entry -> entry.line().id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  /// Replays until the last payments: of those nobody knows yet what they were.
  private static void runToTheLastPayments(Factory factory) {
    long end = Workshop.instant(Workshop.END).toEpochMilli();
    try (ArrivalStream arrivals = factory.arrivals()) {
      Arrived next = Workshop.build(factory, arrivals);
      while (next != null && next.arrivalMillis() < end) {
        Workshop.submit(factory, List.of(Workshop.submission(next)));
        next = arrivals.next();
      }
    }
  }

  /// Ids of two alerts without an outcome, the more at risk first.
  private static List<String> open(Factory factory) {
    return factory.work(UNDONE).entries().stream().map(entry -> entry.line().id()).toList();
  }

  @Test
  void listsWhatNobodyIsDoneWithByTheMoneyAtRisk() {
    try (Factory factory = workshop.open()) {
      runToTheLastPayments(factory);
      WorkView view = factory.work(UNDONE);
      assertThat(view.entries()).hasSizeGreaterThanOrEqualTo(2);
      assertThat(view.entries())
          .isSortedAccordingTo(
              Comparator.comparingDouble((WorkView.Entry entry) -> -entry.item().alert().atRisk()));
      assertThat(view.entries())
          .allSatisfy(entry -> {
            DecisionLine line = entry.line();
            assertThat(line.decision().orElseThrow().action()).isEqualTo(Action.ALERT);
            assertThat(line.stake().atRisk())
                .isEqualTo(line.decision().orElseThrow().score() * line.stake().amount())
                .isEqualTo(entry.item().alert().atRisk());
            assertThat(line.truth().isKnown()).isFalse();
          });
      assertThat(view.counts().values().stream().mapToInt(n -> n).sum())
          .isEqualTo(factory.work(ALL).entries().size());
      assertThat(view.counts().get(Status.ANSWERED)).as("by their label").isPositive();
      assertThat(view.budget().alertsPerDay()).isEqualTo(2);
      assertThat(view.verdict().orElseThrow())
          .isEqualTo(new VerdictForm("verdicts", "tx_id", "confirmed", Optional.of("analyst")));
    }
  }

  @Test
  void givesAnAlertToOneAloneAndKeepsItThroughARestart() {
    String id;
    try (Factory factory = workshop.open()) {
      runToTheLastPayments(factory);
      id = open(factory).getFirst();
      work(factory, WorkStep.CLAIM, id, "kim", "");
      assertRefused(factory, WorkStep.CLAIM, id, "lee", "", "was claimed by kim at");
      assertRefused(factory, WorkStep.CLOSE, id, "lee", "", "was claimed by kim at");
      assertRefused(factory, WorkStep.RELEASE, id, "lee", "", "Maybe say why in a note");
      work(factory, WorkStep.CLAIM, id, "kim", "");
      work(factory, WorkStep.RELEASE, id, "lee", "kim is away");
      work(factory, WorkStep.CLAIM, id, "lee", "");
      work(factory, WorkStep.SEEN, id, "lee", "");
      long before = factory.ledgerHead().position();
      work(factory, WorkStep.SEEN, id, "lee", "");
      assertThat(factory.ledgerHead().position()).as("said once").isEqualTo(before);
    }
    try (Factory factory = workshop.open()) {
      factory.buildFeatures(Progress.SILENT);
      assertThat(entry(factory, id).item())
          .matches(item -> item.claimed().by().equals("lee"))
          .matches(item -> item.notes().getFirst().text().equals("kim is away"))
          .matches(item -> item.seen().getFirst().by().equals("lee"));
      work(factory, WorkStep.CLOSE, id, "lee", "");
      assertRefused(factory, WorkStep.CLAIM, id, "kim", "", "was closed by lee at");
      assertRefused(factory, WorkStep.CLOSE, id, "kim", "", "as fraud-confirmed");
      assertThat(open(factory)).doesNotContain(id);
      assertThat(factory.work(UNDONE).budget().worked()).isEqualTo(1);
      work(factory, WorkStep.REOPEN, id, "kim", "they rang back");
      assertThat(open(factory)).contains(id);
      assertRefused(factory, WorkStep.REOPEN, id, "kim", "again", "is not closed");
    }
  }

  private static void assertRefused(
      Factory factory, WorkStep step, String id, String by, String note, String said) {
    assertThatThrownBy(() -> work(factory, step, id, by, note))
        .isInstanceOfSatisfying(
            CromfordException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.STATE_CONFLICT))
        .hasMessageContaining(said);
  }

  @Test
  void doesAllOrNothing() {
    try (Factory factory = workshop.open()) {
      runToTheLastPayments(factory);
      List<String> ids = open(factory).subList(0, 2);
      work(factory, WorkStep.CLAIM, ids.getLast(), "kim", "");
      WorkOrder both = new WorkOrder(WorkStep.CLAIM, ids, "lee", Optional.empty(), "");
      assertThatThrownBy(() -> factory.work(both)).hasMessageContaining("nothing was changed");
      assertThat(entry(factory, ids.getFirst()).item().claimed()).isNull();
      factory.work(new WorkOrder(WorkStep.CLAIM, ids, "kim", Optional.empty(), ""));
      assertThat(entry(factory, ids.getFirst()).item().claimed().by()).isEqualTo("kim");
      assertThatThrownBy(() -> work(factory, WorkStep.CLAIM, "nothing", "kim", ""))
          .hasMessageContaining("`nothing` is no alert of the last 30 days.\nMaybe");
      assertThatThrownBy(() -> work(factory, WorkStep.SEEN, "0", "kim", ""))
          .as("before go-live")
          .hasMessageContaining("nothing was decided on `0`");
    }
  }

  @Test
  void takesAVerdictAndTakesItBack() {
    try (Factory factory = workshop.open()) {
      runToTheLastPayments(factory);
      factory.goOn();
      String id = open(factory).getFirst();
      verdict(factory, id, "true");
      assertThat(entry(factory, id).item().status()).isEqualTo(Status.ANSWERED);
      assertThat(factory.find(id).orElseThrow().standing().said())
          .extracting(DecisionView.Said::positive)
          .containsExactly(Optional.of(true));
      assertThat(factory.work(ALL).budget().worked()).isEqualTo(1);
      verdict(factory, id, null);
      assertThat(entry(factory, id).item().status()).isEqualTo(Status.OPEN);
      assertThat(entry(factory, id).line().truth().isKnown()).isFalse();
      assertThat(factory.find(id).orElseThrow().standing().said())
          .extracting(DecisionView.Said::positive)
          .containsExactly(Optional.empty());
      verdict(factory, id, "true");
      assertThat(entry(factory, id).line().truth().isPositive()).as("as before").isTrue();
      verdict(factory, id, "false");
      assertThat(entry(factory, id).line().truth()).isEqualTo(Truth.PROVISIONALLY_NEGATIVE);
    }
  }

  private static void verdict(Factory factory, String id, String confirmed) {
    Submission verdict = Workshop.live(factory, "verdicts", id);
    if (confirmed != null) {
      verdict.record().setText(1, confirmed);
    }
    verdict.record().setText(2, "kim");
    assertThat(Workshop.submit(factory, List.of(verdict)).getFirst())
        .isInstanceOf(Result.Accepted.class);
  }
}
