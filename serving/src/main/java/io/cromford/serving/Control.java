package io.cromford.serving;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.flywheel.Alarm;
import io.cromford.flywheel.PromotionGate;
import io.cromford.flywheel.Rollout;
import io.cromford.flywheel.ScoreBins;
import io.cromford.flywheel.WeekEstimate;
import io.cromford.flywheel.monitor.DayFigures;
import io.cromford.flywheel.monitor.FeatureForm;
import io.cromford.flywheel.monitor.Finding;
import io.cromford.ledger.LedgerReader;
import io.cromford.ledger.RecordKind;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// What the factory did to itself: the body of a CONTROL record, as JSON.
///
/// The history of models and aliases is a fold over these records, so nothing in them depends on
/// the machine: no wall time, no path.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Control.Configured.class, name = "configured"),
  @JsonSubTypes.Type(value = Control.PolicyProposed.class, name = "policy-proposed"),
  @JsonSubTypes.Type(value = Control.PolicyWithdrawn.class, name = "policy-withdrawn"),
  @JsonSubTypes.Type(value = Control.Trained.class, name = "trained"),
  @JsonSubTypes.Type(value = Control.Judged.class, name = "judged"),
  @JsonSubTypes.Type(value = Control.Skipped.class, name = "skipped"),
  @JsonSubTypes.Type(value = Control.Alarmed.class, name = "alarmed"),
  @JsonSubTypes.Type(value = Control.Hastened.class, name = "hastened"),
  @JsonSubTypes.Type(value = Control.DeclaredComplete.class, name = "declared-complete"),
  @JsonSubTypes.Type(value = Control.Frozen.class, name = "frozen"),
  @JsonSubTypes.Type(value = Control.Resumed.class, name = "resumed"),
  @JsonSubTypes.Type(value = Control.Shadowed.class, name = "shadowed"),
  @JsonSubTypes.Type(value = Control.Canaried.class, name = "canaried"),
  @JsonSubTypes.Type(value = Control.Withdrawn.class, name = "withdrawn"),
  @JsonSubTypes.Type(value = Control.Compared.class, name = "compared"),
  @JsonSubTypes.Type(value = Control.Breached.class, name = "breached"),
  @JsonSubTypes.Type(value = Control.Proposed.class, name = "proposed"),
  @JsonSubTypes.Type(value = Control.Promoted.class, name = "promoted"),
  @JsonSubTypes.Type(value = Control.BoundaryPassed.class, name = "boundary-passed"),
  @JsonSubTypes.Type(value = Control.ViewOpened.class, name = "view-opened"),
  @JsonSubTypes.Type(value = Control.ViewReady.class, name = "view-ready"),
  @JsonSubTypes.Type(value = Control.ViewClosed.class, name = "view-closed"),
  @JsonSubTypes.Type(value = Control.Acknowledged.class, name = "acknowledged"),
  @JsonSubTypes.Type(value = Control.Silenced.class, name = "silenced"),
  @JsonSubTypes.Type(value = Control.Resolved.class, name = "resolved"),
  @JsonSubTypes.Type(value = Control.Worked.class, name = "worked"),
  @JsonSubTypes.Type(value = Control.Overridden.class, name = "overridden"),
  @JsonSubTypes.Type(value = Control.Mended.class, name = "mended"),
  @JsonSubTypes.Type(value = Control.HeldAgain.class, name = "held-again"),
  @JsonSubTypes.Type(value = Control.Binned.class, name = "binned"),
  @JsonSubTypes.Type(value = Control.Watched.class, name = "watched"),
  @JsonSubTypes.Type(value = Control.Drifted.class, name = "drifted"),
  @JsonSubTypes.Type(value = Control.Settled.class, name = "settled"),
  @JsonSubTypes.Type(value = Control.Estimated.class, name = "estimated")
})
sealed interface Control {
  /// The policies are others from here on.
  ///
  /// @param atMillis the factory time of it
  /// @param version [Policies#version]
  /// @param policies what they say
  /// @param reason what changed, in words; empty for the first
  /// @param file what the factory file says, where something that persons approved holds against
  ///   it; null where it says the same
  /// @param approval by whose word they hold; null for the factory file's
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Configured(
      long atMillis,
      String version,
      Policies policies,
      String reason,
      @Nullable Policies file,
      @Nullable PolicyApproval approval)
      implements Control {}

  /// What persons say of policies before another lets them hold.
  sealed interface OfPolicies extends Control {}

  /// Other policies are to hold if another person says so.
  ///
  /// @param version [Policies#version] of those
  /// @param from what holds now, of the things that would be otherwise
  /// @param to what they would be
  /// @param atMillis the factory time of it
  /// @param reason why, in words
  /// @param by the name of who proposes it
  record PolicyProposed(
      String version, PolicyChange from, PolicyChange to, long atMillis, String reason, String by)
      implements OfPolicies {}

  /// What was proposed of the policies is not to hold.
  ///
  /// @param version as of [PolicyProposed]
  /// @param atMillis the factory time of it
  /// @param reason why, in words
  /// @param by the name of who says so
  record PolicyWithdrawn(String version, long atMillis, String reason, String by)
      implements OfPolicies {}

  /// A model was fitted and put into the registry.
  ///
  /// @param model its version
  /// @param purpose `champion`, `challenger`, `refit` or `last-resort`
  /// @param learner `xgboost`, `logistic`, `constant` or `rules`
  /// @param parameters the learner's, as text
  /// @param fromMillis start of the training interval, by event time
  /// @param untilMillis its end, exclusive
  /// @param rows observations in the interval
  /// @param positives how many of them are positive
  /// @param metrics validation metrics by name; empty for a refit
  /// @param folds validation folds behind the metrics; 0 where there are none
  record Trained(
      String model,
      String purpose,
      String learner,
      Map<String, String> parameters,
      long fromMillis,
      long untilMillis,
      long rows,
      long positives,
      Map<String, Double> metrics,
      int folds)
      implements Control {
    /// What a model is for that serves where nothing better may.
    static final String LAST_RESORT = "last-resort";

    /// Whether it is the last resort.
    @JsonIgnore
    boolean isLastResort() {
      return purpose.equals(LAST_RESORT);
    }
  }

  /// A challenger was held against the champion on observations that neither was fitted on.
  ///
  /// @param boundaryMillis the factory time of it
  /// @param challenger the model version that was judged
  /// @param champion the model version that served
  /// @param challengerAp average precision of the challenger
  /// @param championAp average precision of the champion
  /// @param gainLow the one-sided lower bound of the gain
  /// @param positives positives among the observations
  /// @param segments what was measured on each named segment
  /// @param passed whether the challenger is good enough
  /// @param reason why, in words
  record Judged(
      long boundaryMillis,
      String challenger,
      String champion,
      double challengerAp,
      double championAp,
      double gainLow,
      int positives,
      List<OnSegment> segments,
      boolean passed,
      String reason)
      implements Control {
    /// Copies the list.
    public Judged {
      segments = List.copyOf(segments);
    }
  }

  /// A challenger held against the champion on a segment; what is not defined is null.
  ///
  /// @param detectable the smallest loss of average precision that would be seen
  record OnSegment(
      String segment,
      int positives,
      @Nullable Double gain,
      @Nullable Double gainLow,
      @Nullable Double detectable) {
    static OnSegment of(PromotionGate.OnSegment on) {
      return new OnSegment(
          on.segment(),
          on.positives(),
          FactoryReport.number(on.gain()),
          FactoryReport.number(on.low()),
          FactoryReport.number(on.detectable()));
    }
  }

  /// Nothing was trained at a boundary.
  ///
  /// @param boundaryMillis the factory time of it
  /// @param reason why not, in words
  /// @param alarm whether a person should look
  /// @param key of that alarm; null where it is none, or none of a kind
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Skipped(long boundaryMillis, String reason, boolean alarm, @Nullable String key)
      implements Control {
    /// Nothing that a person should look at.
    static Skipped quietly(long boundaryMillis, String reason) {
      return new Skipped(boundaryMillis, reason, false, null);
    }

    /// Something that a person should look at.
    static Skipped loudly(long boundaryMillis, String reason, AlarmKind kind) {
      return new Skipped(boundaryMillis, reason, true, kind.key());
    }
  }

  /// Something happened that a person should look at.
  ///
  /// @param atMillis the factory time of it
  /// @param message what, in words, with advice
  /// @param key as of [Alarm]; null for one of no kind
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Alarmed(long atMillis, String message, @Nullable String key) implements Control {
    /// An alarm of a kind.
    static Alarmed of(long atMillis, String message, AlarmKind kind) {
      return new Alarmed(atMillis, message, kind.key());
    }
  }

  /// More positives are missed than were: for a while challengers are fitted more often.
  ///
  /// @param atMillis the factory time of it
  /// @param untilMillis how long, unless a challenger takes over meanwhile: then from there on
  ///   again
  /// @param reason what was seen, in words
  /// @param sinceMillis the first day of the rise; null in ledgers that do not say it
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Hastened(long atMillis, long untilMillis, String reason, @Nullable Long sinceMillis)
      implements Control {}

  /// Somebody gave their word that all outcomes of earlier days have arrived.
  ///
  /// @param untilMillis before which observations are complete
  /// @param reason why, in words
  /// @param by the name of who did it
  record DeclaredComplete(long untilMillis, String reason, String by) implements Control {}

  /// Somebody stopped the flywheel: nothing is trained or promoted by itself from here on, but that
  /// a champion is taken back on a breach.
  ///
  /// @param atMillis the factory time of it
  /// @param reason why, in words
  /// @param by the name of who did it
  record Frozen(long atMillis, String reason, String by) implements Control {}

  /// Somebody let the flywheel go on.
  ///
  /// @param atMillis the factory time of it
  /// @param reason why, in words
  /// @param by the name of who did it
  record Resumed(long atMillis, String reason, String by) implements Control {}

  /// A model begins to score beside the champion, and answers nothing.
  ///
  /// @param model its version
  /// @param judged the challenger that was judged in its place
  /// @param atMillis the factory time of it
  /// @param untilMillis when this is over, if all is well
  /// @param dailyScores as of [Promoted]
  /// @param bins where its scores of the last days lay; null if there was no day
  /// @param reason what the gate said
  record Shadowed(
      String model,
      String judged,
      long atMillis,
      long untilMillis,
      List<Double> dailyScores,
      @Nullable ScoreBins bins,
      String reason)
      implements Control {
    /// Copies the list.
    public Shadowed {
      dailyScores = List.copyOf(dailyScores);
    }
  }

  /// A model that was a shadow begins to answer for a share of the entities.
  ///
  /// @param model its version
  /// @param atMillis the factory time of it
  /// @param untilMillis when this is over, if all is well
  /// @param share of the entities, by a hash
  /// @param reason how it did as a shadow
  record Canaried(String model, long atMillis, long untilMillis, double share, String reason)
      implements Control {}

  /// A model is not on its way to serve any more.
  ///
  /// @param model its version
  /// @param atMillis the factory time of it
  /// @param reason why, in words
  /// @param by the name of who rejected it, also one that was only proposed; null for the factory
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Withdrawn(String model, long atMillis, String reason, @Nullable String by)
      implements Control {
    /// By the factory.
    static Withdrawn of(String model, long atMillis, String reason) {
      return new Withdrawn(model, atMillis, reason, null);
    }

    /// What became of it, and by whom if it was a person.
    @JsonIgnore
    String words() {
      return by == null
          ? "it was withdrawn on its way: " + reason
          : "it was rejected by " + by + ": " + reason;
    }
  }

  /// The champion was held against its predecessor on what has matured since it took over.
  ///
  /// @param atMillis the factory time of it
  /// @param champion who serves
  /// @param former who served before
  /// @param isWorse whether the predecessor is better beyond doubt
  /// @param reason what was seen, in words
  record Compared(long atMillis, String champion, String former, boolean isWorse, String reason)
      implements Control {}

  /// The champion may not serve any more; a promotion of another follows.
  ///
  /// @param model its version
  /// @param atMillis the factory time of it
  /// @param coolUntilMillis until when no challenger takes over
  /// @param reason why, in words
  record Breached(String model, long atMillis, long coolUntilMillis, String reason)
      implements Control {}

  /// A model is to serve if a person says so: a challenger that passed the gate and was refitted,
  /// or one that a person proposes.
  ///
  /// @param model the one that would serve
  /// @param judged the challenger that was judged in its place
  /// @param atMillis the factory time of it
  /// @param reason what the gate said, or the person
  /// @param by the name of who proposes it; null for the factory
  /// @param outside why it lies outside the approved envelope; null where it does not
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Proposed(
      String model,
      String judged,
      long atMillis,
      String reason,
      @Nullable String by,
      @Nullable List<String> outside)
      implements Control {
    /// Copies the list.
    public Proposed {
      outside = outside == null || outside.isEmpty() ? null : List.copyOf(outside);
    }

    /// By the factory.
    static Proposed of(String model, String judged, long atMillis, String reason) {
      return new Proposed(model, judged, atMillis, reason, null, null);
    }

    /// Who proposes it: `factory`, or a person's name.
    @JsonIgnore
    String proposer() {
      return by == null ? Steps.FACTORY : by;
    }

    /// Why it lies outside the envelope; empty if it does not.
    @JsonIgnore
    List<String> bounds() {
      return outside == null ? List.of() : outside;
    }
  }

  /// A model became the champion.
  ///
  /// @param model the model version that serves from here on
  /// @param judged the model version that was judged in its place; the same unless it is a refit
  /// @param atMillis the factory time of it
  /// @param formerUntilMillis until when whom it replaces scores on, ready to serve again
  /// @param dailyScores the alert score of each of the last days under the new model, the oldest
  ///   first; empty for one that scores already
  /// @param bins where its scores of the last days lay; null for one that scores already
  /// @param reason why, in words
  /// @param by `factory`, or the name of who did it
  record Promoted(
      String model,
      String judged,
      long atMillis,
      long formerUntilMillis,
      List<Double> dailyScores,
      @Nullable ScoreBins bins,
      String reason,
      String by)
      implements Control {
    /// Copies the list.
    public Promoted {
      dailyScores = List.copyOf(dailyScores);
    }
  }

  /// Everything due at a boundary has been done.
  ///
  /// @param atMillis the factory time of it
  record BoundaryPassed(long atMillis) implements Control {}

  /// A query is to be computed at each observation, beside those that models were fitted on:
  /// challengers are fitted on it once it is ready.
  ///
  /// @param view its name, the SHA-256 of the query
  /// @param sql the query
  /// @param atMillis the factory time of it
  /// @param fromFile whether it is what the factory's file said then
  /// @param reason why, in words
  /// @param by `factory`, or the name of who did it
  record ViewOpened(
      String view, String sql, long atMillis, boolean fromFile, String reason, String by)
      implements Control {}

  /// A feature view has caught up with the ledger: it is computed at each observation behind this
  /// record.
  ///
  /// @param view its name
  /// @param atMillis the factory time of it
  /// @param observations how many stand before it
  record ViewReady(String view, long atMillis, long observations) implements Control {}

  /// A feature view is not computed any more.
  ///
  /// @param view its name
  /// @param atMillis the factory time of it
  /// @param reason why, in words
  record ViewClosed(String view, long atMillis, String reason) implements Control {}

  /// What a person says of alarms.
  sealed interface OfAlarms extends Control {}

  /// Somebody looks after an alarm.
  ///
  /// @param key of an open alarm
  /// @param atMillis the factory time of it
  /// @param reason why it need not be said again, in words
  /// @param by the name of who did it
  record Acknowledged(String key, long atMillis, String reason, String by) implements OfAlarms {}

  /// Nobody is to be told of some alarms for a while.
  ///
  /// @param keys a key, or the start of keys with a `*` behind it
  /// @param atMillis the factory time of it
  /// @param untilMillis when this is over; the same for what ends an earlier silence
  /// @param reason why, in words
  /// @param by the name of who did it
  record Silenced(String keys, long atMillis, long untilMillis, String reason, String by)
      implements OfAlarms {}

  /// Somebody says that an alarm is over.
  ///
  /// @param key of an open alarm
  /// @param atMillis the factory time of it
  /// @param reason what became of it, in words
  /// @param by the name of who did it
  record Resolved(String key, long atMillis, String reason, String by) implements OfAlarms {}

  /// Somebody did something about alerts. Many of these come in a day, so they are folded into the
  /// book of work and not kept.
  ///
  /// @param deed `claim`, `release`, `close`, `reopen`, `note` or `seen`
  /// @param alerts the ordinals of the observations; for `seen` they need not be alerts
  /// @param atMillis the factory time of it
  /// @param code what came of it; null for what is no `close`
  /// @param note what they wrote; null for nothing
  /// @param by the name of who did it
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Worked(
      String deed,
      List<Integer> alerts,
      long atMillis,
      @Nullable String code,
      @Nullable String note,
      String by)
      implements Control {
    /// Copies the list.
    public Worked {
      alerts = List.copyOf(alerts);
    }
  }

  /// What persons did about records in quarantine. Many of these may come, so they are told and not
  /// kept.
  sealed interface OfQuarantine extends Control {}

  /// Somebody mended a record in quarantine; what became of it follows. The record as it came stays
  /// where it is in the ledger.
  ///
  /// @param row the position of its QUARANTINED record
  /// @param atMillis the factory time of it
  /// @param columns the names of those that have another value now
  /// @param record the mended one, a JSON object as text
  /// @param rule the rule that it broke again; null if it was taken
  /// @param reason why, in words
  /// @param by the name of who did it
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Mended(
      long row,
      long atMillis,
      List<String> columns,
      String record,
      @Nullable String rule,
      String reason,
      String by)
      implements OfQuarantine {
    /// Copies the list.
    public Mended {
      columns = List.copyOf(columns);
    }
  }

  /// Somebody had records in quarantine held against their contracts again; it is over.
  ///
  /// @param atMillis the factory time of it
  /// @param source whose; empty for all sources
  /// @param rule which rule they broke; empty for all
  /// @param sources what came of it
  /// @param reason why, in words
  /// @param by the name of who did it
  record HeldAgain(
      long atMillis,
      String source,
      String rule,
      List<Replayed.Source> sources,
      String reason,
      String by)
      implements OfQuarantine {
    /// Copies the list.
    public HeldAgain {
      sources = List.copyOf(sources);
    }
  }

  /// A person lets a model serve against what the factory found; the promotion follows.
  ///
  /// @param model its version
  /// @param atMillis the factory time of it
  /// @param aside what is set aside, in words
  /// @param reason why, in words
  /// @param by the name of who did it
  record Overridden(String model, long atMillis, List<String> aside, String reason, String by)
      implements Control {
    /// Copies the list.
    public Overridden {
      aside = List.copyOf(aside);
    }
  }

  /// What the monitors saw. Nothing is trained, promoted or taken back because of it.
  sealed interface OfMonitors extends Control {
    /// The factory time of it.
    long atMillis();
  }

  /// Into which bins the features' values are sorted from here on.
  ///
  /// @param view the name of the view that computes the features
  /// @param day the last one of the sample that the bins were made of, since 1970-01-01
  /// @param forms one a feature, in the order of the plan
  record Binned(long atMillis, String view, long day, List<FeatureForm> forms)
      implements OfMonitors {
    /// Copies the list.
    public Binned {
      forms = List.copyOf(forms);
    }
  }

  /// A day is over.
  ///
  /// @param figures what was counted
  record Watched(long atMillis, DayFigures figures) implements OfMonitors {}

  /// A monitor is not as it was; said once while it lasts. Stands before the day's [Watched].
  ///
  /// @param key which monitor, as `missing-share/amount`
  /// @param seen what it read and what is usual
  /// @param message the same in words, with advice
  record Drifted(long atMillis, String key, Finding.Seen seen, String message)
      implements OfMonitors {}

  /// A monitor that was in alarm is so no more.
  ///
  /// @param key which monitor
  /// @param isUsualNow whether how it is has become what is usual
  /// @param message what was seen, in words
  record Settled(long atMillis, String key, boolean isUsualNow, String message)
      implements OfMonitors {}

  /// What a week's decisions should be worth, said before its outcomes are known.
  ///
  /// @param week from 1, the one that began at go-live
  record Estimated(long atMillis, int week, WeekEstimate estimate) implements OfMonitors {}

  /// What a person should look at; absent where all is well.
  default Optional<Alarm> warning() {
    return switch (this) {
      case Drifted drifted ->
          Optional.of(
              new Alarm(drifted.atMillis, drifted.key, Alarm.Severity.WARNING, drifted.message));
      case Alarmed(long at, String message, String key) ->
          Optional.of(AlarmKind.alarm(at, key, AlarmKind.OTHER, message));
      case Skipped(long at, String reason, boolean alarm, String key) ->
          alarm
              ? Optional.of(
                  AlarmKind.alarm(
                      at, key, AlarmKind.TRAINING_SKIPPED, "nothing was trained: " + reason))
              : Optional.empty();
      case Hastened(long at, long _, String reason, Long _) ->
          Optional.of(
              AlarmKind.MISSED_FRAUDS.alarm(
                  at,
                  reason
                      + ".\nMaybe look at the frauds that were missed: `cromford sql` has them; challengers are fitted more often meanwhile."));
      case Breached(String model, long at, long _, String reason) ->
          Optional.of(
              AlarmKind.BREACH.alarm(
                  at,
                  model,
                  "model %.12s was taken back: %s.\nMaybe look at `cromford history`; `cromford flywheel freeze` stops what the factory does by itself, but for taking back."
                      .formatted(model, reason)));
      case Configured _,
          Trained _,
          Judged _,
          Shadowed _,
          Canaried _,
          Withdrawn _,
          Compared _,
          Proposed _,
          Promoted _,
          BoundaryPassed _,
          DeclaredComplete _,
          ViewOpened _,
          ViewReady _,
          ViewClosed _,
          Frozen _,
          Resumed _,
          OfAlarms _,
          OfPolicies _,
          Worked _,
          OfQuarantine _,
          Overridden _,
          Binned _,
          Watched _,
          Settled _,
          Estimated _ ->
          Optional.empty();
    };
  }

  /// Whether it changes who serves, who is on the way, or what is proposed.
  default boolean isSteering() {
    return switch (this) {
      case Shadowed _, Canaried _, Withdrawn _, Breached _, Proposed _, Promoted _ -> true;
      case Configured _,
          Trained _,
          Judged _,
          Skipped _,
          Alarmed _,
          Hastened _,
          Compared _,
          BoundaryPassed _,
          DeclaredComplete _,
          ViewOpened _,
          ViewReady _,
          ViewClosed _,
          Frozen _,
          Resumed _,
          OfAlarms _,
          OfPolicies _,
          Overridden _,
          OfQuarantine _,
          Worked _,
          OfMonitors _ ->
          false;
    };
  }

  /// The step of the roll-out that it says; absent where it says none.
  default Optional<Rollout.Step> step() {
    return switch (this) {
      case Shadowed s ->
          Optional.of(
              new Rollout.Step.Shadow(s.atMillis, s.model, s.judged, s.untilMillis, s.reason));
      case Canaried c ->
          Optional.of(new Rollout.Step.Canary(c.atMillis, c.model, c.untilMillis, c.reason));
      case Withdrawn w -> Optional.of(new Rollout.Step.Withdraw(w.atMillis, w.model, w.reason));
      case Compared c ->
          Optional.of(
              new Rollout.Step.Compare(c.atMillis, c.champion, c.former, c.isWorse, c.reason));
      case Breached b ->
          Optional.of(new Rollout.Step.Breach(b.atMillis, b.model, b.coolUntilMillis, b.reason));
      case Proposed p ->
          Optional.of(new Rollout.Step.Propose(p.atMillis, p.model, p.judged, p.reason));
      case Promoted p ->
          Optional.of(
              new Rollout.Step.Promote(
                  p.atMillis, p.model, p.judged, p.formerUntilMillis, p.reason));
      case Configured _,
          Trained _,
          Judged _,
          Skipped _,
          Alarmed _,
          Hastened _,
          BoundaryPassed _,
          DeclaredComplete _,
          ViewOpened _,
          ViewReady _,
          ViewClosed _,
          Frozen _,
          Resumed _,
          OfAlarms _,
          OfPolicies _,
          Worked _,
          OfQuarantine _,
          Overridden _,
          OfMonitors _ ->
          Optional.empty();
    };
  }

  /// The mapper of control records and reports.
  JsonMapper JSON = JsonMapper.builder().build();

  /// The record's body.
  default ByteBuffer encode() {
    return ByteBuffer.wrap(JSON.writerFor(Control.class).writeValueAsBytes(this));
  }

  /// Reads a record's body.
  ///
  /// @throws CromfordException with LEDGER_CORRUPT if it is none
  static Control decode(ByteBuffer body) {
    return readJson(body, Control.class);
  }

  /// Reads a ledger's control records in order, each with the factory time of it, beside a running
  /// factory or without one.
  ///
  /// @throws CromfordException NOT_FOUND if there is no ledger
  static void forEach(Path stateFolder, BiConsumer<Instant, Control> visitor) {
    try (LedgerReader reader = LedgerReader.openReadOnly(stateFolder.resolve("ledger"))) {
      while (reader.next()) {
        if (reader.kind() == RecordKind.CONTROL) {
          visitor.accept(Instant.ofEpochMilli(reader.arrivalMillis()), decode(reader.body()));
        }
      }
    }
  }

  /// Reads a body that is JSON.
  ///
  /// @throws CromfordException with LEDGER_CORRUPT if it is not of that type
  static <T> T readJson(ByteBuffer body, Class<T> type) {
    byte[] bytes = new byte[body.remaining()];
    body.get(bytes);
    try {
      return JSON.readValue(bytes, type);
    } catch (JacksonException e) {
      throw new CromfordException(
          ErrorCode.LEDGER_CORRUPT,
          "a %s record cannot be read: %s.\nMaybe a newer Cromford wrote it."
              .formatted(type.getSimpleName().toLowerCase(Locale.ROOT), e.getOriginalMessage()),
          e);
    }
  }
}
