package io.cromford.serving;

import io.cromford.serving.Story.Answer;
import io.cromford.serving.Story.Kind;
import io.cromford.serving.Story.Stage;
import io.cromford.serving.Story.Step;
import io.cromford.serving.Story.Trouble;
import io.cromford.serving.Story.What;
import io.cromford.training.report.Figures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A story that goes on. Steps of a kind that follow each other are one, with a count.
final class OpenStory {
  private static final int MOST_STEPS = 40;
  private static final int FIRST_STEPS = 2;

  private final int number;
  private final List<Step> steps = new ArrayList<>();
  private Trouble trouble;
  private Stage stage = Stage.OPEN;
  private int held;
  private @Nullable Answer answer;

  private OpenStory(int number, Trouble trouble) {
    this.number = number;
    this.trouble = trouble;
  }

  /// A story that begins with more being missed.
  static OpenStory of(int number, Control.Hastened hastened) {
    Instant at = StoryBook.instant(hastened.atMillis());
    Long since = hastened.sinceMillis();
    OpenStory story =
        new OpenStory(
            number,
            new Trouble(
                Kind.MISSED,
                AlarmKind.MISSED_FRAUDS.key(),
                at,
                Optional.ofNullable(since).map(StoryBook::instant),
                1,
                hastened.reason()));
    if (since != null) {
      story.add(
          What.MISSED,
          since,
          "",
          "From this day on more frauds were missed than before: it shows once their outcomes are there.");
    }
    story.add(
        What.ALARM,
        hastened.atMillis(),
        "",
        capital(sentence(hastened.reason())) + " Challengers come more often from here on.");
    return story;
  }

  /// A story that begins with a model being taken back.
  static OpenStory of(int number, Control.Breached breached) {
    OpenStory story =
        new OpenStory(
            number,
            new Trouble(
                Kind.TAKEN_BACK,
                AlarmKind.BREACH.alarm(breached.atMillis(), breached.model(), "").key(),
                StoryBook.instant(breached.atMillis()),
                Optional.empty(),
                1,
                "model %.12s was taken back: %s".formatted(breached.model(), breached.reason())));
    story.add(
        What.ALARM,
        breached.atMillis(),
        breached.model(),
        "The model that served was taken back: " + sentence(breached.reason()));
    return story;
  }

  /// What there is to tell so far.
  Story told() {
    return new Story(number, trouble, stage, Optional.ofNullable(answer), steps);
  }

  /// Whether nobody took over yet, or who did was taken back, and no person said that it is over.
  boolean isWaiting() {
    return switch (stage) {
      case OPEN, LOST, PROPOSED, SHADOW, CANARY, TAKEN_BACK -> true;
      case SERVES, RESOLVED -> false;
    };
  }

  boolean isOf(String key) {
    return trouble.key().equals(key);
  }

  /// Whether a version is the answer, and no other took over since.
  boolean isAnsweredBy(String model) {
    Answer now = answer;
    return stage == Stage.SERVES && now != null && now.later() == 0 && now.model().equals(model);
  }

  /// Whether a person lets the predecessor of the answer serve again.
  boolean isRolledBackBy(Control.Promoted promoted) {
    Answer now = answer;
    return now != null
        && isAnsweredBy(now.model())
        && !promoted.by().equals(Steps.FACTORY)
        && now.former().equals(promoted.model());
  }

  void raisedAgain(Control.Hastened hastened) {
    trouble =
        new Trouble(
            trouble.kind(),
            trouble.key(),
            trouble.at(),
            trouble.since(),
            trouble.raised() + 1,
            trouble.message());
    add(What.ALARM, hastened.atMillis(), "", "Again: " + sentence(hastened.reason()));
  }

  void judged(Control.Judged judged) {
    if (judged.passed()) {
      held = 0;
      add(
          What.PASSED,
          judged.boundaryMillis(),
          judged.challenger(),
          "A challenger passed the gate: " + sentence(judged.reason()));
      return;
    }
    held++;
    stage = stage == Stage.OPEN ? Stage.LOST : stage;
    String text =
        held == 1
            ? "A challenger was held back: " + sentence(judged.reason())
            : "%d challengers were held back, one after the other; of the last: %s"
                .formatted(held, sentence(judged.reason()));
    replace(What.HELD, judged.boundaryMillis(), judged.challenger(), text);
  }

  /// One had passed before the alarm.
  void alreadyUnderway(String model, long atMillis) {
    stage = Stage.SHADOW;
    add(
        What.SHADOW,
        atMillis,
        model,
        "It had passed before the alarm, and was on its way already when that came.");
  }

  void shadowed(Control.Shadowed shadowed) {
    stage = Stage.SHADOW;
    add(
        What.SHADOW,
        shadowed.atMillis(),
        shadowed.model(),
        "Fitted again on all days up to now, it scores beside the model that serves and answers nothing.");
  }

  void canaried(Control.Canaried canaried) {
    stage = Stage.CANARY;
    add(
        What.CANARY,
        canaried.atMillis(),
        canaried.model(),
        "It answers for %s of the entities: %s"
            .formatted(Figures.percent(canaried.share(), 0), sentence(canaried.reason())));
  }

  void proposed(Control.Proposed proposed) {
    stage = Stage.PROPOSED;
    add(
        What.PROPOSED,
        proposed.atMillis(),
        proposed.model(),
        "It waits for a person's word, proposed by %s: %s"
            .formatted(proposed.proposer(), sentence(proposed.reason())));
  }

  void withdrawn(Control.Withdrawn withdrawn) {
    stage = Stage.LOST;
    held = 0;
    add(What.WITHDRAWN, withdrawn.atMillis(), withdrawn.model(), capital(withdrawn.words()) + ".");
  }

  void resolved(Control.Resolved resolved) {
    stage = Stage.RESOLVED;
    add(
        What.RESOLVED,
        resolved.atMillis(),
        "",
        "%s said that it is over: %s".formatted(resolved.by(), sentence(resolved.reason())));
  }

  /// Somebody takes over.
  ///
  /// @param former who served; empty if nobody did
  void answered(Control.Promoted promoted, String former) {
    stage = Stage.SERVES;
    answer =
        new Answer(
            promoted.model(),
            former,
            StoryBook.instant(promoted.atMillis()),
            Instant.MAX,
            promoted.by(),
            0);
    String who =
        promoted.by().equals(Steps.FACTORY)
            ? "It answers for all from here on."
            : "It answers for all from here on, promoted by %s: %s"
                .formatted(promoted.by(), sentence(promoted.reason()));
    add(What.SERVES, promoted.atMillis(), promoted.model(), who);
  }

  /// Another one takes over from the answer, or from who did.
  void followed(Control.Promoted promoted) {
    Answer now = answer;
    if (stage != Stage.SERVES || now == null) {
      return;
    }
    int later = now.later() + 1;
    answer = new Answer(now.model(), now.former(), now.from(), now.until(), now.by(), later);
    replace(
        What.LATER,
        promoted.atMillis(),
        promoted.model(),
        later == 1
            ? "Another one took over from it: " + sentence(promoted.reason())
            : "%d more took over, one from the other; the last: %s"
                .formatted(later, sentence(promoted.reason())));
  }

  void takenBack(long atMillis, String reason) {
    Answer now = answer;
    if (now == null) {
      return;
    }
    stage = Stage.TAKEN_BACK;
    Instant at = StoryBook.instant(atMillis);
    answer = new Answer(now.model(), now.former(), now.from(), at, now.by(), now.later());
    add(What.TAKEN_BACK, atMillis, now.model(), "It was taken back: " + sentence(reason));
  }

  /// The model that serves meanwhile is taken back.
  void interrupted(Control.Breached breached) {
    add(
        What.TAKEN_BACK,
        breached.atMillis(),
        breached.model(),
        "Meanwhile the model that served was taken back: " + sentence(breached.reason()));
  }

  /// Somebody steps in for a model that was taken back: no answer, unless that is the trouble.
  void stepsIn(Control.Promoted promoted) {
    if (trouble.kind() == Kind.TAKEN_BACK && answer == null) {
      stage = Stage.SERVES;
      String former = steps.getFirst().model();
      Instant at = StoryBook.instant(promoted.atMillis());
      answer = new Answer(promoted.model(), former, at, Instant.MAX, promoted.by(), 0);
    }
    add(
        What.SERVES,
        promoted.atMillis(),
        promoted.model(),
        "It steps in, from one decision to the next.");
  }

  private void add(What what, long atMillis, String model, String text) {
    steps.add(new Step(what, StoryBook.instant(atMillis), model, text));
    if (steps.size() > MOST_STEPS) {
      steps.remove(FIRST_STEPS);
    }
  }

  /// Adds a step in place of the last one, if that is of its kind.
  private void replace(What what, long atMillis, String model, String text) {
    if (steps.getLast().what() == what) {
      steps.removeLast();
    }
    add(what, atMillis, model, text);
  }

  private static String sentence(String text) {
    String line = text.split("\n", 2)[0];
    return line.endsWith(".") ? line : line + ".";
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }
}
