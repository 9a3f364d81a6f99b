package io.cromford.serving;

import io.cromford.flywheel.SavedSince;
import io.cromford.flywheel.WeekFigures.Ranged;
import io.cromford.training.report.Figures;
import io.cromford.training.report.Fragment;
import io.cromford.training.report.Table;
import io.cromford.training.report.Tiles;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The stories of a factory as a section of its report, for who was not there.
final class StorySection {
  private static final int MINUTE_SHOWN = 16;

  private StorySection() {}

  /// @param stories the latest first
  static Fragment of(List<StoriesView.Told> stories, String currency) {
    if (stories.isEmpty()) {
      return Fragment.paragraph(
          "Nothing out of the usual: no alarm said that more frauds are missed, and no model was taken back.");
    }
    List<Fragment> told = new ArrayList<>();
    for (StoriesView.Told one : stories) {
      told.add(Fragment.paragraph(one.text()));
      told.add(facts(one, currency));
      Fragment steps = steps(one.story());
      told.add(told.size() > 2 ? Fragment.details("Step by step", steps) : steps);
    }
    return Fragment.join(told);
  }

  private static Fragment facts(StoriesView.Told told, String currency) {
    Story story = told.story();
    List<Tiles.Tile> tiles = new ArrayList<>();
    story
        .trouble()
        .since()
        .ifPresent(since ->
            tiles.add(
                new Tiles.Tile("More frauds missed since", day(since), "UTC, as all days here")));
    tiles.add(new Tiles.Tile("The alarm", day(story.trouble().at()), story.trouble().key()));
    story.answer().ifPresent(answer -> tiles.add(tile(answer)));
    SavedSince saved = told.saved();
    if (saved != null) {
      Ranged difference = saved.saved().difference();
      tiles.add(
          new Tiles.Tile(
              "Saved beyond the first model, " + currency,
              Figures.signed(difference.value(), 0),
              Figures.range(difference.interval().low(), difference.interval().high(), 0)
                  + ", until "
                  + Figures.day(saved.untilMillis())));
    }
    return Tiles.of(tiles);
  }

  private static Tiles.Tile tile(Story.Answer answer) {
    boolean isOver = !answer.until().equals(Instant.MAX);
    return new Tiles.Tile(
        "The new champion",
        Figures.version(answer.model()),
        (isOver ? "from %s until %s" : "took over on %s")
            .formatted(day(answer.from()), isOver ? day(answer.until()) : ""));
  }

  private static Fragment steps(Story story) {
    Table table =
        new Table(
            "From the first sign to the end",
            List.of(
                Table.Column.text("When, UTC"),
                Table.Column.text("Step"),
                Table.Column.text("Version"),
                Table.Column.text("What")));
    for (Story.Step step : story.steps()) {
      table.row(
          step.at().toString().substring(0, MINUTE_SHOWN).replace('T', ' '),
          step.what().words(),
          step.model().isEmpty() ? "–" : Figures.version(step.model()),
          step.text());
    }
    return table.fragment();
  }

  private static String day(Instant at) {
    return Figures.day(at.toEpochMilli());
  }
}
