package io.cromford.serving;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which policies hold, what the factory file says, and what is proposed: a fold over control
/// records.
///
/// The latest change of each thing wins, be it of the factory file or approved by a person. So what
/// was approved outlasts a restart, until the file says something else of the same thing.
final class PolicyBook {
  private Policies standing;
  private Policies file;
  private boolean isBegun;
  private Control.@Nullable PolicyProposed proposal;
  private final Deque<Undoing> undoings = new ArrayDeque<>();
  private final List<PoliciesView.Version> versions = new ArrayList<>();
  private final Steering steering = new Steering(Steering.Scope.POLICIES);

  /// How an approval is taken back.
  ///
  /// @param before what held before it, of the things that it changed
  private record Undoing(PolicyChange before, Control.Configured approved) {}

  /// @param file what the factory file says now, which holds until a record says otherwise
  PolicyBook(Policies file) {
    this.standing = file;
    this.file = file;
  }

  /// The book of a ledger, beside a running factory or without one.
  ///
  /// @param file what the factory file says now
  /// @throws io.cromford.core.CromfordException NOT_FOUND if there is no ledger
  static PolicyBook read(Path stateFolder, Policies file) {
    PolicyBook book = new PolicyBook(file);
    Control.forEach(stateFolder, (at, control) -> book.take(control, at.toEpochMilli()));
    return book;
  }

  /// Takes a control record.
  ///
  /// @param atMillis the factory time of it
  void take(Control control, long atMillis) {
    steering.take(control, atMillis);
    switch (control) {
      case Control.Configured configured -> configured(configured);
      case Control.PolicyProposed proposed -> proposal = proposed;
      case Control.PolicyWithdrawn _ -> proposal = null;
      default -> {}
    }
  }

  private void configured(Control.Configured configured) {
    Policies before = standing;
    Policies said = configured.file() == null ? configured.policies() : configured.file();
    PolicyApproval approval = configured.approval();
    if (approval == null) {
      settle(PolicyChange.between(file, said));
    } else if (approval.isRollback()) {
      undoings.removeLast();
    } else {
      PolicyChange change = PolicyChange.between(before, configured.policies());
      undoings.addLast(new Undoing(change.asIn(before), configured));
    }
    standing = configured.policies();
    file = said;
    isBegun = true;
    proposal = null;
    versions.add(PoliciesView.Version.of(configured));
  }

  /// What the factory file says anew is not to be taken back any more.
  private void settle(PolicyChange said) {
    List<Undoing> kept =
        undoings.stream()
            .map(one -> new Undoing(one.before.without(said), one.approved))
            .filter(one -> !one.before.isNothing())
            .toList();
    undoings.clear();
    undoings.addAll(kept);
  }

  /// The policies that hold.
  Policies standing() {
    return standing;
  }

  /// What the factory file said when it was read last.
  Policies file() {
    return file;
  }

  /// Whether any record says what holds.
  boolean isBegun() {
    return isBegun;
  }

  /// What waits for another person; empty if nothing does.
  Optional<Control.PolicyProposed> proposal() {
    return Optional.ofNullable(proposal);
  }

  /// What holds by persons' word, against the factory file.
  PolicyChange over() {
    return PolicyChange.between(file, standing);
  }

  /// The last approval that still holds; empty if none does.
  Optional<Control.Configured> approved() {
    return Optional.ofNullable(undoings.peekLast()).map(Undoing::approved);
  }

  /// What taking back the last approval would set; empty if none holds.
  Optional<PolicyChange> undone() {
    return Optional.ofNullable(undoings.peekLast()).map(Undoing::before);
  }

  /// What holds where the factory file says something: what persons approved, but where the file
  /// has been changed since.
  Policies holdingOver(Policies wanted) {
    return over().without(PolicyChange.between(file, wanted)).on(wanted);
  }

  /// What becomes otherwise where the factory file says something new, in words.
  String whyChanged(Policies wanted) {
    String changes = holdingOver(wanted).changesFrom(standing);
    String lapses =
        proposal == null
            ? ""
            : "; what %s proposed lapses: %s".formatted(proposal.by(), proposal.reason());
    return (changes.isEmpty() ? "the factory file says now what held already" : changes) + lapses;
  }

  /// What changed of all this.
  Steering steering() {
    return steering;
  }

  /// Each version that ever held, in order, at most the last [PoliciesView#MOST].
  List<PoliciesView.Version> versions() {
    return List.copyOf(
        versions.subList(Math.max(0, versions.size() - PoliciesView.MOST), versions.size()));
  }

  /// Since when what holds does; the epoch where no record says so.
  Instant since() {
    return versions.isEmpty() ? Instant.EPOCH : versions.getLast().at();
  }
}
