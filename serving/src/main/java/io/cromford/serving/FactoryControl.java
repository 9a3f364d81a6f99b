package io.cromford.serving;

import java.time.Duration;
import java.time.Instant;

/// What a person can tell a running factory to do.
///
/// Any thread may call; it waits until what was done is on disk. What cannot be done is thrown as a
/// [io.cromford.core.CromfordException] and changes nothing.
public interface FactoryControl extends PolicyControl {
  /// Makes a model the champion.
  ///
  /// @param version a model version or enough of its start; empty for what is proposed. The
  ///   challenger of a proposal stands for its refit
  /// @param reason why, in words
  /// @param by who says so
  default Promotion promote(String version, String reason, String by) {
    return promote(version, new Wish(reason, by));
  }

  /// The same, unless who serves or what is proposed has changed since the person looked.
  ///
  /// @throws io.cromford.core.CromfordException CHANGED_MEANWHILE if it has
  Promotion promote(String version, Wish wish);

  /// Says no to what is proposed, or takes a challenger off its way: it scores no more.
  ///
  /// @param version a model version or enough of its start; empty for what is proposed, or else who
  ///   is on its way. The challenger of a proposal stands for its refit
  /// @param wish why, and who says so
  /// @return the version
  /// @throws io.cromford.core.CromfordException STATE_CONFLICT if it is neither; CHANGED_MEANWHILE
  ///   if who serves or what is proposed has changed since the person looked
  String reject(String version, Wish wish);

  /// Asks another person to make a model the champion.
  ///
  /// @param version a model version or enough of its start
  /// @param reason why, in words
  /// @param by who says so; who approves has to be another
  /// @return the version
  String propose(String version, String reason, String by);

  /// Makes the former champion the champion again.
  ///
  /// @param reason why, in words
  /// @param by who says so
  default Promotion rollBack(String reason, String by) {
    return rollBack(new Wish(reason, by));
  }

  /// The same, unless who serves or what is proposed has changed since the person looked.
  ///
  /// @throws io.cromford.core.CromfordException CHANGED_MEANWHILE if it has
  Promotion rollBack(Wish wish);

  /// Has a query computed at each observation, beside those that models were fitted on: it catches
  /// up with the past while the factory serves, and then challengers are fitted on it.
  ///
  /// @param sql the feature query
  /// @param reason why, in words
  /// @param by who says so
  /// @return what catching up takes
  JobCost proposeFeatures(String sql, String reason, String by);

  /// The same with the query of a model version, so that the version may serve again.
  ///
  /// @param version a model version or enough of its start
  /// @param reason why, in words
  /// @param by who says so
  /// @return what catching up takes
  JobCost proposeFeaturesOf(String version, String reason, String by);

  /// Challengers are fitted on the champion's features again; others are let go once no model needs
  /// them.
  ///
  /// @param reason why, in words
  /// @param by who says so
  void withdrawFeatures(String reason, String by);

  /// Ends long work that runs beside the serving: a training counts as done, without a challenger;
  /// a view that is being computed is withdrawn.
  ///
  /// @param job as of [JobStatus#id]
  /// @param reason why, in words
  /// @param by who says so
  void cancel(long job, String reason, String by);

  /// Takes somebody's word that all outcomes of observations before a moment have arrived, although
  /// their usual number says otherwise: they are learnt from again.
  ///
  /// @param reason why, in words
  /// @param by who says so
  void declareComplete(Instant until, String reason, String by);

  /// Stops what the flywheel does by itself: nothing is trained or promoted until [#resume], also
  /// after a restart.
  ///
  /// @param reason why, in words
  /// @param by who says so
  default void freeze(String reason, String by) {
    freeze(new Wish(reason, by));
  }

  /// The same, unless somebody froze it or let it go on since the person looked.
  ///
  /// @throws io.cromford.core.CromfordException CHANGED_MEANWHILE if so
  void freeze(Wish wish);

  /// Lets the flywheel go on, from the next boundary on.
  ///
  /// @param reason why, in words
  /// @param by who says so
  default void resume(String reason, String by) {
    resume(new Wish(reason, by));
  }

  /// The same, unless somebody froze it or let it go on since the person looked.
  ///
  /// @throws io.cromford.core.CromfordException CHANGED_MEANWHILE if so
  void resume(Wish wish);

  /// Takes somebody's word that they look after an open alarm: it is not said again.
  ///
  /// @param key the alarm's
  /// @param reason what they do about it, in words
  /// @param by who says so
  default void acknowledge(String key, String reason, String by) {
    acknowledge(key, new Wish(reason, by));
  }

  /// The same, unless somebody said something of an alarm since the person looked.
  ///
  /// @throws io.cromford.core.CromfordException CHANGED_MEANWHILE if so
  void acknowledge(String key, Wish wish);

  /// Tells nobody of some alarms for a while; they are raised and listed all the same.
  ///
  /// @param keys a key, or the start of keys with a `*` behind it
  /// @param length how long, at most 366 days; zero takes back what was wanted of the same keys
  /// @param reason why, in words
  /// @param by who says so
  default void silence(String keys, Duration length, String reason, String by) {
    silence(keys, length, new Wish(reason, by));
  }

  /// The same, unless somebody said something of an alarm since the person looked.
  ///
  /// @throws io.cromford.core.CromfordException CHANGED_MEANWHILE if so
  void silence(String keys, Duration length, Wish wish);

  /// Takes somebody's word that an open alarm is over.
  ///
  /// @param key the alarm's
  /// @param reason what became of it, in words
  /// @param by who says so
  default void resolve(String key, String reason, String by) {
    resolve(key, new Wish(reason, by));
  }

  /// The same, unless somebody said something of an alarm since the person looked.
  ///
  /// @throws io.cromford.core.CromfordException CHANGED_MEANWHILE if so
  void resolve(String key, Wish wish);

  /// Does something about alerts, all of those named or none: what another person holds is not
  /// taken from them.
  void work(WorkOrder order);

  /// Holds the records in quarantine against their contracts again, and takes in those that pass:
  /// they are learnt from, not decided on. They count from now on, and before go-live from when
  /// they arrived.
  Replayed replayQuarantine(ReplayOrder order);

  /// Takes a record that a person mended in place of the one in quarantine: by the same contract,
  /// and learnt from, not decided on. If it is refused again, it lies in quarantine in place of the
  /// other, which stays on record as it came.
  ///
  /// @throws io.cromford.core.CromfordException NOT_FOUND if no record in quarantine has the
  ///   number; CHANGED_MEANWHILE if it has left quarantine since the person looked
  Repaired repair(RepairOrder order);
}
