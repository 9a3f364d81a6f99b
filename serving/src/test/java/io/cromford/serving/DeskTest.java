package io.cromford.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.cromford.core.Column;
import io.cromford.core.ColumnType;
import io.cromford.core.Schema;
import io.cromford.features.sql.Catalog;
import io.cromford.flywheel.Rollout;
import io.cromford.model.LogisticModel;
import io.cromford.model.Model;
import io.cromford.model.RuleModel;
import io.cromford.serving.definition.DecisionDefinition;
import io.cromford.serving.definition.DecisionDefinition.CostsDefinition;
import io.cromford.serving.definition.DecisionDefinition.KnownPositives;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeskTest {
  private static final double INFINITE = Double.POSITIVE_INFINITY;
  private static final DecisionDefinition POLICY =
      new DecisionDefinition(
          "card",
          1,
          1,
          new KnownPositives.None(),
          null,
          new CostsDefinition("EUR", 5, new DecisionDefinition.Missed.Fixed(40)));

  /// Two features that are infinite make it infinity less infinity.
  private static final Model DIFFERENCE =
      new LogisticModel(new double[] {1, -1}, 0, new double[2], new double[] {1, 1});

  private static final Model LARGE = rule("a >= 100");
  private static final Model LARGER = rule("a >= 200");

  private static final Map<String, Model> MODELS =
      Map.of("last", LARGER, "large", LARGE, "difference", DIFFERENCE);

  private static final String QUERY = "SELECT";

  private final ViewBook views =
      new ViewBook(
          new Catalog(
              "payments",
              new Schema(
                  List.of(
                      new Column("id", ColumnType.BIGINT, false),
                      new Column("at", ColumnType.TIMESTAMP, false))),
              "id",
              "at",
              null));
  private final Desk desk = new Desk(POLICY, views);

  DeskTest() {
    views.take(
        new Control.ViewOpened(ModelShelf.sha256(QUERY), QUERY, 0, true, "the first", "factory"));
  }

  private static Model rule(String condition) {
    return new RuleModel(
        2, List.of(RuleModel.Condition.parse(condition, List.of("a", "b")).orElseThrow()));
  }

  private void control(Control control) {
    desk.control(control, version -> new ModelShelf.Fit(version, MODELS.get(version), QUERY), 0);
  }

  private void promote(String version, long formerUntil) {
    control(
        new Control.Promoted(
            version, version, 0, formerUntil, List.of(0.5), null, "it is good", "ada"));
  }

  private DecisionRecord decide(long card, double... features) {
    DecisionRecord decision =
        desk.decide(0, new double[][] {features}, new ServedFeatures.Facts(card, card, 1), 10);
    desk.decided(decision, new ServedFeatures.Facts(card, card, 1), 10);
    return decision;
  }

  private String answered(DecisionRecord decision) {
    return desk.crew().version(decision.answer().model());
  }

  private void lastResort() {
    control(
        new Control.Trained(
            "last", Control.Trained.LAST_RESORT, "rules", Map.of(), 0, 0, 0, 0, Map.of(), 0));
  }

  @Test
  void letsThePredecessorAnswerWhereTheChampionGivesNoProbability() {
    lastResort();
    promote("large", 0);
    promote("difference", 100);
    assertThat(answered(decide(1, 1, 1))).isEqualTo("difference");
    assertThat(desk.isSuspect(10)).isFalse();
    DecisionRecord decision = decide(2, INFINITE, INFINITE);
    assertThat(answered(decision)).isEqualTo("large");
    assertThat(decision.answer().action()).isEqualTo(Action.ALERT);
    assertThat(decision.beside()).hasSize(1);
    assertThat(decision.beside().getFirst().score()).isNaN();
    assertThat(desk.isSuspect(10)).isTrue();
    assertThat(DecisionRecord.decode(decision.encode()).beside()).isEqualTo(decision.beside());
  }

  @Test
  void letsTheLastResortAnswerWhereNobodyElseCan() {
    lastResort();
    promote("difference", 0);
    DecisionRecord decision = decide(1, INFINITE, INFINITE);
    assertThat(answered(decision)).isEqualTo("last");
    assertThat(decision.answer().threshold()).isEqualTo(RuleModel.THRESHOLD);
  }

  @Test
  void letsTheFormerGoWhenItIsKeptNoLonger() {
    lastResort();
    promote("large", 0);
    promote("difference", 5);
    assertThat(answered(decide(1, INFINITE, INFINITE))).isEqualTo("last");
    assertThat(desk.live(Rollout.Parity.NONE, false).former()).isEmpty();
  }

  @Test
  void givesACardOneAlertADayWhoeverAnswers() {
    lastResort();
    promote("large", 0);
    assertThat(decide(1, 150, 0).answer().action()).isEqualTo(Action.ALERT);
    promote("last", 100);
    assertThat(decide(1, 250, 0).answer().action()).isEqualTo(Action.ALERTED_BEFORE);
    assertThat(decide(2, 250, 0).answer().action()).isEqualTo(Action.ALERT);
    assertThat(desk.alerts()).isEqualTo(2);
  }

  @Test
  void forgetsACandidateThatIsWithdrawn() {
    lastResort();
    promote("large", 0);
    control(new Control.Shadowed("difference", "d", 0, 100, List.of(0.5), null, "a gain"));
    assertThat(decide(1, 1, 1).beside()).hasSize(1);
    control(Control.Withdrawn.of("difference", 0, "it floods"));
    assertThat(decide(1, 1, 1).beside()).isEmpty();
    assertThat(desk.candidate()).isEqualTo(Optional.empty());
  }
}
