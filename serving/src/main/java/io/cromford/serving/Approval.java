package io.cromford.serving;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.flywheel.AlarmBook;
import io.cromford.flywheel.Envelope;
import io.cromford.serving.definition.FlywheelDefinition;
import io.cromford.serving.definition.FlywheelDefinition.Promote;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Who may let a model serve: the factory within the approved envelope, outside it a person, and of
/// what a person proposed another one. What a person lets serve against the factory's own checks is
/// an override, and on record.
final class Approval {
  private Approval() {}

  /// Why whoever passed may not begin its way without a person; empty if it may.
  ///
  /// @param turn in which it passed
  /// @param champion the version that it was judged against
  static List<String> outside(
      FlywheelDefinition flywheel,
      Loop.Turn turn,
      Loop.Passed passed,
      ModelShelf shelf,
      String champion,
      long atMillis) {
    Envelope envelope = flywheel.envelope();
    if (envelope == null || flywheel.promote() != Promote.AUTO) {
      return List.of();
    }
    Map<String, Optional<Double>> segments = new TreeMap<>();
    Control.Trained fit = null;
    for (Control control : turn.controls()) {
      if (control instanceof Control.Judged judged && judged.challenger().equals(passed.judged())) {
        judged.segments().forEach(on -> segments.put(on.segment(), Optional.ofNullable(on.gain())));
      } else if (control instanceof Control.Trained trained
          && trained.model().equals(passed.version())) {
        fit = trained;
      }
    }
    if (fit == null) {
      throw new IllegalStateException("who passed was not trained in this turn");
    }
    return envelope.outside(
        new Envelope.Challenger(
            fit.learner(),
            fit.parameters(),
            view(shelf, passed.version()),
            view(shelf, champion),
            segments),
        atMillis);
  }

  private static String view(ModelShelf shelf, String version) {
    return ModelShelf.sha256(shelf.fit(version).featuresSql());
  }

  /// An alarm if the envelope has expired and nobody was told yet.
  static Optional<Control> expired(
      FlywheelDefinition flywheel, AlarmBook.Look alarms, long atMillis) {
    Envelope envelope = flywheel.envelope();
    boolean isOver =
        envelope != null
            && flywheel.promote() == Promote.AUTO
            && envelope.isExpired(atMillis)
            && alarms.open().stream()
                .noneMatch(alarm -> alarm.key().equals(AlarmKind.ENVELOPE_EXPIRED.key()));
    return isOver
        ? Optional.of(
            Control.Alarmed.of(
                atMillis,
                "the envelope of `promote: auto` has expired, so every challenger is proposed to a person.\nMaybe approve a new one in the factory file, `flywheel.envelope`.",
                AlarmKind.ENVELOPE_EXPIRED))
        : Optional.empty();
  }

  /// Holds the approval of a proposal to another person than who proposed it.
  ///
  /// @throws CromfordException STATE_CONFLICT if it is the same
  static void requireAnother(List<Control> controls, String model, String by) {
    proposal(controls, model)
        .filter(proposal -> isSame(proposal.proposer(), by))
        .ifPresent(_ -> {
          throw new CromfordException(
              ErrorCode.STATE_CONFLICT,
              "model %.12s was proposed by %s, who cannot approve it too.\nMaybe ask somebody else to `cromford models promote` it."
                  .formatted(model, by));
        });
  }

  /// Whether two names are one person's.
  static boolean isSame(String one, String other) {
    return one.strip().toLowerCase(Locale.ROOT).equals(other.strip().toLowerCase(Locale.ROOT));
  }

  /// The last proposal of a model that was not answered; empty if there is none.
  private static Optional<Control.Proposed> proposal(List<Control> controls, String model) {
    Optional<Control.Proposed> last = Optional.empty();
    for (Control control : controls) {
      if (control instanceof Control.Proposed proposed && proposed.model().equals(model)) {
        last = Optional.of(proposed);
      } else if (isAnswer(control, model)) {
        last = Optional.empty();
      }
    }
    return last;
  }

  private static boolean isAnswer(Control control, String model) {
    return (control instanceof Control.Promoted promoted && promoted.model().equals(model))
        || (control instanceof Control.Withdrawn withdrawn && withdrawn.model().equals(model));
  }

  /// What a person sets aside who lets a model serve; empty if nothing.
  ///
  /// @param judged the version that was judged in its place
  static List<String> setAside(List<Control> controls, String model, String judged) {
    List<String> aside = new ArrayList<>();
    boolean hasServed = false;
    boolean wasTakenBack = false;
    Optional<Control.Judged> verdict = Optional.empty();
    Optional<String> withdrawn = Optional.empty();
    for (Control control : controls) {
      switch (control) {
        case Control.Judged j when j.challenger().equals(judged) -> verdict = Optional.of(j);
        case Control.Promoted p when p.model().equals(model) -> hasServed = true;
        case Control.Breached b when b.model().equals(model) -> wasTakenBack = true;
        case Control.Shadowed s when s.model().equals(model) -> withdrawn = Optional.empty();
        case Control.Withdrawn w when w.model().equals(model) -> withdrawn = Optional.of(w.words());
        default -> {}
      }
    }
    if (verdict.isEmpty() && !hasServed) {
      aside.add("it was never judged");
    }
    verdict
        .filter(v -> !v.passed())
        .ifPresent(v -> aside.add("it did not pass the gate: " + v.reason()));
    withdrawn.ifPresent(aside::add);
    if (wasTakenBack) {
      aside.add("it was taken back before");
    }
    proposal(controls, model)
        .filter(proposal -> !proposal.bounds().isEmpty())
        .ifPresent(p -> aside.add("outside the envelope: " + String.join("; ", p.bounds())));
    return aside;
  }
}
