package io.cromford.serving;

import io.cromford.flywheel.Rollout;
import io.cromford.flywheel.ServiceHistory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Who served when and why, and what is proposed: a fold over a factory's control records.
///
/// @param promotions in order; the last serves
/// @param challenger the version that is on its way to serve, or else the one that was last held
///   against the champion; empty if none was since it took over
/// @param proposed what a person is asked to promote; empty if nothing is
/// @param brake what stops the factory from doing so by itself; empty if nothing does
/// @param overrides what persons let serve against what the factory found
/// @param rollout who serves, who is on the way and who stands behind; empty before go-live
public record ModelHistory(
    List<Promotion> promotions,
    Optional<String> challenger,
    Optional<Proposal> proposed,
    Optional<Brake> brake,
    List<Overruled> overrides,
    Optional<Rollout> rollout) {
  /// Copies the lists.
  public ModelHistory {
    promotions = List.copyOf(promotions);
    overrides = List.copyOf(overrides);
  }

  /// What a person let serve against what the factory found.
  ///
  /// @param model the version
  /// @param at the factory time of it
  /// @param aside what was set aside, in words
  /// @param reason why, in words
  /// @param by who did it
  public record Overruled(String model, Instant at, List<String> aside, String reason, String by) {
    static Overruled of(Control.Overridden said) {
      return new Overruled(
          said.model(),
          Instant.ofEpochMilli(said.atMillis()),
          said.aside(),
          said.reason(),
          said.by());
    }
  }

  /// A model that waits for a person's word.
  ///
  /// @param model the version that would serve: the challenger's recipe, fitted up to now
  /// @param judged the challenger that was judged
  /// @param at the factory time of it
  /// @param reason what the gate said, or who proposes it
  /// @param by `factory`, or the name of who proposes it, and so cannot approve it
  /// @param outside why it lies outside the approved envelope; empty if it does not
  public record Proposal(
      String model, String judged, Instant at, String reason, String by, List<String> outside) {
    static Proposal of(Control.Proposed said) {
      return new Proposal(
          said.model(),
          said.judged(),
          Instant.ofEpochMilli(said.atMillis()),
          said.reason(),
          said.proposer(),
          said.bounds());
    }
  }

  /// Reads the history beside a running factory or without one.
  ///
  /// @throws io.cromford.core.CromfordException NOT_FOUND if there is no ledger
  public static ModelHistory of(Path stateFolder) {
    List<Control> controls = new ArrayList<>();
    Control.forEach(stateFolder, (_, control) -> controls.add(control));
    return of(controls);
  }

  /// A later proposal takes the place of an earlier one; a promotion or a rejection answers it.
  static ModelHistory of(List<Control> controls) {
    List<Promotion> promotions = new ArrayList<>();
    List<Overruled> overrides = new ArrayList<>();
    Optional<String> challenger = Optional.empty();
    Optional<Proposal> proposed = Optional.empty();
    Optional<Rollout> rollout = Optional.empty();
    for (Control control : controls) {
      if (control instanceof Control.Trained trained && trained.isLastResort()) {
        rollout = Optional.of(Rollout.start(trained.model()));
      }
      rollout = after(rollout, control);
      if (control instanceof Control.Promoted promoted) {
        promotions.add(Promotion.of(promoted));
        challenger = Optional.empty();
        proposed = Optional.empty();
      } else if (control instanceof Control.Judged judged) {
        challenger = Optional.of(judged.challenger());
      } else if (control instanceof Control.Proposed proposal) {
        proposed = Optional.of(Proposal.of(proposal));
      } else if (control instanceof Control.Withdrawn withdrawn) {
        proposed = proposed.filter(open -> !open.model().equals(withdrawn.model()));
      } else if (control instanceof Control.Overridden overridden) {
        overrides.add(Overruled.of(overridden));
      }
    }
    Optional<String> underway = rollout.flatMap(Rollout::candidate).map(Rollout.Candidate::version);
    return new ModelHistory(
        promotions,
        underway.isPresent() ? underway : challenger,
        proposed,
        Brake.of(controls),
        overrides,
        rollout);
  }

  private static Optional<Rollout> after(Optional<Rollout> rollout, Control control) {
    return rollout.map(before -> control.step().map(before::after).orElse(before));
  }

  /// The champion; empty before go-live.
  public Optional<Promotion> champion() {
    return promotions.isEmpty() ? Optional.empty() : Optional.of(promotions.getLast());
  }

  /// The last promotion of another model than the champion: one that was not taken back, and not
  /// the last resort.
  Optional<Promotion> former() {
    String serving = champion().map(Promotion::model).orElse("");
    return promotions.reversed().stream()
        .filter(promotion -> !promotion.model().equals(serving))
        .filter(promotion -> rollout.map(r -> isFit(promotion.model(), r)).orElse(true))
        .findFirst();
  }

  private static boolean isFit(String model, Rollout rollout) {
    return !rollout.breached().contains(model) && !rollout.lastResort().equals(model);
  }

  /// From when to when each model served.
  ServiceHistory service() {
    ServiceHistory service = ServiceHistory.EMPTY;
    for (Promotion promotion : promotions) {
      service = service.with(promotion.at().toEpochMilli(), promotion.model(), promotion.reason());
    }
    return service;
  }
}
