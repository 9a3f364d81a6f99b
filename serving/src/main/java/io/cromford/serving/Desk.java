package io.cromford.serving;

import io.cromford.core.SnapshotReader;
import io.cromford.core.SnapshotWriter;
import io.cromford.flywheel.AlertThreshold;
import io.cromford.flywheel.DayAlerts;
import io.cromford.flywheel.LiveDecision;
import io.cromford.flywheel.Rollout;
import io.cromford.flywheel.ScoreBins;
import io.cromford.flywheel.ScoreWatch;
import io.cromford.model.ConstantModel;
import io.cromford.model.LogisticModel;
import io.cromford.model.Model;
import io.cromford.model.RuleModel;
import io.cromford.model.TreeEnsemble;
import io.cromford.serving.DecisionRecord.Answer;
import io.cromford.serving.DecisionRecord.Beside;
import io.cromford.serving.DecisionRecord.Features;
import io.cromford.serving.DecisionRecord.InView;
import io.cromford.serving.definition.DecisionDefinition;
import io.cromford.serving.definition.DecisionDefinition.KnownPositives;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Where observations are decided on: who answers, the score, the threshold, the action, the
/// reasons.
///
/// The champion answers; a canary answers for its share of the entities. The champion's predecessor
/// and a shadow score beside them, and so does the first model, as the yardstick of what learning
/// is worth. The state is a fold over decisions, control records and known positives.
final class Desk {
  /// The arrival of news that there never was.
  static final long NOT_POSITIVE = Long.MIN_VALUE;

  private static final ScoreBins ONE_BIN = new ScoreBins(List.of(), List.of(1.0));

  private DecisionDefinition policy;
  private final ViewBook views;
  private final Crew crew = new Crew();
  private final DayAlerts dayAlerts = new DayAlerts();
  private final PositiveEntities positives = new PositiveEntities();
  private @Nullable Seat champion;
  private @Nullable Seat former;
  private @Nullable Seat candidate;
  private @Nullable Seat lastResort;
  private @Nullable Seat frozen;
  private double canaryShare;
  private long formerUntilMillis;
  private List<Seat> seats = List.of();
  private float[][] values = new float[0][];
  private long alerts;

  /// @param views the features that models were fitted on
  Desk(DecisionDefinition policy, ViewBook views) {
    this.policy = policy;
    this.views = views;
  }

  /// The alerts so far.
  long alerts() {
    return alerts;
  }

  /// The models that ever scored live, by number.
  Crew crew() {
    return crew;
  }

  boolean isOpen() {
    return champion != null;
  }

  /// Takes a control record that changes who scores.
  ///
  /// @param models gives the model of a version
  /// @param atMillis the factory time
  void control(Control control, Function<String, ModelShelf.Fit> models, long atMillis) {
    remember(control);
    switch (control) {
      case Control.Configured configured -> seats.forEach(seat -> lookAt(seat, configured));
      case Control.Trained trained -> {
        if (trained.isLastResort()) {
          lastResort = seat(trained.model(), models, Entrance.NONE, atMillis);
        }
      }
      case Control.Shadowed shadowed -> {
        Entrance entrance = new Entrance(shadowed.dailyScores(), shadowed.bins());
        candidate = seat(shadowed.model(), models, entrance, atMillis);
        canaryShare = 0;
      }
      case Control.Canaried canaried -> canaryShare = canaried.share();
      case Control.Promoted promoted -> promoted(promoted, models, atMillis);
      case Control.Withdrawn withdrawn -> leave(withdrawn.model());
      case Control.Proposed proposed -> leave(proposed.model());
      case Control.Judged _,
          Control.Skipped _,
          Control.Alarmed _,
          Control.Hastened _,
          Control.Compared _,
          Control.Breached _,
          Control.BoundaryPassed _,
          Control.DeclaredComplete _,
          Control.ViewOpened _,
          Control.ViewReady _,
          Control.ViewClosed _,
          Control.Frozen _,
          Control.Resumed _,
          Control.OfAlarms _,
          Control.OfPolicies _,
          Control.Worked _,
          Control.OfQuarantine _,
          Control.Overridden _,
          Control.OfMonitors _ -> {}
    }
    reseat();
  }

  /// Takes of a control record what needs no other record: who is of the crew, and the policy.
  void remember(Control control) {
    crew.take(control);
    if (control instanceof Control.Configured configured) {
      policy = configured.policies().decision();
    }
  }

  void save(SnapshotWriter out) {
    out.section("desk");
    dayAlerts.save(out);
    positives.save(out);
    List<Seat> all = new ArrayList<>();
    for (Seat seat : places()) {
      add(all, seat);
    }
    out.each(all, seat -> seat.save(out));
    for (Seat seat : places()) {
      out.count(all.indexOf(seat));
    }
    out.real(canaryShare);
    out.number(formerUntilMillis);
    out.number(alerts);
  }

  /// Takes on what was saved, after all control records.
  ///
  /// @param models gives the model of a version
  void restore(SnapshotReader in, Function<String, ModelShelf.Fit> models) {
    in.section("desk");
    dayAlerts.restore(in);
    positives.restore(in);
    List<Seat> all = in.each(() -> seat(in, models));
    champion = place(in, all);
    former = place(in, all);
    candidate = place(in, all);
    lastResort = place(in, all);
    frozen = place(in, all);
    canaryShare = in.real();
    formerUntilMillis = in.number();
    alerts = in.number();
    reseat();
  }

  private void lookAt(Seat seat, Control.Configured configured) {
    PolicyApproval approval = configured.approval();
    List<Double> scores =
        approval == null
            ? List.of()
            : approval.dailyScores().getOrDefault(seat.version(), List.of());
    seat.lookAt(policy.alertsPerDay(), scores);
  }

  /// The versions that score, and learn from their scores which are alerted.
  List<String> versionsWithThreshold() {
    return seats.stream()
        .filter(seat -> !isFixed(seat.model()))
        .map(Seat::version)
        .distinct()
        .toList();
  }

  private @Nullable Seat[] places() {
    return new @Nullable Seat[] {champion, former, candidate, lastResort, frozen};
  }

  private static @Nullable Seat place(SnapshotReader in, List<Seat> all) {
    int index = in.count();
    return index < 0 ? null : all.get(index);
  }

  private Seat seat(SnapshotReader in, Function<String, ModelShelf.Fit> models) {
    ModelShelf.Fit fit = models.apply(in.text());
    int view = in.count();
    AlertThreshold threshold = threshold(fit.model(), Entrance.NONE, 0);
    threshold.restore(in);
    return new Seat(crew.number(fit.version()), fit, view, threshold, ScoreWatch.read(in));
  }

  private void promoted(
      Control.Promoted promoted, Function<String, ModelShelf.Fit> models, long atMillis) {
    Seat next = seated(promoted.model());
    if (next == null) {
      Entrance entrance = new Entrance(promoted.dailyScores(), promoted.bins());
      next = seat(promoted.model(), models, entrance, atMillis);
    }
    boolean keeps =
        champion != next && promoted.formerUntilMillis() > atMillis && !isLastResort(champion);
    former = keeps ? champion : null;
    formerUntilMillis = promoted.formerUntilMillis();
    champion = next;
    leave(promoted.model());
    if (frozen == null) {
      frozen = next;
    }
  }

  private Seat seat(
      String version, Function<String, ModelShelf.Fit> models, Entrance entrance, long atMillis) {
    ScoreBins bins = entrance.bins();
    ModelShelf.Fit fit = models.apply(version);
    return new Seat(
        crew.number(version),
        fit,
        views.of(fit),
        threshold(fit.model(), entrance, atMillis),
        new ScoreWatch(bins == null ? ONE_BIN : bins));
  }

  private boolean isLastResort(@Nullable Seat seat) {
    return seat != null && lastResort != null && seat.version().equals(lastResort.version());
  }

  private AlertThreshold threshold(Model model, Entrance entrance, long atMillis) {
    return isFixed(model)
        ? AlertThreshold.fixed(RuleModel.THRESHOLD, atMillis)
        : new AlertThreshold(policy.alertsPerDay(), atMillis, entrance.dailyScores());
  }

  /// Whether a model says yes or no by itself.
  private static boolean isFixed(Model model) {
    return switch (model) {
      case RuleModel _, ConstantModel _ -> true;
      case TreeEnsemble _, LogisticModel _ -> false;
    };
  }

  private @Nullable Seat seated(String version) {
    for (Seat seat : seats) {
      if (seat.version().equals(version)) {
        return seat;
      }
    }
    return null;
  }

  /// A model is not on its way any more, or has arrived.
  private void leave(String version) {
    if (candidate != null && candidate.version().equals(version)) {
      candidate = null;
      canaryShare = 0;
    }
  }

  /// Somebody came or went: says anew who scores each observation, the champion first.
  private void reseat() {
    List<Seat> all = new ArrayList<>(4);
    add(all, champion);
    add(all, former);
    add(all, candidate);
    add(all, frozen);
    seats = List.copyOf(all);
  }

  private static void add(List<Seat> seats, @Nullable Seat seat) {
    if (seat != null && !seats.contains(seat)) {
      seats.add(seat);
    }
  }

  /// The first model.
  private Seat yardstick() {
    Seat first = frozen;
    if (first == null) {
      throw new IllegalStateException("no model serves");
    }
    return first;
  }

  /// Decides on an observation; changes nothing but the day.
  ///
  /// @param features the feature values as served, shape `[views, features of the view]`; nothing
  ///   for a view that is not computed
  /// @param arrival the factory time
  DecisionRecord decide(
      int ordinal, double[][] features, ServedFeatures.Facts facts, long arrival) {
    advance(arrival);
    narrow(features);
    for (Seat seat : seats) {
      seat.score(values[seat.view()]);
    }
    Seat answering = answering(facts.entity());
    Action action = action(facts, answering, arrival);
    return new DecisionRecord(
        ordinal,
        new Answer(
            answering.number(), answering.score(), answering.threshold(), action, oneIn(action)),
        yardstick().score(),
        served(features, answering.view()),
        action == Action.ALERT ? reasons(answering) : Reasons.NONE,
        beside(answering));
  }

  /// Models take single precision.
  private void narrow(double[][] features) {
    if (values.length != features.length) {
      values = new float[features.length][0];
    }
    for (int view = 0; view < features.length; view++) {
      values[view] = narrowed(features[view], values[view]);
    }
  }

  private static float[] narrowed(double[] features, float[] before) {
    float[] narrow = before.length == features.length ? before : new float[features.length];
    ServedFeatures.narrow(features, narrow);
    return narrow;
  }

  private static Features served(double[][] features, int answering) {
    List<InView> others = new ArrayList<>();
    for (int view = 0; view < features.length; view++) {
      if (view != answering && features[view].length > 0) {
        others.add(new InView(view, ServedFeatures.hash(features[view])));
      }
    }
    return new Features(answering, ServedFeatures.hash(features[answering]), others);
  }

  private Reasons reasons(Seat answering) {
    float[] row = values[answering.view()];
    return Reasons.largest(answering.model().contributions(row), row.length, policy.reasons());
  }

  /// Who answers: the canary for its share, else the champion; whoever gave no probability is
  /// passed over for its predecessor, and that one for the last resort.
  private Seat answering(long entity) {
    Seat canary = candidate;
    if (canary != null && canary.isFit() && isCanarys(entity, canary.number())) {
      return canary;
    }
    Seat first = champion;
    if (first == null) {
      throw new IllegalStateException("no model serves");
    }
    if (first.isFit()) {
      return first;
    }
    Seat second = former;
    if (second != null && second.isFit()) {
      return second;
    }
    Seat last = lastResort;
    if (last == null) {
      throw new IllegalStateException("there is no last resort");
    }
    last.score(values[last.view()]);
    return last;
  }

  /// Whether the canary answers for an entity: by a hash, another one for each canary, so that not
  /// the same entities try all of them.
  private boolean isCanarys(long entity, int number) {
    return share(entity + number) < canaryShare;
  }

  /// A number from 0 to 1 that a seed gives, as good as drawn (SplitMix64's finish).
  private static double share(long seed) {
    long z = seed * 0x9E3779B97F4A7C15L;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return (z >>> 11) * 0x1p-53;
  }

  /// The first model's score is there by itself.
  private List<Beside> beside(Seat answering) {
    List<Beside> beside = new ArrayList<>(2);
    for (Seat seat : seats) {
      if (seat != answering && seat != frozen) {
        beside.add(new Beside(seat.number(), seat.score()));
      }
    }
    return beside;
  }

  /// Takes a decision that is in the ledger.
  ///
  /// @return what the first model would have decided
  LiveDecision.Verdict decided(DecisionRecord decision, ServedFeatures.Facts facts, long arrival) {
    advance(arrival);
    if (decision.answer().action() == Action.ALERT) {
      dayAlerts.add(facts.entity());
      alerts++;
    }
    LiveDecision.Verdict first = LiveDecision.Verdict.PASSED;
    for (Seat seat : seats) {
      if (seat == frozen) {
        first = seat.take(facts.entity(), decision.frozenScore());
      } else {
        OptionalDouble score = decision.scoreOf(seat.number());
        if (score.isPresent()) {
          seat.take(facts.entity(), score.getAsDouble());
        }
      }
    }
    return first;
  }

  /// Whether something about live scores should be looked at now.
  ///
  /// @param mostAlerts alerts a day that are too many
  boolean isSuspect(int mostAlerts) {
    return (champion != null && champion.isSuspect(mostAlerts))
        || (candidate != null && candidate.isSuspect(mostAlerts));
  }

  /// How those who score do.
  ///
  /// @param parity of the candidate's scores
  /// @param isTimed whether the time that scores take counts
  Rollout.Live live(Rollout.Parity parity, boolean isTimed) {
    Seat first = champion;
    if (first == null) {
      throw new IllegalStateException("no model serves");
    }
    return new Rollout.Live(
        first.health(isTimed),
        Optional.ofNullable(former).map(seat -> seat.health(isTimed)),
        Optional.ofNullable(candidate).map(seat -> seat.health(isTimed)),
        parity);
  }

  /// The candidate; empty if nobody is on its way.
  Optional<Seat> candidate() {
    return Optional.ofNullable(candidate);
  }

  /// The number of the view that the champion was fitted on; -1 if nobody serves.
  int championView() {
    return champion == null ? -1 : champion.view();
  }

  /// The seat of a version; empty if it does not score live traffic.
  Optional<Seat> find(String version) {
    return Optional.ofNullable(seated(version));
  }

  /// Whether a version's scores are known already, so that it can serve at once.
  boolean isSeated(String version) {
    return seated(version) != null;
  }

  /// Whether a model that scores, or may have to, was fitted on a view.
  boolean needs(int view) {
    for (Seat seat : seats) {
      if (seat.view() == view) {
        return true;
      }
    }
    return lastResort != null && lastResort.view() == view;
  }

  /// Whether it matters here that an entity had a positive.
  boolean watchesPositives() {
    return policy.knownPositives() instanceof KnownPositives.Block;
  }

  /// Takes the news that an observation of an entity was positive, or was not after all.
  ///
  /// @param arrival of the news; [#NOT_POSITIVE] if it was not
  void knownPositive(long entity, int ordinal, long arrival) {
    positives.take(entity, ordinal, arrival);
  }

  private void advance(long arrival) {
    if (former != null && arrival >= formerUntilMillis) {
      former = null;
      reseat();
    }
    dayAlerts.advance(arrival);
    for (Seat seat : seats) {
      seat.advance(arrival);
    }
  }

  private Action action(ServedFeatures.Facts facts, Seat answering, long arrival) {
    long entity = facts.entity();
    if (policy.knownPositives() instanceof KnownPositives.Block block) {
      long since = positives.latest(entity);
      if (since != NOT_POSITIVE && arrival - since < block.duration().toMillis()) {
        return Action.BLOCK;
      }
    }
    if (answering.score() < answering.threshold()) {
      return Action.PASS;
    }
    if (isExplored(facts, arrival)) {
      return Action.EXPLORED;
    }
    return dayAlerts.had(entity) ? Action.ALERTED_BEFORE : Action.ALERT;
  }

  /// Whether it is one of those that are let through at random. What is drawn hangs on the id and
  /// the moment, so that it can be drawn again, and nobody who pays can choose it.
  private boolean isExplored(ServedFeatures.Facts facts, long arrival) {
    DecisionDefinition.Explore explore = policy.explore();
    return explore != null
        && share(facts.id() + Long.rotateLeft(arrival, Integer.SIZE)) * explore.oneIn() < 1;
  }

  private int oneIn(Action action) {
    DecisionDefinition.Explore explore = policy.explore();
    return switch (action) {
      case ALERT, ALERTED_BEFORE, EXPLORED -> explore == null ? 0 : explore.oneIn();
      case PASS, BLOCK -> 0;
    };
  }
}
