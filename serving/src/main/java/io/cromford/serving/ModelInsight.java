package io.cromford.serving;

import io.cromford.flywheel.LiveHealth;
import io.cromford.flywheel.Rollout;
import io.cromford.model.ModelContents;
import io.cromford.serving.FactoryHistory.Entry;
import io.cromford.serving.ModelsView.Line;
import io.cromford.serving.definition.FactoryDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How the model versions stand, for whoever asks: the owning thread gives the control records, the
/// rest is worked out on the caller's. Any thread may ask.
final class ModelInsight {
  private static final int MOST_FACTS = 500;

  private final FactoryDefinition definition;
  private final Folds folds;
  private final Owner owner;
  private final ModelShelf shelf;
  private final Map<String, Facts> facts = new LinkedHashMap<>();

  ModelInsight(FactoryDefinition definition, Folds folds, Owner owner, ModelShelf shelf) {
    this.definition = definition;
    this.folds = folds;
    this.owner = owner;
    this.shelf = shelf;
  }

  /// What the registry has of a version that the ledger has not.
  private record Facts(String view, String judged) {}

  /// What the owning thread gives.
  private record Look(
      long atMillis,
      String revision,
      List<Control> controls,
      List<Long> millis,
      Policies policies) {}

  private Look look() {
    return owner.look(() -> {
      folds.require();
      FactoryState state = folds.state();
      return new Look(
          folds.clock().now(),
          state.steering().revision(),
          state.controls(),
          state.controlMillis(),
          state.policies());
    });
  }

  /// How all versions stand.
  ModelsView models() {
    Look look = look();
    Known known = new Known(look);
    List<Control.Trained> fits = known.fits.reversed();
    List<Line> lines =
        fits.stream().limit(ModelsView.MOST_MODELS).map(fit -> line(fit, known)).toList();
    return new ModelsView(
        known.now(),
        lines,
        fits.size() - lines.size(),
        known.served.reversed().stream().limit(ModelsView.MOST_SERVED).toList(),
        known.judged.reversed().stream()
            .limit(ModelsView.MOST_JUDGEMENTS)
            .map(ModelInsight::judgement)
            .toList(),
        live(lines.stream().map(line -> line.run().model()).toList()));
  }

  /// All that is on record of a version.
  ///
  /// @param prefix its id or enough of its start, or `champion`
  /// @throws io.cromford.core.CromfordException NOT_FOUND if there is none, USAGE if there are
  ///   several
  ModelView model(String prefix) {
    Look look = look();
    Known known = new Known(look);
    String id =
        prefix.equals("champion")
            ? known.history.champion().map(Promotion::model).orElseThrow(Loop::notLive)
            : shelf.find(prefix);
    ModelContents contents = shelf.contents(id);
    String judged = judged(id, contents);
    String drawn =
        judged.equals(id) ? contents.evaluationJson() : shelf.contents(judged).evaluationJson();
    Control.Trained fit =
        known.fits.stream()
            .filter(trained -> trained.model().equals(id))
            .findFirst()
            .orElseGet(() -> imported(id, contents));
    return new ModelView(
        look.revision,
        line(fit, known),
        contents,
        drawn.isEmpty() ? null : new ModelView.Evaluation(judged, drawn),
        known.verdict(judged).map(ModelInsight::judgement),
        onRecord(id, look));
  }

  private static String judged(String id, ModelContents contents) {
    String judged = contents.training().judged();
    return judged.isEmpty() ? id : judged;
  }

  /// A version that lies in the registry and was never recorded as a fit.
  private static Control.Trained imported(String id, ModelContents contents) {
    var training = contents.training();
    return new Control.Trained(
        id,
        "unrecorded",
        training.learner(),
        training.parameters(),
        training.interval().fromMillis(),
        training.interval().toMillis(),
        training.counts().rows(),
        training.counts().positives(),
        Map.of(),
        0);
  }

  private ModelView.OnRecord onRecord(String id, Look look) {
    List<Entry> entries = FactoryHistory.of(look.controls, look.millis).entries();
    return new ModelView.OnRecord(
        definition.about(),
        Dossier.envelope(look.policies.flywheel()),
        Dossier.way(entries, id),
        Dossier.persons(entries, id),
        Dossier.policies(entries),
        live(id));
  }

  private ModelView.@Nullable Live live(String id) {
    return live(List.of(id)).get(id);
  }

  /// How those of some versions score that score live traffic.
  private Map<String, ModelView.Live> live(List<String> versions) {
    return owner.look(() -> {
      Map<String, ModelView.Live> live = new HashMap<>();
      for (String version : versions) {
        folds.state().desk().find(version).ifPresent(seat -> live.put(version, live(seat)));
      }
      return live;
    });
  }

  private static ModelView.Live live(Seat seat) {
    LiveHealth health = seat.health(true);
    double threshold = seat.threshold();
    return new ModelView.Live(
        health.scores().scores(),
        Double.isFinite(threshold) ? threshold : null,
        health.alertsToday(),
        health.scoreNanos() / 1000);
  }

  private Line line(Control.Trained fit, Known known) {
    Facts of = facts(fit.model());
    Map<String, Double> metrics =
        of.judged.equals(fit.model())
            ? fit.metrics()
            : known.metrics.getOrDefault(of.judged, Map.of());
    return new Line(
        FactoryReport.run(fit),
        known.roles(fit.model(), of.judged),
        of.judged,
        of.view,
        metrics,
        known.served.reversed().stream()
            .filter(served -> served.model().equals(fit.model()))
            .toList());
  }

  /// The registry is read once for a version; what is kept is bounded.
  private synchronized Facts facts(String id) {
    Facts known = facts.get(id);
    if (known != null) {
      return known;
    }
    ModelContents contents = shelf.contents(id);
    if (facts.size() == MOST_FACTS) {
      facts.remove(facts.keySet().iterator().next());
    }
    Facts read = new Facts(contents.schema().view(), judged(id, contents));
    facts.put(id, read);
    return read;
  }

  private static ModelsView.Judgement judgement(Control.Judged judged) {
    return new ModelsView.Judgement(
        FactoryReport.judgement(judged),
        judged.segments().stream()
            .map(on ->
                new ModelsView.OnSegment(
                    on.segment(), on.positives(), on.gain(), on.gainLow(), on.detectable()))
            .toList());
  }

  /// What the control records say.
  private static final class Known {
    private final Look look;
    private final ModelHistory history;
    private final List<Control.Trained> fits = new ArrayList<>();
    private final List<Control.Judged> judged = new ArrayList<>();
    private final List<ModelsView.Served> served = new ArrayList<>();
    private final Map<String, Map<String, Double>> metrics = new HashMap<>();
    private final Map<String, String> ended = new HashMap<>();

    Known(Look look) {
      this.look = look;
      this.history = ModelHistory.of(look.controls);
      look.controls.forEach(this::take);
      for (int i = 0; i < history.promotions().size(); i++) {
        served.add(served(i));
      }
    }

    private void take(Control control) {
      if (control instanceof Control.Trained trained) {
        fits.removeIf(fit -> fit.model().equals(trained.model()));
        fits.add(trained);
        metrics.put(trained.model(), trained.metrics());
      } else if (control instanceof Control.Judged verdict) {
        judged.add(verdict);
      } else if (control instanceof Control.Withdrawn withdrawn) {
        ended.put(withdrawn.model(), withdrawn.by() == null ? "withdrawn" : "rejected");
      } else if (control instanceof Control.Shadowed shadowed) {
        ended.remove(shadowed.model());
      } else if (control instanceof Control.Proposed proposed) {
        ended.remove(proposed.model());
      } else if (control instanceof Control.Promoted promoted) {
        ended.remove(promoted.model());
      }
    }

    private ModelsView.Served served(int number) {
      List<Promotion> promotions = history.promotions();
      Promotion promotion = promotions.get(number);
      return new ModelsView.Served(
          promotion.model(),
          promotion.at().toString(),
          number + 1 < promotions.size() ? promotions.get(number + 1).at().toString() : null,
          promotion.reason(),
          promotion.by());
    }

    Optional<Control.Judged> verdict(String challenger) {
      return judged.reversed().stream()
          .filter(verdict -> verdict.challenger().equals(challenger))
          .findFirst();
    }

    ModelsView.Now now() {
      return new ModelsView.Now(
          look.revision,
          look.atMillis,
          history.champion().map(Promotion::model).orElse(""),
          candidate()
              .map(candidate ->
                  new ModelsView.Candidate(
                      candidate.version(),
                      candidate.judged(),
                      stage(candidate),
                      candidate.untilMillis(),
                      candidate.reason())),
          history.proposed(),
          history.brake());
    }

    private Optional<Rollout.Candidate> candidate() {
      return history.rollout().flatMap(Rollout::candidate);
    }

    private static String stage(Rollout.Candidate candidate) {
      return candidate.stage().name().toLowerCase(Locale.ROOT);
    }

    /// What a version is, the most telling first.
    List<String> roles(String version, String judgedAs) {
      Optional<Rollout> rollout = history.rollout();
      List<String> roles = new ArrayList<>();
      add(roles, "champion", history.champion().map(Promotion::model), version);
      candidate()
          .filter(candidate -> candidate.version().equals(version))
          .ifPresent(candidate -> roles.add(stage(candidate)));
      add(roles, "proposed", history.proposed().map(ModelHistory.Proposal::model), version);
      add(roles, "former", rollout.flatMap(Rollout::former).map(Rollout.Former::version), version);
      Stream<Promotion> first = history.promotions().stream().limit(1);
      add(roles, "frozen", first.map(Promotion::model).findFirst(), version);
      add(roles, "last-resort", rollout.map(Rollout::lastResort), version);
      if (rollout.map(r -> r.breached().contains(version)).orElse(false)) {
        roles.add("taken-back");
      }
      Optional.ofNullable(ended.get(version)).ifPresent(roles::add);
      if (roles.isEmpty()) {
        roles.add(past(version, judgedAs));
      }
      return roles;
    }

    private static void add(
        List<String> roles, String role, Optional<String> holder, String version) {
      holder.filter(version::equals).ifPresent(_ -> roles.add(role));
    }

    private String past(String version, String judgedAs) {
      if (served.stream().anyMatch(time -> time.model().equals(version))) {
        return "retired";
      }
      return verdict(judgedAs).map(v -> v.passed() ? "passed" : "held").orElse("fitted");
    }
  }
}
