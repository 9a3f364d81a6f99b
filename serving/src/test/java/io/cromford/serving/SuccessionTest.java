package io.cromford.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.core.Progress;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuccessionTest {
  @TempDir private Path folder;

  private Workshop workshop(String promote) {
    return new Workshop(folder)
        .withFactory("promote: auto", "promote: " + promote)
        .write(Workshop.payments(1));
  }

  private ModelHistory history() {
    return ModelHistory.of(folder.resolve("state"));
  }

  private static void assertRefused(ThrowingCallable call, ErrorCode code, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            CromfordException.class, refused -> assertThat(refused.code()).isEqualTo(code))
        .hasMessageContaining(message)
        .hasMessageContaining("\nMaybe ");
  }

  @Test
  void proposesWhatPassedAndServesItOnceAPersonSaysSo() {
    Workshop workshop = workshop("propose");
    try (Factory factory = workshop.open()) {
      Workshop.run(factory);
      assertThat(history().promotions()).extracting(Promotion::by).containsExactly("factory");
      ModelHistory.Proposal proposal = history().proposed().orElseThrow();
      assertThat(proposal.model()).isNotEqualTo(proposal.judged());
      FactoryReport report = factory.report();
      assertThat(report.training().proposed())
          .isNotNull()
          .extracting(FactoryReport.Proposal::model)
          .isEqualTo(proposal.model());
      assertThat(report.page(null).html()).contains("waits for a person");
      String first = history().champion().orElseThrow().model();

      Promotion promoted = factory.promote("", "its alerts look right", "ada");
      assertThat(promoted.model()).isEqualTo(proposal.model());
      assertThat(factory.status().champion()).isEqualTo(proposal.model());
      assertThat(history().proposed()).isEmpty();
      assertThat(factory.report().training().proposed()).isNull();
      assertThat(history().champion()).contains(promoted);
      assertRefused(
          () -> factory.promote("", "again", "ada"),
          ErrorCode.STATE_CONFLICT,
          "no model is proposed");
      assertRefused(
          () -> factory.promote(proposal.model(), "again", "ada"),
          ErrorCode.STATE_CONFLICT,
          "serves already");

      Promotion back = factory.rollBack("too many calls", "grace");
      assertThat(back.model()).isEqualTo(first);
      assertThat(back.by()).isEqualTo("grace");
      assertThat(factory.status().champion()).isEqualTo(first);
    }
    try (Factory again = workshop.open()) {
      assertThat(again.status().champion()).isEqualTo(history().champion().orElseThrow().model());
      assertThat(history().promotions())
          .extracting(Promotion::reason)
          .containsExactly("the first model", "its alerts look right", "too many calls");
    }
  }

  @Test
  void takesTheChallengerOfAProposalForItsRefit() {
    try (Factory factory = workshop("propose").open()) {
      Workshop.run(factory);
      ModelHistory.Proposal proposal = history().proposed().orElseThrow();
      Promotion promoted = factory.promote(proposal.judged().substring(0, 12), "as judged", "ada");
      assertThat(promoted.model()).isEqualTo(proposal.model());
      assertThat(promoted.judged()).isEqualTo(proposal.judged());
    }
  }

  @Test
  void goesOnDecidingWithAboutAsManyAlerts() {
    try (Factory factory = workshop("propose").open()) {
      Workshop.run(factory);
      factory.promote("", "now", "ada");
      factory.goOn();
      Result result =
          Workshop.submit(
                  factory,
                  List.of(
                      Workshop.live(
                          factory, "payments", "99999", "2018-04-28T23:59:00", "1", "1", "5.00")))
              .getFirst();
      assertThat(result)
          .isInstanceOfSatisfying(
              Result.Decided.class,
              decided -> assertThat(decided.decision().threshold()).isBetween(0.0, 1.0));
    }
  }

  @Test
  void refusesWhatCannotServe() {
    Workshop workshop = workshop("never");
    try (Factory factory = workshop.open()) {
      assertRefused(
          () -> factory.promote("", "why not", "ada"), ErrorCode.UNAVAILABLE, "not built yet");
      factory.buildFeatures(Progress.SILENT);
      assertRefused(
          () -> factory.rollBack("why not", "ada"), ErrorCode.STATE_CONFLICT, "no model serves");
      Workshop.goLive(factory);
      assertRefused(
          () -> factory.rollBack("why not", "ada"),
          ErrorCode.STATE_CONFLICT,
          "no other model served before");
      assertRefused(
          () -> factory.promote("fff", "why not", "ada"), ErrorCode.NOT_FOUND, "starts with `fff`");
    }
  }
}
