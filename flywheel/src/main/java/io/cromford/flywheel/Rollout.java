package io.cromford.flywheel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// How a model that passed the gate comes to serve, and how one that serves is taken back.
///
/// Who passed scores beside the champion for a while and answers nothing (shadow), then answers for
/// a share of the entities (canary), then for all. A model that took over is watched while its
/// predecessor is kept warm: on a breach the predecessor serves again at once, or, where it was
/// taken back itself or is no longer warm, the last resort. After that no challenger takes over
/// until things have cooled down, lest two models chase each other.
///
/// A state machine without clock or chance: [#on] gives what is to be done about an event and the
/// state after it, [#after] folds what was done. The steps are the factory's records, so a restart,
/// and a simulation, get the same state from the same steps.
///
/// @param lastResort the version that serves when nothing better may
/// @param champion who serves; absent before go-live
/// @param former who served before, as long as it could serve again at once
/// @param candidate who is on its way; absent if nobody is
/// @param breached the versions that were taken back
/// @param coolUntilMillis until when no challenger takes over
public record Rollout(
    String lastResort,
    Optional<Champion> champion,
    Optional<Former> former,
    Optional<Candidate> candidate,
    SortedSet<String> breached,
    long coolUntilMillis) {
  /// The fewest live scores that a stage is judged by.
  public static final int LEAST_SCORES = 30;

  /// So long before a predecessor is no longer warm it is held against the champion for the last
  /// time: it has to be able to take over again.
  private static final Duration LAST_LOOK = Duration.ofHours(12);

  /// Copies the set.
  public Rollout {
    breached = Collections.unmodifiableSortedSet(new TreeSet<>(breached));
  }

  /// Before go-live.
  ///
  /// @param lastResort the version that serves when nothing better may
  public static Rollout start(String lastResort) {
    return new Rollout(
        lastResort,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        new TreeSet<>(),
        Long.MIN_VALUE);
  }

  /// How careful it is.
  ///
  /// @param shadow how long a candidate scores beside the champion; zero for not at all
  /// @param canary how long it then answers for some; zero for not at all
  /// @param share of the entities that it answers for, in (0, 1)
  /// @param needsPerson whether a person has the last word after the shadow
  /// @param keepWarm how long a former champion could serve again at once
  /// @param coolDown how long after a breach no challenger takes over
  /// @param mostAlerts alerts a day that are too many
  /// @param scoreTime the most that a live score may take on the mean; looked at where time is that
  ///   of the wall
  public record Rule(
      Duration shadow,
      Duration canary,
      double share,
      boolean needsPerson,
      Duration keepWarm,
      Duration coolDown,
      int mostAlerts,
      Duration scoreTime) {
    /// Checks the ranges.
    public Rule {
      Require.notNegative("shadow", shadow);
      Require.notNegative("canary", canary);
      Require.notNegative("keep-warm", keepWarm);
      Require.notNegative("cool-down", coolDown);
      Require.atLeast("most-alerts", 1, mostAlerts);
      Require.positive("score-time-at-most", scoreTime);
      if (!(share > 0 && share < 1)) {
        throw new IllegalArgumentException("`share` is " + share + ", not between 0 and 1");
      }
      if (shadow.isZero() && !canary.isZero()) {
        throw new IllegalArgumentException("a canary of " + canary + " without a shadow before it");
      }
    }

    /// The same rule with stages that are at most so long.
    public Rule withStagesAtMost(Duration most) {
      return new Rule(
          least(shadow, most),
          most.isZero() ? most : least(canary, most),
          share,
          needsPerson,
          keepWarm,
          coolDown,
          mostAlerts,
          scoreTime);
    }

    /// The same rule with another number of alerts that are too many.
    public Rule withMostAlerts(int most) {
      return new Rule(shadow, canary, share, needsPerson, keepWarm, coolDown, most, scoreTime);
    }

    private static Duration least(Duration one, Duration other) {
      return one.compareTo(other) <= 0 ? one : other;
    }
  }

  /// Who serves.
  ///
  /// @param sinceMillis from when
  /// @param looks how often it was held against its predecessor
  public record Champion(String version, long sinceMillis, int looks) {}

  /// Who served before.
  ///
  /// @param untilMillis how long it could serve again at once
  public record Former(String version, long untilMillis) {}

  /// Who is on its way.
  ///
  /// @param judged the version that the gate judged in its place
  /// @param stage where it is
  /// @param untilMillis when the stage is over
  /// @param reason what the gate said
  public record Candidate(
      String version, String judged, Stage stage, long untilMillis, String reason) {}

  /// A stage of a candidate's way.
  public enum Stage {
    /// It scores beside the champion and answers nothing.
    SHADOW,
    /// It answers for a share of the entities.
    CANARY
  }

  /// What happens.
  public sealed interface Event {
    /// When, in the factory's clock, milliseconds since 1970-01-01T00:00Z.
    long atMillis();

    /// A challenger passed the gate, and its recipe was fitted anew.
    ///
    /// @param version the fit that would serve
    /// @param judged the fit that was judged
    record Passed(long atMillis, String version, String judged, String reason) implements Event {}

    /// A person lets a version serve.
    record Appointed(long atMillis, String version, String judged, String reason)
        implements Event {}

    /// A stage's time may be over, or a live score gave cause for concern.
    record Looked(long atMillis, Live live) implements Event {}

    /// The champion was held against its predecessor on what has matured since.
    ///
    /// @param isWorse whether the predecessor is better beyond doubt
    record Compared(long atMillis, boolean isWorse, String reason) implements Event {}
  }

  /// What live traffic shows.
  ///
  /// @param champion the champion
  /// @param former its predecessor; absent if none is warm
  /// @param candidate the candidate; absent if none is on its way
  /// @param parity how many of the candidate's scores were computed again, and how many differed
  public record Live(
      LiveHealth champion,
      Optional<LiveHealth> former,
      Optional<LiveHealth> candidate,
      Parity parity) {}

  /// Scores computed again from the features as they were served.
  public record Parity(int compared, int differing) {
    /// Nothing was compared.
    public static final Parity NONE = new Parity(0, 0);
  }

  /// What is done, or was.
  public sealed interface Step {
    /// A version scores beside the champion.
    record Shadow(long atMillis, String version, String judged, long untilMillis, String reason)
        implements Step {}

    /// It answers for some.
    record Canary(long atMillis, String version, long untilMillis, String reason) implements Step {}

    /// It serves.
    ///
    /// @param formerUntilMillis how long whom it replaces is kept warm
    record Promote(
        long atMillis, String version, String judged, long formerUntilMillis, String reason)
        implements Step {}

    /// A person is asked to let it serve.
    record Propose(long atMillis, String version, String judged, String reason) implements Step {}

    /// It is not on its way any more.
    record Withdraw(long atMillis, String version, String reason) implements Step {}

    /// The champion was held against its predecessor.
    record Compare(long atMillis, String version, String former, boolean isWorse, String reason)
        implements Step {}

    /// The champion may not serve any more.
    ///
    /// @param coolUntilMillis until when no challenger takes over
    record Breach(long atMillis, String version, long coolUntilMillis, String reason)
        implements Step {}
  }

  /// What an event leads to.
  ///
  /// @param next the state after it
  /// @param steps what is to be done, in order; empty if nothing
  public record Decision(Rollout next, List<Step> steps) {
    /// Copies the list.
    public Decision {
      steps = List.copyOf(steps);
    }
  }

  /// What is to be done about an event.
  public Decision on(Event event, Rule rule) {
    List<Step> steps =
        switch (event) {
          case Event.Passed passed -> passed(passed, rule);
          case Event.Appointed appointed -> appointed(appointed, rule);
          case Event.Looked looked -> looked(looked, rule);
          case Event.Compared compared -> compared(compared, rule);
        };
    Rollout next = this;
    for (Step step : steps) {
      next = next.after(step);
    }
    return new Decision(next, steps);
  }

  /// The state after a step.
  public Rollout after(Step step) {
    return switch (step) {
      case Step.Shadow(long _, String version, String judged, long until, String reason) ->
          withCandidate(Optional.of(new Candidate(version, judged, Stage.SHADOW, until, reason)));
      case Step.Canary(long _, String version, long until, String _) ->
          withCandidate(
              candidate
                  .filter(c -> c.version.equals(version))
                  .map(c -> new Candidate(version, c.judged, Stage.CANARY, until, c.reason)));
      case Step.Promote promote -> promoted(promote);
      case Step.Propose(long _, String version, String _, String _) -> without(version);
      case Step.Withdraw(long _, String version, String _) -> without(version);
      case Step.Compare _ ->
          new Rollout(
              lastResort,
              champion.map(c -> new Champion(c.version, c.sinceMillis, c.looks + 1)),
              former,
              candidate,
              breached,
              coolUntilMillis);
      case Step.Breach(long _, String version, long coolUntil, String _) -> {
        SortedSet<String> all = new TreeSet<>(breached);
        all.add(version);
        yield new Rollout(lastResort, champion, former, candidate, all, coolUntil);
      }
    };
  }

  /// Why no challenger is to be fitted now; empty if one may be.
  public Optional<String> holdsBack(long atMillis) {
    if (candidate.isPresent()) {
      return candidate.map(c ->
          "model %.12s is on its way already, as %s"
              .formatted(c.version, c.stage == Stage.SHADOW ? "a shadow" : "a canary"));
    }
    return isCooling(atMillis)
        ? Optional.of("a model was taken back lately, and things cool down")
        : Optional.empty();
  }

  /// When the candidate's stage is over; `Long.MAX_VALUE` if nobody is on its way.
  public long stageEndsMillis() {
    return candidate.map(Candidate::untilMillis).orElse(Long.MAX_VALUE);
  }

  /// When the champion is held against its predecessor next: when 1, 2, 4, 8 … days of its service
  /// have matured, and when the predecessor is about to cool; `Long.MAX_VALUE` if there is none.
  ///
  /// Few looks, since each could take back a good champion by chance.
  ///
  /// @param maturity how long a label takes
  public long nextComparisonMillis(Duration maturity) {
    if (champion.isEmpty() || former.isEmpty()) {
      return Long.MAX_VALUE;
    }
    long first = champion.get().sinceMillis + maturity.toMillis();
    long last = former.get().untilMillis - LAST_LOOK.toMillis();
    int looks = champion.get().looks;
    long next = looks < 20 ? first + Duration.ofDays(1L << looks).toMillis() : last;
    long before = first + (looks == 0 ? 0 : Duration.ofDays(1L << (looks - 1)).toMillis());
    if (next <= last) {
      return next;
    }
    return before < last && first < last ? last : Long.MAX_VALUE;
  }

  private List<Step> passed(Event.Passed passed, Rule rule) {
    long at = passed.atMillis;
    Optional<String> held = holdsBack(at);
    if (held.isPresent()) {
      return List.of(new Step.Withdraw(at, passed.version, held.get()));
    }
    if (rule.shadow.isZero()) {
      return List.of(takeOver(at, passed.version, passed.judged, passed.reason, rule));
    }
    return List.of(
        new Step.Shadow(
            at, passed.version, passed.judged, at + rule.shadow.toMillis(), passed.reason));
  }

  private List<Step> appointed(Event.Appointed appointed, Rule rule) {
    long at = appointed.atMillis;
    List<Step> steps = new ArrayList<>();
    candidate
        .filter(other -> !other.version.equals(appointed.version))
        .ifPresent(other -> steps.add(leaves(at, other)));
    steps.add(
        new Step.Promote(
            at,
            appointed.version,
            appointed.judged,
            at + rule.keepWarm.toMillis(),
            appointed.reason));
    return steps;
  }

  /// A candidate was judged against a champion that serves no more.
  private static Step leaves(long at, Candidate candidate) {
    return new Step.Withdraw(at, candidate.version, "whom it was judged against serves no more");
  }

  private List<Step> looked(Event.Looked looked, Rule rule) {
    long at = looked.atMillis;
    Live live = looked.live;
    if (champion.isPresent() && !champion.get().version.equals(lastResort)) {
      Optional<String> breach = live.champion.fault(live.former, rule.mostAlerts);
      if (breach.isPresent()) {
        return rollBack(at, breach.get(), rule);
      }
    }
    if (candidate.isEmpty() || live.candidate.isEmpty()) {
      return List.of();
    }
    Candidate who = candidate.get();
    Optional<String> against = against(who, live, at, rule);
    if (against.isPresent()) {
      return List.of(new Step.Withdraw(at, who.version, against.get()));
    }
    return isOver(who, live.candidate.get(), at)
        ? List.of(onward(at, who, live.candidate.get(), rule))
        : List.of();
  }

  private static boolean isOver(Candidate who, LiveHealth health, long at) {
    return at >= who.untilMillis && health.scores().scores() >= LEAST_SCORES;
  }

  private static Optional<String> against(Candidate who, Live live, long at, Rule rule) {
    LiveHealth health = live.candidate.orElseThrow();
    Optional<String> wrong = health.fault(Optional.of(live.champion), rule.mostAlerts);
    if (wrong.isPresent() || !isOver(who, health, at)) {
      return wrong;
    }
    if (live.parity.differing > 0) {
      return Optional.of(
          "%d of %d of its scores differ from those computed again from the features as served"
              .formatted(live.parity.differing, live.parity.compared));
    }
    return health.unlike(rule.scoreTime);
  }

  private Step onward(long at, Candidate who, LiveHealth health, Rule rule) {
    if (who.stage == Stage.SHADOW && rule.needsPerson) {
      return new Step.Propose(at, who.version, who.judged, who.reason);
    }
    if (who.stage == Stage.SHADOW && !rule.canary.isZero()) {
      return new Step.Canary(
          at,
          who.version,
          at + rule.canary.toMillis(),
          String.format(
              Locale.ROOT,
              "in shadow it gave %,d scores as expected, with a stability index of %.3f",
              health.scores().scores(),
              health.scores().shift()));
    }
    return takeOver(at, who.version, who.judged, who.reason, rule);
  }

  private Step takeOver(long at, String version, String judged, String reason, Rule rule) {
    return rule.needsPerson
        ? new Step.Propose(at, version, judged, reason)
        : new Step.Promote(at, version, judged, at + rule.keepWarm.toMillis(), reason);
  }

  private List<Step> compared(Event.Compared compared, Rule rule) {
    long at = compared.atMillis;
    if (champion.isEmpty() || former.isEmpty()) {
      return List.of();
    }
    List<Step> steps = new ArrayList<>();
    steps.add(
        new Step.Compare(
            at, champion.get().version, former.get().version, compared.isWorse, compared.reason));
    if (compared.isWorse) {
      steps.addAll(rollBack(at, compared.reason, rule));
    }
    return steps;
  }

  private List<Step> rollBack(long at, String reason, Rule rule) {
    String bad = champion.orElseThrow().version;
    String heir =
        former
            .filter(f -> at < f.untilMillis && !breached.contains(f.version))
            .map(Former::version)
            .orElse(lastResort);
    List<Step> steps = new ArrayList<>();
    steps.add(new Step.Breach(at, bad, at + rule.coolDown.toMillis(), reason));
    candidate.ifPresent(other -> steps.add(leaves(at, other)));
    steps.add(
        new Step.Promote(
            at, heir, heir, at, "model %.12s was taken back: %s".formatted(bad, reason)));
    return steps;
  }

  private Rollout promoted(Step.Promote promote) {
    String version = promote.version;
    Optional<Former> left =
        champion
            .map(Champion::version)
            .filter(before -> !before.equals(version) && !before.equals(lastResort))
            .filter(before ->
                !breached.contains(before) && promote.formerUntilMillis > promote.atMillis)
            .map(before -> new Former(before, promote.formerUntilMillis));
    return new Rollout(
        lastResort,
        Optional.of(new Champion(version, promote.atMillis, 0)),
        left,
        candidate.filter(c -> !c.version.equals(version)),
        breached,
        coolUntilMillis);
  }

  private boolean isCooling(long at) {
    return at < coolUntilMillis && champion.map(c -> !c.version.equals(lastResort)).orElse(false);
  }

  private Rollout without(String version) {
    return withCandidate(candidate.filter(c -> !c.version.equals(version)));
  }

  private Rollout withCandidate(Optional<Candidate> other) {
    return new Rollout(lastResort, champion, former, other, breached, coolUntilMillis);
  }
}
