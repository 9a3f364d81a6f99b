package io.cromford.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.core.Progress;
import io.cromford.intake.ArrivalStream;
import io.cromford.intake.Arrived;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A feature query that is changed while the factory runs, or between two runs. The first one knows
/// nothing of the amount, by which alone a fraud can be told.
class FeatureChangeTest {
  private static final String AMOUNT = "       CAST(amount AS DOUBLE) AS amount,\n";
  private static final int BATCH = 7;
  private static final LocalDateTime CHANGE = Workshop.START.plusDays(17);

  @TempDir private Path folder;

  private Workshop workshop() {
    return new Workshop(folder).withFeatures(AMOUNT, "").write(Workshop.payments(1));
  }

  private static Arrived replay(
      Factory factory, ArrivalStream arrivals, Arrived first, LocalDateTime until) {
    long millis = Workshop.instant(until).toEpochMilli();
    Arrived next = first;
    List<Submission> batch = new ArrayList<>();
    while (next != null && next.arrivalMillis() < millis) {
      batch.add(Workshop.submission(next));
      if (batch.size() == BATCH) {
        Workshop.submit(factory, batch);
        batch = new ArrayList<>();
      }
      next = arrivals.next();
    }
    Workshop.submit(factory, batch);
    return next;
  }

  private static void replayUntil(Workshop workshop, LocalDateTime until) {
    try (Factory factory = workshop.open();
        ArrivalStream arrivals = factory.arrivals()) {
      replay(factory, arrivals, Workshop.build(factory, arrivals), until);
    }
  }

  private <T extends Control> List<T> controls(Class<T> type) {
    List<T> found = new ArrayList<>();
    Control.forEach(
        folder.resolve("state"),
        (_, control) -> {
          if (type.isInstance(control)) {
            found.add(type.cast(control));
          }
        });
    return found;
  }

  private String viewOf(Workshop workshop, String version) {
    return ModelShelf.sha256(
        new ModelShelf(workshop.state().resolve("models"), workshop.checked().definition())
            .fit(version)
            .featuresSql());
  }

  private void assertAgrees(Workshop workshop, String id) {
    DecisionAudit.Rebuilt rebuilt =
        DecisionAudit.of(
            workshop.checked(),
            workshop.state(),
            folder.resolve("scratch-" + id),
            id,
            Progress.SILENT);
    assertThat(rebuilt.comparisons()).as(id).allMatch(DecisionAudit.Comparison::agrees);
  }

  @Test
  void letsAModelOfOtherFeaturesServeAndKeepsHistoryAndLiveEqual() {
    Workshop workshop = workshop();
    replayUntil(workshop, CHANGE);
    workshop.withFeatures("SELECT tx_id,\n", "SELECT tx_id,\n" + AMOUNT);
    Parity parity;
    long decisions;
    try (Factory factory = workshop.open();
        ArrivalStream arrivals = factory.arrivals()) {
      replay(factory, arrivals, Workshop.build(factory, arrivals), Workshop.END.plusDays(9));
      parity = factory.parity(Progress.SILENT);
      decisions = factory.status().decisions();
      DecisionView last = factory.find("1650").orElseThrow();
      assertThat(last.features()).extracting(DecisionView.Field::name).contains("amount");
      assertThat(factory.find("900").orElseThrow().features())
          .extracting(DecisionView.Field::name)
          .doesNotContain("amount");
    }
    List<Control.ViewOpened> opened = controls(Control.ViewOpened.class);
    assertThat(opened).hasSize(2);
    assertThat(opened.getLast().reason()).isEqualTo("features.sql was changed");
    assertThat(controls(Control.ViewReady.class).getLast().observations()).isGreaterThan(900);
    Control.Promoted last = controls(Control.Promoted.class).getLast();
    assertThat(viewOf(workshop, last.model())).isEqualTo(opened.getLast().view());
    assertThat(parity.mismatches()).isZero();
    assertThat(parity.events()).isGreaterThan(decisions);
    for (String id : List.of("900", "1100", "1400", "1650")) {
      assertAgrees(workshop, id);
    }
  }

  @Test
  void computesAProposedQueryBesideTheServing() throws IOException {
    Workshop workshop = workshop();
    AtomicBoolean proposed = new AtomicBoolean();
    long change = Workshop.instant(CHANGE).toEpochMilli();
    try (Factory factory = workshop.open()) {
      String sql = Files.readString(folder.resolve("features.sql"));
      workshop.runLive(
          factory,
          at -> {
            if (at >= change && proposed.compareAndSet(false, true)) {
              JobCost cost =
                  factory.proposeFeatures(
                      sql.replace("SELECT tx_id,\n", "SELECT tx_id,\n" + AMOUNT), "amounts", "ada");
              assertThat(cost.rows()).isGreaterThan(900);
            }
            await(factory);
          });
      assertThat(factory.parity(Progress.SILENT).mismatches()).isZero();
    }
    Control.ViewOpened opened = controls(Control.ViewOpened.class).getLast();
    assertThat(opened.by()).isEqualTo("ada");
    assertThat(controls(Control.ViewReady.class).getLast().view()).isEqualTo(opened.view());
    assertThat(viewOf(workshop, controls(Control.Promoted.class).getLast().model()))
        .isEqualTo(opened.view());
  }

  /// Live work goes on by itself; here it waits, so that the days do not run away from it.
  private static void await(Factory factory) {
    while (!factory.jobs().isEmpty()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void beginsAnewWhatACrashCutOff() {
    Workshop workshop = workshop();
    replayUntil(workshop, CHANGE);
    workshop.withFeatures("SELECT tx_id,\n", "SELECT tx_id,\n" + AMOUNT);
    try (Factory factory = workshop.open()) {
      factory.buildFeatures(Progress.SILENT);
    }
    assertThat(controls(Control.ViewOpened.class)).hasSize(2);
    assertThat(controls(Control.ViewReady.class)).hasSize(1);
    try (Factory factory = workshop.open()) {
      factory.buildFeatures(Progress.SILENT);
      factory.goOn();
      await(factory);
    }
    assertThat(controls(Control.ViewOpened.class)).hasSize(2);
    assertThat(controls(Control.ViewReady.class)).hasSize(2);
  }

  @Test
  void letsGoOfAViewThatIsWithdrawnAndDoesNotTakeItUpAgain() {
    Workshop workshop = workshop();
    replayUntil(workshop, CHANGE);
    workshop.withFeatures("SELECT tx_id,\n", "SELECT tx_id,\n" + AMOUNT);
    String before = controls(Control.ViewOpened.class).getFirst().view();
    try (Factory factory = workshop.open()) {
      factory.buildFeatures(Progress.SILENT);
      factory.withdrawFeatures("not now", "ada");
      assertThatThrownBy(() -> factory.withdrawFeatures("not now", "ada"))
          .hasMessageContaining("challengers are fitted on the champion's features already");
    }
    replayUntil(workshop, CHANGE.plusDays(4));
    assertThat(controls(Control.ViewOpened.class).getLast().view()).isEqualTo(before);
    assertThat(controls(Control.ViewClosed.class)).hasSize(1);
    assertThat(controls(Control.ViewReady.class)).hasSize(1);
  }

  @Test
  void saysHowLongAModelOfAColdViewTakesAndWarmsItOnRequest() {
    Workshop workshop = workshop().withFactory("least-gain: 0}", "least-gain: 0, keep-warm: 0d}");
    replayUntil(workshop, CHANGE);
    workshop.withFeatures("SELECT tx_id,\n", "SELECT tx_id,\n" + AMOUNT);
    replayUntil(workshop, CHANGE.plusDays(5));
    String second = controls(Control.Promoted.class).getLast().model();
    assertThat(viewOf(workshop, second))
        .isEqualTo(controls(Control.ViewOpened.class).getLast().view());
    String first = controls(Control.Promoted.class).getFirst().model();
    workshop.withFeatures("INTERVAL '3' DAY", "INTERVAL '4' DAY");
    try (Factory factory = workshop.open()) {
      factory.buildFeatures(Progress.SILENT);
      factory.goOn();
      await(factory);
      factory.promote(first, "back to the beginning", "ada");
      String day = Workshop.START.plusDays(22).toString();
      Workshop.submit(
          factory, List.of(Workshop.live(factory, "payments", "9001", day, "1", "1", "10.00")));
    }
    assertThat(controls(Control.ViewClosed.class)).hasSize(1);
    try (Factory factory = workshop.open()) {
      factory.buildFeatures(Progress.SILENT);
      factory.goOn();
      assertThatThrownBy(() -> factory.promote(second, "it was better", "ada"))
          .isInstanceOfSatisfying(
              CromfordException.class,
              refused -> assertThat(refused.code()).isEqualTo(ErrorCode.STATE_CONFLICT))
          .hasMessageContaining("whose features are not computed now; for 1,")
          .hasMessageContaining("\nMaybe `cromford features propose --model");
      factory.proposeFeaturesOf(second, "to have it back", "ada");
      await(factory);
      assertThat(factory.promote(second, "it was better", "ada").model()).isEqualTo(second);
    }
  }
}
