package io.cromford.serving;

import io.cromford.flywheel.Rollout;
import io.cromford.flywheel.WeekSummary;
import io.cromford.flywheel.WeeklyLedger;
import io.cromford.flywheel.monitor.DayFigures;
import io.cromford.serving.FactoryOverview.Candidate;
import io.cromford.serving.FactoryOverview.Service;
import io.cromford.serving.FactoryOverview.Source;
import io.cromford.serving.FactoryOverview.Standing;
import io.cromford.serving.FactoryOverview.Subject;
import io.cromford.serving.FactoryOverview.Volume;
import io.cromford.serving.FactoryOverview.Weeks;
import io.cromford.serving.definition.FactoryDefinition;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// From where persons look on while the factory works. Any thread may look.
final class Gallery {
  /// At most a hundredth of the owning thread's time.
  private static final long SPARING = 100;

  /// Each open decision is counted: at most a four-hundredth.
  private static final long SPARING_WEEKS = 400;

  private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();
  private static final long GROWTH_MILLIS = 7 * DAY_MILLIS;

  private final FactoryDefinition definition;
  private final Folds folds;
  private final Turns turns;
  private final Path stateFolder;
  private final Glance<FactoryOverview> overview;
  private final Glance<Weeks> weeks;
  private final Glance<List<FactoryHistory.Entry>> history;
  private final Glance<FeaturesView> features;

  private volatile int shown;

  Gallery(FactoryDefinition definition, Folds folds, Turns turns, Owner owner, Path stateFolder) {
    this.definition = definition;
    this.folds = folds;
    this.turns = turns;
    this.stateFolder = stateFolder;
    this.overview = new Glance<>(owner, this::overviewNow, SPARING);
    this.weeks = new Glance<>(owner, this::weeksNow, SPARING_WEEKS);
    this.history = new Glance<>(owner, () -> folds.state().told(), SPARING);
    this.features = new Glance<>(owner, () -> FeaturesView.of(folds.state()), SPARING);
  }

  /// The factory at a glance: what was done to it is in it at once.
  FactoryOverview overview() {
    renewWhatWasDone();
    FactoryOverview known = overview.get().with(weeks.get());
    try {
      FileStore disk = Files.getFileStore(stateFolder);
      return known.on(disk.getUsableSpace(), disk.getTotalSpace());
    } catch (IOException _) {
      return known;
    }
  }

  /// How many control records were made since it was opened.
  int recorded() {
    return folds.recorded();
  }

  /// What was done lately, the latest last.
  List<FactoryHistory.Entry> history() {
    renewWhatWasDone();
    return history.get();
  }

  private void renewWhatWasDone() {
    int recorded = folds.recorded();
    if (recorded != shown) {
      shown = recorded;
      overview.renew();
      history.renew();
    }
  }

  /// The features and how their values lie.
  FeaturesView features() {
    return features.get();
  }

  private FactoryOverview overviewNow() {
    FactoryState state = folds.state();
    ModelHistory models = ModelHistory.of(state.controls());
    AlarmList alarms = folds.alarms();
    return new FactoryOverview(
        subject(state),
        new Service(
            models.champion(),
            models.rollout().flatMap(Rollout::candidate).map(Gallery::candidate),
            models.brake(),
            turns.next(),
            seen(state),
            state.watch().latencyMicros()),
        sources(state.books()),
        Weeks.NONE,
        new Volume(folds.ledger().head().position(), growth(state.books()), folds.keptAt(), -1, -1),
        Needs.of(state, models, alarms),
        alarms.book().open().stream().map(alarm -> Standing.of(alarm, alarms)).toList());
  }

  private static FactoryOverview.Revisions seen(FactoryState state) {
    return new FactoryOverview.Revisions(
        state.steering().revision(),
        state.braking().revision(),
        state.policyBook().steering().revision());
  }

  private Subject subject(FactoryState state) {
    return new Subject(
        definition.about().name(),
        definition.about().purpose(),
        definition.decision().costs().currency(),
        state.policies().decision().alertsPerDay());
  }

  private static Candidate candidate(Rollout.Candidate candidate) {
    return new Candidate(
        candidate.version(),
        candidate.stage().name().toLowerCase(Locale.ROOT),
        Instant.ofEpochMilli(candidate.untilMillis()));
  }

  private static List<Source> sources(Books books) {
    Map<String, DayFigures.Source> today =
        books.sourceDays().figures(Math.floorDiv(books.clock(), DAY_MILLIS), books.sources());
    return books.sources().stream()
        .map(source -> {
          boolean observed = source.definition().isObservation();
          return new Source(
              source.name(),
              observed ? "observation" : books.said().kind(source),
              source.counts().accepted(),
              source.counts().quarantined(),
              source.counts().duplicates(),
              observed ? 0 : books.waiting().count(source),
              today.getOrDefault(source.name(), DayFigures.Source.NONE));
        })
        .toList();
  }

  /// Bytes a day over the last week of the factory's clock, or what there is of it.
  private long growth(Books books) {
    int first = books.size() == 0 ? -1 : firstSince(books, books.clock() - GROWTH_MILLIS);
    if (first < 0 || first >= books.size()) {
      return 0;
    }
    double days = (double) (books.clock() - books.eventMillis(first)) / DAY_MILLIS;
    long bytes = folds.ledger().head().position() - books.position(first);
    return days < 1.0 / 24 ? 0 : Math.round(bytes / days);
  }

  /// The first observation of a time; they come nearly in its order.
  private static int firstSince(Books books, long millis) {
    int low = 0;
    int high = books.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (books.eventMillis(middle) < millis) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private Weeks weeksNow() {
    WeeklyLedger ledger = folds.state().weeks();
    if (ledger == null) {
      return Weeks.NONE;
    }
    List<WeekSummary> closed = ledger.weeks();
    return new Weeks(
        ledger.standing(
            folds.state().books().clock() - definition.data().label().maturity().toMillis()),
        closed.subList(Math.max(0, closed.size() - Weeks.MOST), closed.size()),
        Map.of());
  }
}
