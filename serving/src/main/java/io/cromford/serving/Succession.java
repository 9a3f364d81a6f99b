package io.cromford.serving;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.flywheel.AlertThreshold;
import io.cromford.flywheel.Rollout;
import io.cromford.training.Folds.Span;
import io.cromford.training.Scored;
import io.cromford.training.TrainingSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/// Promotions and rollbacks by a person's word: checks what is asked, and gives the control records
/// that say it. For the thread that owns the folds.
final class Succession {
  private static final long WEEK_MILLIS = AlertThreshold.DAYS * Scored.DAY_MILLIS;

  private final FactoryState state;
  private final ModelHistory history;
  private final ModelShelf shelf;
  private final Function<String, Trainer> trainers;

  /// @param trainers gives the last days' observations, which a threshold starts from, in the
  ///   features of a version
  Succession(FactoryState state, ModelShelf shelf, Function<String, Trainer> trainers) {
    this.state = state;
    this.history = ModelHistory.of(state.controls());
    this.shelf = shelf;
    this.trainers = trainers;
  }

  /// Who is to serve.
  private record Heir(String model, String judged) {}

  /// A promotion of a version, or of what is proposed if none is named.
  List<Control> promote(String version, long now, String reason, String by) {
    Heir heir = version.isEmpty() ? proposed() : named(version);
    String serving = history.champion().orElseThrow(Loop::notLive).model();
    if (heir.model.equals(serving)) {
      throw conflict(
          "model %.12s serves already".formatted(serving), "`cromford models list` shows others");
    }
    Approval.requireAnother(state.controls(), heir.model, by);
    List<Control> done = new ArrayList<>();
    List<String> aside = Approval.setAside(state.controls(), heir.model, heir.judged);
    if (!aside.isEmpty()) {
      done.add(new Control.Overridden(heir.model, now, aside, reason, by));
    }
    done.addAll(appointment(heir, now, reason, by));
    return done;
  }

  /// A proposal of a version, for another person to promote.
  ///
  /// @throws CromfordException STATE_CONFLICT if it serves, is on its way, or was fitted on
  ///   features that are not computed
  Control.Proposed propose(String version, long now, String reason, String by) {
    requireReason(reason);
    Heir heir = named(version);
    boolean serves = heir.model.equals(history.champion().orElseThrow(Loop::notLive).model());
    boolean isUnderway =
        state.rollout().candidate().filter(c -> c.version().equals(heir.model)).isPresent();
    if (serves || isUnderway) {
      throw conflict(
          "model %.12s %s".formatted(heir.model, serves ? "serves already" : "is on its way"),
          "`cromford models list` shows others");
    }
    var _ = trainers.apply(heir.model);
    return new Control.Proposed(heir.model, heir.judged, now, reason, by, null);
  }

  /// A person's no to what is proposed, or to who is on its way.
  ///
  /// @throws CromfordException STATE_CONFLICT if the version is neither
  Control.Withdrawn reject(String version, long now, String reason, String by) {
    requireReason(reason);
    List<String> open = new ArrayList<>();
    history.proposed().map(ModelHistory.Proposal::model).ifPresent(open::add);
    state.rollout().candidate().map(Rollout.Candidate::version).ifPresent(open::add);
    if (open.isEmpty()) {
      throw conflict(
          "no model is proposed or on its way", "`cromford models list` shows how they stand");
    }
    String model = version.isEmpty() ? open.getFirst() : heirOf(shelf.find(version));
    if (!open.contains(model)) {
      throw conflict(
          "model %.12s is neither proposed nor on its way".formatted(model),
          "it is another one: %.12s".formatted(open.getFirst()));
    }
    return new Control.Withdrawn(model, now, reason, by);
  }

  /// The refit that would serve in the place of who was judged.
  private String heirOf(String id) {
    return history
        .proposed()
        .filter(proposal -> proposal.judged().equals(id))
        .map(ModelHistory.Proposal::model)
        .or(() ->
            state
                .rollout()
                .candidate()
                .filter(candidate -> candidate.judged().equals(id))
                .map(Rollout.Candidate::version))
        .orElse(id);
  }

  /// A promotion of the former champion.
  List<Control> rollBack(long now, String reason, String by) {
    Promotion serving = history.champion().orElseThrow(Loop::notLive);
    Promotion former =
        history
            .former()
            .orElseThrow(() ->
                conflict(
                    "no other model served before %.12s".formatted(serving.model()),
                    "`cromford models promote` takes any version of `cromford models list`"));
    return appointment(new Heir(former.model(), former.judged()), now, reason, by);
  }

  /// Challengers go back to the champion's features.
  Control.ViewOpened withdrawal(long now, String reason, String by) {
    String serving = history.champion().orElseThrow(Loop::notLive).model();
    int own = state.views().of(shelf.fit(serving));
    if (own == state.views().latest()) {
      throw conflict(
          "challengers are fitted on the champion's features already",
          "`cromford features list` shows the views");
    }
    return state.views().reopening(own, now, reason, by);
  }

  private Heir proposed() {
    return history
        .proposed()
        .map(proposal -> new Heir(proposal.model(), proposal.judged()))
        .orElseThrow(() ->
            conflict("no model is proposed", "name a version: `cromford models list` has them"));
  }

  private Heir named(String prefix) {
    String id = shelf.find(prefix);
    return history
        .proposed()
        .filter(proposal -> proposal.judged().equals(id))
        .map(proposal -> new Heir(proposal.model(), proposal.judged()))
        .orElseGet(() -> new Heir(id, shelf.judgedAs(id)));
  }

  private List<Control> appointment(Heir heir, long now, String reason, String by) {
    requireReason(reason);
    Rollout.Rule rule = state.policies().flywheel().rollout();
    Rollout.Decision decision =
        state.rollout().on(new Rollout.Event.Appointed(now, heir.model, heir.judged, reason), rule);
    return new Steps(version -> entrance(version, now), rule.share(), by).records(decision.steps());
  }

  private Entrance entrance(String version, long now) {
    return state.desk().isSeated(version)
        ? Entrance.NONE
        : entrance(version, state.policies().decision().alertsPerDay(), now);
  }

  private Entrance entrance(String version, int alertsPerDay, long now) {
    return Entrance.of(shelf.model(version), recent(trainers.apply(version), now), alertsPerDay);
  }

  /// The alert scores of the last days at another number of alerts a day, of each model whose
  /// threshold follows from them.
  Map<String, List<Double>> dailyScores(int alertsPerDay, long now) {
    Map<String, List<Double>> scores = new TreeMap<>();
    for (String version : state.desk().versionsWithThreshold()) {
      List<Double> days = entrance(version, alertsPerDay, now).dailyScores();
      if (!days.isEmpty()) {
        scores.put(version, days);
      }
    }
    return scores;
  }

  /// Holds a person to saying why.
  ///
  /// @throws CromfordException USAGE if nothing is said
  static void requireReason(String reason) {
    if (reason.isBlank()) {
      throw new CromfordException(
          ErrorCode.USAGE,
          "the reason is empty.\nMaybe say it in a few words: it stays on record.");
    }
  }

  /// The observations of the last full days; if there is none, of the day that is not over.
  private static TrainingSet recent(Trainer trainer, long now) {
    long last = Math.min(now, trainer.lastEvent());
    long midnight = Math.floorDiv(last, Scored.DAY_MILLIS) * Scored.DAY_MILLIS;
    TrainingSet full = trainer.known(new Span(midnight - WEEK_MILLIS, midnight)).rows();
    return full.size() > 0 ? full : trainer.known(new Span(midnight, last + 1)).rows();
  }

  private static CromfordException conflict(String what, String advice) {
    return new CromfordException(ErrorCode.STATE_CONFLICT, what + ".\nMaybe " + advice + ".");
  }
}
