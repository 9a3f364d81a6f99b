package io.cromford.serving;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.flywheel.AlertThreshold;
import io.cromford.model.Model;
import io.cromford.training.Folds.Span;
import io.cromford.training.Scored;
import io.cromford.training.Scorer;
import io.cromford.training.TrainingSet;
import java.util.List;

/// Promotions and rollbacks by a person's word: checks what is asked, and gives the control record
/// that says it. For the thread that owns the folds.
final class Succession {
  private static final long WEEK_MILLIS = AlertThreshold.DAYS * Scored.DAY_MILLIS;

  private final ModelHistory history;
  private final ModelShelf shelf;
  private final Trainer trainer;
  private final int alertsPerDay;

  /// @param trainer gives the last days' observations, which the threshold is set from
  Succession(ModelHistory history, ModelShelf shelf, Trainer trainer, int alertsPerDay) {
    this.history = history;
    this.shelf = shelf;
    this.trainer = trainer;
    this.alertsPerDay = alertsPerDay;
  }

  /// What came of a turn during which a person changed the champion or put the brake on: whom it
  /// would promote was judged against a model that no longer serves, or may not be promoted by
  /// itself, so it is only proposed.
  static List<Control> proposed(List<Control> turn) {
    return turn.stream().map(Succession::proposed).toList();
  }

  private static Control proposed(Control control) {
    return control instanceof Control.Promoted promoted
        ? new Control.Proposed(
            promoted.model(), promoted.judged(), promoted.atMillis(), promoted.reason())
        : control;
  }

  /// Who is to serve.
  private record Heir(String model, String judged) {}

  /// A promotion of a version, or of what is proposed if none is named.
  Control.Promoted promote(String version, long now, String reason, String by) {
    Heir heir = version.isEmpty() ? proposed() : named(version);
    String serving = history.champion().orElseThrow(Loop::notLive).model();
    if (heir.model.equals(serving)) {
      throw conflict(
          "model %.12s serves already".formatted(serving), "`cromford models list` shows others");
    }
    return promotion(heir, now, reason, by);
  }

  /// A promotion of the former champion.
  Control.Promoted rollBack(long now, String reason, String by) {
    Promotion serving = history.champion().orElseThrow(Loop::notLive);
    Promotion former =
        history
            .former()
            .orElseThrow(() ->
                conflict(
                    "no other model served before %.12s".formatted(serving.model()),
                    "`cromford models promote` takes any version of `cromford models list`"));
    return promotion(new Heir(former.model(), former.judged()), now, reason, by);
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
        .orElse(new Heir(id, id));
  }

  private Control.Promoted promotion(Heir heir, long now, String reason, String by) {
    requireReason(reason);
    Model model = shelf.model(heir.model);
    TrainingSet recent = recent(now);
    List<Double> daily =
        recent.size() == 0
            ? List.of()
            : AlertThreshold.dailyScores(Scorer.score(model, recent), alertsPerDay);
    return new Control.Promoted(heir.model, heir.judged, now, daily, reason, by);
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
  private TrainingSet recent(long now) {
    long last = Math.min(now, trainer.lastEvent());
    long midnight = Math.floorDiv(last, Scored.DAY_MILLIS) * Scored.DAY_MILLIS;
    TrainingSet full = trainer.known(new Span(midnight - WEEK_MILLIS, midnight)).rows();
    return full.size() > 0 ? full : trainer.known(new Span(midnight, last + 1)).rows();
  }

  private static CromfordException conflict(String what, String advice) {
    return new CromfordException(ErrorCode.STATE_CONFLICT, what + ".\nMaybe " + advice + ".");
  }
}
