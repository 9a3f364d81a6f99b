package io.cromford.serving;

import io.cromford.flywheel.SavedSince;
import io.cromford.flywheel.WeekFigures.Ranged;
import io.cromford.serving.Story.Answer;
import io.cromford.serving.Story.Kind;
import io.cromford.serving.Story.What;
import io.cromford.training.Scored;
import io.cromford.training.report.Figures;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A story in a few sentences, for who was not there.
final class StoryWords {
  private final Story story;
  private final String currency;
  private final @Nullable SavedSince saved;
  private final long maturesMillis;

  private StoryWords(Story story, String currency, @Nullable SavedSince saved, long maturesMillis) {
    this.story = story;
    this.currency = currency;
    this.saved = saved;
    this.maturesMillis = maturesMillis;
  }

  /// All of a story.
  ///
  /// @param saved null where nothing is known of it yet
  /// @param maturesMillis when something will be, if nothing is
  static String of(Story story, String currency, @Nullable SavedSince saved, long maturesMillis) {
    StoryWords words = new StoryWords(story, currency, saved, maturesMillis);
    String money = words.money();
    return words.trouble() + " " + words.answer() + (money.isEmpty() ? "" : " " + money);
  }

  private String trouble() {
    Story.Trouble trouble = story.trouble();
    if (trouble.kind() == Kind.TAKEN_BACK) {
      return "On %s %s.".formatted(day(trouble.at()), withoutPoint(trouble.message()));
    }
    String since =
        trouble
            .since()
            .map(day -> "From %s on more frauds were missed than before. ".formatted(day(day)))
            .orElse("");
    String again =
        switch (trouble.raised()) {
          case 1 -> "";
          case 2 -> ", and once since";
          default -> ", and %d times since".formatted(trouble.raised() - 1);
        };
    return "%sThe alarm was raised on %s%s: %s."
        .formatted(since, day(trouble.at()), again, withoutPoint(trouble.message()));
  }

  private String answer() {
    return switch (story.stage()) {
      case OPEN -> "No challenger was fitted since.";
      case LOST -> "No challenger was good enough yet. " + lastText();
      case PROPOSED -> "One passed. " + lastText();
      case SHADOW, CANARY -> "One passed and is on its way. " + lastText();
      case SERVES -> served() + ".";
      case TAKEN_BACK -> served() + ", until it was taken back. " + textOf(What.TAKEN_BACK);
      case RESOLVED -> lastText();
    };
  }

  private String lastText() {
    return story.steps().getLast().text();
  }

  private String textOf(What what) {
    return story.steps().reversed().stream()
        .filter(step -> step.what() == what)
        .map(Story.Step::text)
        .findFirst()
        .orElse("");
  }

  private String served() {
    Answer answer = story.answer().orElseThrow();
    boolean isOver = !answer.until().equals(Instant.MAX);
    String later =
        switch (answer.later()) {
          case 0 -> "";
          case 1 -> "; one more took over from it since";
          default -> "; %d more took over since, one from the other".formatted(answer.later());
        };
    return "Model %s %s%s%s%s"
        .formatted(
            Figures.version(answer.model()),
            answer.later() > 0 || isOver ? "took over on " : "serves since ",
            day(answer.from()),
            after(answer),
            later);
  }

  /// How long it took.
  private String after(Answer answer) {
    Duration took = Duration.between(story.trouble().at(), answer.from());
    if (story.trouble().kind() == Kind.TAKEN_BACK || took.isNegative()) {
      return "";
    }
    double days = took.toMillis() / (double) Scored.DAY_MILLIS;
    return ", %s days after the alarm".formatted(Figures.tick(Math.round(days * 10) / 10.0));
  }

  private String money() {
    if (story.answer().isEmpty()) {
      return "";
    }
    if (saved == null) {
      return maturesMillis == 0
          ? ""
          : "What that saves is known from %s on, when the first outcomes are mature."
              .formatted(Figures.day(maturesMillis));
    }
    Ranged difference = saved.saved().difference();
    return "From then until %s, as far as outcomes are mature, the factory saved %s %s (95 %% interval %s): %s %s than its first model, frozen, would have (95 %% interval %s)."
        .formatted(
            Figures.day(saved.untilMillis()),
            Figures.fixed(saved.saved().learning().value(), 0),
            currency,
            range(saved.saved().learning()),
            Figures.fixed(Math.abs(difference.value()), 0),
            difference.value() < 0 ? "less" : "more",
            range(difference));
  }

  private static String range(Ranged of) {
    return Figures.range(of.interval().low(), of.interval().high(), 0);
  }

  private static String day(Instant at) {
    return Figures.day(at.toEpochMilli());
  }

  private static String withoutPoint(String text) {
    String line = text.split("\n", 2)[0];
    return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
  }
}
