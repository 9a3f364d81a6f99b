package io.cromford.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class InsightTest {
  @TempDir private Path folder;

  private Workshop workshop(String promote) {
    return new Workshop(folder)
        .withFactory("promote: auto", "promote: " + promote)
        .write(Workshop.payments(1));
  }

  /// Asks until the intervals are reckoned.
  private static WeeksView settled(Factory factory) {
    WeeksView view = factory.weeks();
    while (view.pending() > 0) {
      Thread.onSpinWait();
      view = factory.weeks();
    }
    return view;
  }

  @Test
  void saysOfTheWeeksWhatTheReportSays() {
    try (Factory factory = workshop("auto").open()) {
      assertThat(factory.weeks()).isEqualTo(WeeksView.NONE);
      Workshop.run(factory);
      WeeksView view = settled(factory);
      FactoryReport.Live live = factory.report().live();
      assertThat(live).isNotNull();
      List<FactoryReport.Week> counted =
          live.weeks().stream().filter(FactoryReport.Week::counted).toList();
      assertThat(view.closed()).isNotEmpty().hasSize(counted.size());
      assertThat(view.open()).hasSize(live.open().size());
      WeeksView.Closed last = view.closed().getFirst();
      FactoryReport.Week reported = counted.getLast();
      assertThat(last.week().number()).isEqualTo(reported.week());
      assertThat(last.figures()).isNotNull();
      assertThat(last.figures().saved().learning().value()).isEqualTo(reported.saved());
      assertThat(last.figures().saved().frozen().value()).isEqualTo(reported.frozenSaved());
      assertThat(view.worth()).isNotNull();
      assertThat(view.worth().averagePrecision().difference().value())
          .isEqualTo(live.difference().mean());
    }
  }

  @Test
  void explainsWhatWasMissed() {
    try (Factory factory = workshop("auto").open()) {
      assertThat(factory.missed(0)).isEqualTo(MissedView.NONE);
      Workshop.run(factory);
      MissedView view = factory.missed(0);
      assertThat(view.week()).isNotNull();
      assertThat(view.week().isClosed()).isTrue();
      assertThat(view.missedMost())
          .isNotEmpty()
          .allSatisfy(one -> {
            assertThat(one.decision().action()).isEqualTo(Action.PASS);
            assertThat(one.decision().score()).isLessThan(one.decision().threshold());
            assertThat(one.away()).allSatisfy(pull -> assertThat(pull.contribution()).isNegative());
            assertThat(one.event()).extracting(DecisionView.Field::name).contains("amount");
          });
      assertThat(view.missedMost()).anySatisfy(one -> assertThat(one.towards()).isNotEmpty());
      assertThat(view.disturbedMost())
          .allSatisfy(one -> assertThat(one.decision().action()).isEqualTo(Action.ALERT));
      assertThatThrownBy(() -> factory.missed(99))
          .isInstanceOfSatisfying(
              CromfordException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND))
          .hasMessageContaining("no decisions of week 99.\nMaybe ");
      assertThat(factory.whatIf().whatIf().points())
          .isNotEmpty()
          .extracting(WhatIfView -> WhatIfView.alertsPerDay())
          .contains(2);
    }
  }

  @Test
  void showsEachVersionWithItsCurvesBesideWhomItWasHeldAgainst() {
    try (Factory factory = workshop("propose").open()) {
      Workshop.run(factory);
      ModelsView view = factory.models();
      String champion = view.now().champion();
      ModelHistory.Proposal proposal = view.now().proposed().orElseThrow();
      assertThat(roles(view, champion)).containsExactly("champion", "frozen");
      assertThat(roles(view, proposal.model())).contains("proposed");
      assertThat(view.judgements()).isNotEmpty();

      ModelView refit = factory.model(proposal.model().substring(0, 12));
      assertThat(refit.evaluation()).isNotNull();
      assertThat(refit.evaluation().of()).isEqualTo(proposal.judged());
      JsonNode drawn = Control.JSON.readTree(refit.evaluation().json());
      assertThat(drawn.at("/opponent/version").asString()).isEqualTo(champion);
      assertThat(drawn.at("/model/average_precision").asDouble())
          .isEqualTo(refit.judgement().orElseThrow().overall().challengerAp());
      assertThat(drawn.at("/opponent/average_precision").asDouble())
          .isEqualTo(refit.judgement().orElseThrow().overall().championAp());
      assertThat(drawn.at("/model/precision_recall").size()).isBetween(2, 125);
      assertThat(drawn.at("/importance/features")).isNotEmpty();

      ModelView first = factory.model("champion");
      assertThat(first.evaluation()).isNotNull();
      assertThat(first.dossier().live()).isNotNull();
      assertThat(first.dossier().about().name()).isEqualTo("workshop");
      String rules =
          view.models().stream()
              .filter(line -> line.roles().contains("last-resort"))
              .map(line -> line.run().model())
              .findFirst()
              .orElseThrow();
      assertThat(factory.model(rules).evaluation()).as("nobody judged rules").isNull();
    }
  }

  private static List<String> roles(ModelsView view, String version) {
    return view.models().stream()
        .filter(line -> line.run().model().equals(version))
        .findFirst()
        .orElseThrow()
        .roles();
  }

  @Test
  void refusesToOverruleWhatSomebodyElseDidMeanwhile() {
    Workshop workshop = workshop("propose");
    String revision;
    try (Factory factory = workshop.open()) {
      Workshop.run(factory);
      String seen = factory.models().revision();
      ModelHistory.Proposal proposal = factory.models().now().proposed().orElseThrow();
      factory.promote("", new Wish("it looks right", "ada", seen));
      for (Runnable late :
          List.<Runnable>of(
              () -> factory.promote("", new Wish("mine", "grace", seen)),
              () -> factory.rollBack(new Wish("mine", "grace", seen)),
              () -> factory.reject("", new Wish("mine", "grace", seen)),
              () -> factory.promote("", new Wish("mine", "grace", "99999")))) {
        assertThatThrownBy(late::run)
            .isInstanceOfSatisfying(
                CromfordException.class,
                e -> assertThat(e.code()).isEqualTo(ErrorCode.CHANGED_MEANWHILE))
            .hasMessageContaining("has changed since you looked: ")
            .hasMessageContaining(".\nMaybe look again");
      }
      assertThatThrownBy(() -> factory.rollBack(new Wish("mine", "grace", seen)))
          .hasMessageContaining("promoted %.12s".formatted(proposal.model()))
          .hasMessageContaining("by ada: it looks right");
      assertThat(factory.status().champion()).isEqualTo(proposal.model());
      revision = factory.models().revision();
      assertThat(revision).isNotEqualTo(seen);
    }
    try (Factory again = workshop.open()) {
      assertThat(again.models().revision()).as("a fold over the ledger").isEqualTo(revision);
    }
  }

  @Test
  void takesAPersonsNoToAProposal() {
    Workshop workshop = workshop("propose");
    try (Factory factory = workshop.open()) {
      Workshop.run(factory);
      String champion = factory.status().champion();
      ModelHistory.Proposal proposal = factory.models().now().proposed().orElseThrow();
      assertThatThrownBy(() -> factory.reject(champion, new Wish("no", "ada")))
          .isInstanceOfSatisfying(
              CromfordException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.STATE_CONFLICT))
          .hasMessageContaining("neither proposed nor on its way.\nMaybe ");
      assertThatThrownBy(() -> factory.reject("", new Wish(" ", "ada")))
          .hasMessageContaining("the reason is empty");
      assertThat(factory.reject(proposal.judged(), new Wish("too bold", "ada")))
          .isEqualTo(proposal.model());
      ModelsView after = factory.models();
      assertThat(after.now().proposed()).isEmpty();
      assertThat(roles(after, proposal.model())).containsExactly("rejected");
      assertThat(after.now().champion()).isEqualTo(champion);
      String underway = after.now().candidate().orElseThrow().model();
      assertThat(factory.reject("", new Wish("that one too", "ada"))).isEqualTo(underway);
      assertThat(factory.models().now().candidate()).isEmpty();
      assertThatThrownBy(() -> factory.reject("", new Wish("no", "ada")))
          .hasMessageContaining("no model is proposed or on its way.\nMaybe ");
      factory.promote(proposal.model(), "we need it", "grace");
      ModelHistory history = ModelHistory.of(workshop.state());
      assertThat(history.overrides().getLast().aside())
          .containsExactly("it was rejected by ada: too bold");
    }
  }
}
