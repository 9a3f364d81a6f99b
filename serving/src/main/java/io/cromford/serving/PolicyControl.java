package io.cromford.serving;

/// What a person can do about the policies of a running factory: another person has to agree before
/// anything holds. Each throws a [io.cromford.core.CromfordException] and changes nothing where it
/// cannot be done: USAGE for what makes no sense, STATE_CONFLICT for what does not fit how things
/// stand, CHANGED_MEANWHILE where they changed since the person looked.
public interface PolicyControl {
  /// Asks another person to let other policies hold.
  ///
  /// @return the version that would hold, 64 hexadecimal digits
  String proposePolicy(PolicyChange change, Wish wish);

  /// Lets what another person proposed hold, from the next decision on.
  ///
  /// @param version that of the proposal, or enough of its start; empty for whatever is proposed
  /// @return the version that holds now
  String approvePolicy(String version, Wish wish);

  /// Says no to what is proposed; whoever proposed it takes it back that way.
  ///
  /// @param version as of [#approvePolicy]
  /// @return the version that will not hold
  String withdrawPolicy(String version, Wish wish);

  /// Has what was approved last not hold any more: what it changed is as it was before.
  ///
  /// @return the version that holds now
  String rollBackPolicy(Wish wish);
}
