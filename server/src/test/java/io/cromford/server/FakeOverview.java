package io.cromford.server;

import io.cromford.flywheel.OpenWeek;
import io.cromford.flywheel.WeekRanges;
import io.cromford.flywheel.WeekSummary;
import io.cromford.flywheel.monitor.DayFigures;
import io.cromford.serving.Brake;
import io.cromford.serving.FactoryHistory.Entry;
import io.cromford.serving.FactoryOverview;
import io.cromford.serving.PlannedJob;
import io.cromford.serving.Promotion;
import io.cromford.training.Interval;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// What a factory shows of itself, with something in each place.
final class FakeOverview {
  private static final Instant AT = Instant.ofEpochMilli(FakeFactory.CLOCK);
  private static final String NAME = "<script>alert(1)</script>";

  private FakeOverview() {}

  static FactoryOverview of(Optional<PlannedJob> next) {
    return new FactoryOverview(
        new FactoryOverview.Subject(NAME, "stops frauds", "EUR", 20),
        new FactoryOverview.Service(
            Optional.of(new Promotion("ab", "ab", AT, "the first", "factory")),
            Optional.of(new FactoryOverview.Candidate("cd", "shadow", AT)),
            Optional.of(new Brake(AT, "an audit", "ada")),
            next,
            new FactoryOverview.Revisions("7", "2", "3"),
            1850.5),
        List.of(
            new FactoryOverview.Source(
                "payments", "observation", 5, 1, 2, 0, new DayFigures.Source(3, 1, 0, 0, 0))),
        new FactoryOverview.Weeks(
            List.of(
                new OpenWeek(
                    2,
                    FakeFactory.CLOCK,
                    FakeFactory.CLOCK + 1,
                    new OpenWeek.Payments(6, 2, 1, 0, 3, 2),
                    new OpenWeek.Alerts(3, 2, 1, Interval.ofShare(1, 2)),
                    new OpenWeek.Recall(1, Double.NaN, 0.5),
                    new OpenWeek.Saved(10, 12.5))),
            List.of(
                new WeekSummary(
                    1,
                    0,
                    1,
                    true,
                    List.of("ab"),
                    new WeekSummary.Counts(10, 9, 2, 3, 2, 0),
                    new WeekSummary.Ranking(0.5, Double.NaN, 0.5, 0.5),
                    new WeekSummary.Saved(100, 90),
                    new WeekSummary.Explored(0, 0, 0))),
            Map.of(2, new WeekRanges(new Interval(1, 5), new Interval(-2.5, Double.NaN)))),
        new FactoryOverview.Volume(1000, 100, 400, 50, 2000),
        List.of(
            new FactoryOverview.Need("alarm", "critical", NAME, Optional.of(AT), "breach/ab"),
            new FactoryOverview.Need("quarantine", "info", "rows", Optional.empty(), "")),
        List.of(
            new FactoryOverview.Standing("breach/ab", "acknowledged", "critical", NAME),
            new FactoryOverview.Standing("volume/payments", "open", "warning", "few rows")));
  }

  static List<Entry> history() {
    return IntStream.range(0, 300)
        .mapToObj(
            i -> new Entry(AT.plusSeconds(i), "promoted", i % 2 == 0 ? "ab" : "", NAME + " " + i))
        .toList();
  }
}
