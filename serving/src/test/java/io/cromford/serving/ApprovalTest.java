package io.cromford.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.flywheel.AlarmState;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApprovalTest {
  private static final String AB = "ab".repeat(32);

  @TempDir private Path folder;

  private Workshop workshop(String envelope) {
    return new Workshop(folder)
        .withFactory("promote: auto", "promote: auto, envelope: {%s}".formatted(envelope))
        .write(Workshop.payments(1));
  }

  private ModelHistory history() {
    return ModelHistory.of(folder.resolve("state"));
  }

  private static Control.Judged judged(boolean passed) {
    return new Control.Judged(1, AB, "cd", 0.5, 0.6, 0, 9, List.of(), passed, "a gain of 0.1");
  }

  private static Control.Proposed proposed(String by) {
    return new Control.Proposed(AB, AB, 2, "why", by, List.of());
  }

  @Test
  void promotesByItselfWithinTheEnvelope() {
    Workshop workshop =
        workshop(
            "learners: [logistic], features: current, expires: 2018-06-01, approved-by: the board");
    try (Factory factory = workshop.open()) {
      Workshop.run(factory);
      assertThat(history().promotions()).hasSizeGreaterThan(1);
      assertThat(history().promotions()).extracting(Promotion::by).containsOnly("factory");
      assertThat(history().overrides()).isEmpty();
      assertThat(factory.alarms().book().open()).isEmpty();
    }
  }

  @Test
  void proposesWhatLiesOutsideAndAPersonOverrulesIt() {
    Workshop workshop = workshop("parameters: {cost: {from: 1000, to: 2000}}, expires: 2018-04-20");
    String model;
    try (Factory factory = workshop.open()) {
      Workshop.run(factory);
      assertThat(history().promotions()).hasSize(1);
      ModelHistory.Proposal proposal = history().proposed().orElseThrow();
      assertThat(proposal.by()).isEqualTo("factory");
      assertThat(proposal.outside())
          .hasSize(2)
          .anyMatch(reason -> reason.startsWith("`cost` is "))
          .contains("it expired on 2018-04-20T00:00:00Z");
      List<AlarmState> open = factory.alarms().book().open();
      assertThat(open).extracting(AlarmState::key).containsExactly("envelope/expired");
      assertThat(open.getFirst().count()).as("raised once").isEqualTo(1);

      model = factory.promote("", "the costs are fine", "ada").model();
      assertThat(model).isEqualTo(proposal.model());
      assertThat(history().overrides())
          .singleElement()
          .satisfies(override -> {
            assertThat(override.by()).isEqualTo("ada");
            assertThat(override.reason()).isEqualTo("the costs are fine");
            assertThat(override.aside().getFirst()).startsWith("outside the envelope: it expired");
          });
    }
    Workshop renewed = workshop.withFactory("expires: 2018-04-20", "expires: 2030-01-01");
    try (Factory again = renewed.open()) {
      assertThat(again.alarms().book().open()).isEmpty();
      assertThat(again.status().champion()).isEqualTo(model);
    }
    String dossier = Dossier.of(workshop.checked().definition().about(), workshop.state(), model);
    assertThat(dossier)
        .contains("override")
        .contains("by ada: the costs are fine; set aside: outside the envelope: ")
        .contains(
            "- Promotion: the factory lets serve what passes the gate within this envelope: cost from 1000.0 to 2000.0; until 2030-01-01T00:00:00Z; approved by nobody named")
        .contains("flywheel.envelope.expires: 2018-04-20T00:00:00Z → 2030-01-01T00:00:00Z");
  }

  @Test
  void whoProposesCannotApprove() {
    Workshop workshop =
        new Workshop(folder)
            .withFactory("promote: auto", "promote: never")
            .write(Workshop.payments(1));
    try (Factory factory = workshop.open()) {
      Workshop.run(factory);
      String lastResort =
          factory.report().training().runs().stream()
              .filter(run -> run.purpose().equals("last-resort"))
              .findFirst()
              .orElseThrow()
              .model();
      String serving = factory.status().champion();
      assertThatThrownBy(() -> factory.propose(serving, "why", "ada"))
          .hasMessageContaining("serves already");
      assertThatThrownBy(() -> factory.propose(lastResort, " ", "ada"))
          .hasMessageContaining("the reason is empty");
      assertThat(factory.propose(lastResort.substring(0, 12), "it is safe", "ada"))
          .isEqualTo(lastResort);
      assertThat(history().proposed().orElseThrow().by()).isEqualTo("ada");
      for (String version : List.of("", lastResort)) {
        assertThatThrownBy(() -> factory.promote(version, "yes", " Ada"))
            .isInstanceOfSatisfying(
                CromfordException.class,
                refused -> assertThat(refused.code()).isEqualTo(ErrorCode.STATE_CONFLICT))
            .hasMessageContaining("was proposed by")
            .hasMessageContaining("cannot approve it too.\nMaybe ask somebody else");
      }
      assertThat(factory.status().champion()).isEqualTo(serving);
      factory.promote("", "yes", "grace");
      assertThat(factory.status().champion()).isEqualTo(lastResort);
      assertThat(history().overrides().getFirst().aside()).containsExactly("it was never judged");
    }
  }

  @Test
  void namesEverythingThatIsSetAside() {
    Control.Promoted promoted =
        new Control.Promoted(AB, AB, 3, 4, List.of(), null, "better", "factory");
    assertThat(Approval.setAside(List.of(), AB, AB)).containsExactly("it was never judged");
    assertThat(Approval.setAside(List.of(judged(true), proposed(null)), AB, AB)).isEmpty();
    assertThat(Approval.setAside(List.of(judged(false)), AB, AB))
        .containsExactly("it did not pass the gate: a gain of 0.1");
    assertThat(Approval.setAside(List.of(promoted), AB, AB)).as("the first model").isEmpty();
    assertThat(
            Approval.setAside(
                List.of(
                    judged(true),
                    promoted,
                    new Control.Breached(AB, 4, 5, "it floods"),
                    Control.Withdrawn.of(AB, 6, "it floods again")),
                AB,
                AB))
        .containsExactly(
            "it was withdrawn on its way: it floods again", "it was taken back before");
  }

  @Test
  void aLaterProposalByAnotherMayBeApprovedByTheFirst() {
    Approval.requireAnother(List.of(proposed("ada"), proposed("grace")), AB, "ada");
    assertThatThrownBy(
            () -> Approval.requireAnother(List.of(proposed("grace"), proposed("ada")), AB, "ada"))
        .hasMessageContaining("was proposed by ada");
    Approval.requireAnother(List.of(proposed(null)), AB, "ada");
  }
}
