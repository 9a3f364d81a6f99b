package io.cromford.serving;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/// What persons do about the policies: checks what is asked, and gives the control record that says
/// it. For the thread that owns the folds.
final class PolicyDesk {
  private final FactoryState state;
  private final PolicyBook book;
  private final IntFunction<Map<String, List<Double>>> dailyScores;
  private final long now;

  /// @param dailyScores as of [PolicyApproval], by the number of alerts a day
  /// @param now the factory time
  PolicyDesk(FactoryState state, IntFunction<Map<String, List<Double>>> dailyScores, long now) {
    this.state = state;
    this.book = state.policyBook();
    this.dailyScores = dailyScores;
    this.now = now;
  }

  /// A proposal, for another person to approve.
  ///
  /// @throws CromfordException STATE_CONFLICT if nothing would be otherwise, or something is
  ///   proposed already
  Control.PolicyProposed propose(PolicyChange wanted, Wish wish) {
    hold(wish);
    book.proposal()
        .ifPresent(open -> {
          throw conflict(
              "%s is proposed already by %s: %s"
                  .formatted(open.to().words(open.from()), open.by(), open.reason()),
              "approve it or withdraw it first: `cromford policy list` shows it");
        });
    Policies holding = state.policies();
    Policies then = wanted.on(holding);
    PolicyChange to = PolicyChange.between(holding, then);
    if (to.isNothing()) {
      throw conflict("that is how it is already", "`cromford policy list` shows what holds");
    }
    return new Control.PolicyProposed(
        then.version(), to.asIn(holding), to, now, wish.reason(), wish.by());
  }

  /// A person's no to what is proposed.
  Control.PolicyWithdrawn withdraw(String version, Wish wish) {
    hold(wish);
    Control.PolicyProposed open = open(version);
    return new Control.PolicyWithdrawn(open.version(), now, wish.reason(), wish.by());
  }

  /// Another person's yes to what is proposed.
  ///
  /// @throws CromfordException STATE_CONFLICT if nothing is, or by the same person
  Control.Configured approve(String version, Wish wish) {
    hold(wish);
    Control.PolicyProposed open = open(version);
    if (Approval.isSame(open.by(), wish.by())) {
      throw conflict(
          "%s was proposed by %s, who cannot approve it too"
              .formatted(open.to().words(open.from()), wish.by()),
          "ask somebody else to `cromford policy approve` it");
    }
    String reason =
        "%s, approved by %s: %s; proposed by %s: %s"
            .formatted(
                open.to().words(open.from()), wish.by(), wish.reason(), open.by(), open.reason());
    return configured(open.to(), reason, Optional.of(open.by()), wish);
  }

  /// The last approval is taken back.
  ///
  /// @throws CromfordException STATE_CONFLICT if none holds
  Control.Configured rollBack(Wish wish) {
    hold(wish);
    PolicyChange before =
        book.undone()
            .orElseThrow(() ->
                conflict(
                    "nothing that a person approved holds against the factory file",
                    "`cromford policy propose` something else"));
    String reason =
        "%s, rolled back by %s: %s"
            .formatted(before.words(before.asIn(state.policies())), wish.by(), wish.reason());
    return configured(before, reason, Optional.empty(), wish);
  }

  private Control.Configured configured(
      PolicyChange change, String reason, Optional<String> proposer, Wish wish) {
    Policies then = change.on(state.policies());
    Map<String, List<Double>> scores =
        change.alertsPerDay() == null ? Map.of() : dailyScores.apply(change.alertsPerDay());
    return new Control.Configured(
        now,
        then.version(),
        then,
        reason,
        then.equals(book.file()) ? null : book.file(),
        new PolicyApproval(wish.by(), proposer.orElse(null), scores));
  }

  private void hold(Wish wish) {
    Succession.requireReason(wish.reason());
    book.steering().requireSeen(wish.seen());
  }

  private Control.PolicyProposed open(String version) {
    Control.PolicyProposed open =
        book.proposal()
            .orElseThrow(() ->
                conflict(
                    "no other policies are proposed",
                    "`cromford policy propose` some, or look at `cromford policy list`"));
    if (!open.version().startsWith(version)) {
      throw conflict(
          "`%s` is not proposed".formatted(version),
          "it is another version: %.12s".formatted(open.version()));
    }
    return open;
  }

  private static CromfordException conflict(String what, String advice) {
    return new CromfordException(ErrorCode.STATE_CONFLICT, what + ".\nMaybe " + advice + ".");
  }
}
