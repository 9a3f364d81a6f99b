package io.cromford.serving;

import io.cromford.flywheel.SavedSince;
import io.cromford.flywheel.WeekSample;
import io.cromford.flywheel.WeekSummary;
import io.cromford.flywheel.WeeklyLedger;
import io.cromford.serving.definition.FactoryDefinition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// The stories of a factory with what their answers were worth, for whoever asks: the owning thread
/// gives samples of the weeks, and the asker's thread sums up, once for each that changed.
final class StoryInsight {
  private final FactoryDefinition definition;
  private final Folds folds;
  private final Owner owner;
  private Map<Reckoned, Optional<SavedSince>> reckoned = Map.of();

  StoryInsight(FactoryDefinition definition, Folds folds, Owner owner) {
    this.definition = definition;
    this.folds = folds;
    this.owner = owner;
  }

  /// What a sum hangs on: from when until when, and the weeks that it is made of.
  private record Reckoned(long fromMillis, long untilMillis, List<WeekKey> weeks) {}

  /// A closed week as it stood.
  private record WeekKey(int week, int late) {}

  /// What the owning thread gives.
  private record Look(long atMillis, Weeks weeks, List<Story> stories) {}

  /// The weeks of a factory.
  ///
  /// @param goLiveMillis when the first one began
  record Weeks(long goLiveMillis, long maturityMillis, List<WeekSummary> closed) {
    /// In which one a moment lies; 0 for one before go-live.
    int of(Instant at) {
      long since = at.toEpochMilli() - goLiveMillis;
      return since < 0 ? 0 : Math.toIntExact(since / WeeklyLedger.WEEK.toMillis()) + 1;
    }

    /// When the week in which a moment lies is mature.
    long maturesMillis(Instant at) {
      return goLiveMillis + of(at) * WeeklyLedger.WEEK.toMillis() + maturityMillis;
    }

    /// Whether the week in which a moment lies is closed: its outcomes are mature.
    boolean isClosed(Instant at) {
      return !closed.isEmpty() && at.toEpochMilli() < closed.getLast().untilMillis();
    }

    static Optional<Weeks> of(FactoryState state, FactoryDefinition definition) {
      WeeklyLedger weeks = state.weeks();
      return weeks == null
          ? Optional.empty()
          : Optional.of(
              new Weeks(
                  weeks.untilMillis(0),
                  definition.data().label().maturity().toMillis(),
                  weeks.weeks()));
    }
  }

  /// The stories as they stand.
  StoriesView stories() {
    return owner.look(this::look).map(this::stories).orElse(StoriesView.NONE);
  }

  private Optional<Look> look() {
    folds.require();
    FactoryState state = folds.state();
    return Weeks.of(state, definition)
        .map(weeks -> new Look(folds.clock().now(), weeks, state.stories()));
  }

  /// One at a time sums up; who comes meanwhile waits for that.
  private synchronized StoriesView stories(Look look) {
    Map<Reckoned, Optional<SavedSince>> next = new HashMap<>();
    List<StoriesView.Told> told = new ArrayList<>();
    String currency = definition.decision().costs().currency();
    for (Story story : look.stories.reversed()) {
      told.add(tell(story, look.weeks, currency, saved(story, look.weeks, next)));
    }
    reckoned = next;
    return new StoriesView(look.atMillis, currency, true, told);
  }

  private @Nullable SavedSince saved(
      Story story, Weeks weeks, Map<Reckoned, Optional<SavedSince>> next) {
    if (story.answer().isEmpty()) {
      return null;
    }
    long from = story.answer().get().from().toEpochMilli();
    long until = until(story.answer().get());
    List<WeekSummary> touched =
        weeks.closed.stream()
            .filter(week -> week.untilMillis() > from && week.fromMillis() < until)
            .toList();
    Reckoned key =
        new Reckoned(
            from,
            until,
            touched.stream()
                .map(week -> new WeekKey(week.number(), week.counts().lateOutcomes()))
                .toList());
    Optional<SavedSince> known = reckoned.get(key);
    if (known == null) {
      known = SavedSince.of(samples(touched, this::sample), from, until, seed(definition));
    }
    next.put(key, known);
    return known.orElse(null);
  }

  private static long until(Story.Answer answer) {
    return answer.until().equals(Instant.MAX) ? Long.MAX_VALUE : answer.until().toEpochMilli();
  }

  private static List<WeekSample> samples(
      List<WeekSummary> weeks, IntFunction<Optional<WeekSample>> sample) {
    return weeks.stream().flatMap(week -> sample.apply(week.number()).stream()).toList();
  }

  private Optional<WeekSample> sample(int week) {
    return owner.look(() -> {
      folds.require();
      WeeklyLedger weeks = folds.state().weeks();
      return weeks == null ? Optional.empty() : weeks.sample(week);
    });
  }

  private static long seed(FactoryDefinition definition) {
    return definition.learning().training().search().seed();
  }

  private static StoriesView.Told tell(
      Story story, Weeks weeks, String currency, @Nullable SavedSince saved) {
    Instant began = story.trouble().since().orElse(story.trouble().at());
    long matures =
        story
            .answer()
            .filter(answer -> saved == null && !weeks.isClosed(answer.from()))
            .map(answer -> weeks.maturesMillis(answer.from()))
            .orElse(0L);
    return new StoriesView.Told(
        story, weeks.of(began), saved, matures, StoryWords.of(story, currency, saved, matures));
  }

  /// The stories of a state, the latest first, all at once; for the thread that owns it.
  static List<StoriesView.Told> of(FactoryState state, FactoryDefinition definition) {
    return Weeks.of(state, definition).map(weeks -> of(state, definition, weeks)).orElse(List.of());
  }

  private static List<StoriesView.Told> of(
      FactoryState state, FactoryDefinition definition, Weeks weeks) {
    WeeklyLedger ledger = java.util.Objects.requireNonNull(state.weeks());
    List<StoriesView.Told> told = new ArrayList<>();
    for (Story story : state.stories().reversed()) {
      @Nullable SavedSince saved =
          story
              .answer()
              .flatMap(answer ->
                  SavedSince.of(
                      samples(weeks.closed, ledger::sample),
                      answer.from().toEpochMilli(),
                      until(answer),
                      seed(definition)))
              .orElse(null);
      told.add(tell(story, weeks, definition.decision().costs().currency(), saved));
    }
    return told;
  }
}
