package io.cromford.serving;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The stories of a ledger: a fold over control records alone. Its memory is bounded: the last
/// [#MOST_STORIES], each of some dozen steps, since steps of a kind that follow each other are one.
///
/// A story begins with an alarm that more frauds are missed, or with a model that was taken back.
/// The next model that takes over is its answer, whoever promoted it, as it is what ends the alarm;
/// unless it only steps in for one that was taken back.
final class StoryBook {
  /// The most stories that are remembered.
  static final int MOST_STORIES = 50;

  private final Deque<OpenStory> stories = new ArrayDeque<>();
  private int count;
  private String champion = "";
  private String underway = "";
  private boolean takingBack;

  /// The stories in order.
  List<Story> stories() {
    List<Story> all = new ArrayList<>();
    stories.forEach(story -> all.add(story.told()));
    return all;
  }

  /// The stories of control records.
  ///
  /// @param controls in order
  static List<Story> of(List<Control> controls) {
    StoryBook book = new StoryBook();
    controls.forEach(book::take);
    return book.stories();
  }

  /// Takes a control record.
  void take(Control control) {
    follow(control);
    switch (control) {
      case Control.Hastened hastened -> rise(hastened);
      case Control.Breached breached -> breach(breached);
      case Control.Promoted promoted -> promoted(promoted);
      case Control.Judged judged -> waiting().ifPresent(story -> story.judged(judged));
      case Control.Shadowed shadowed -> waiting().ifPresent(story -> story.shadowed(shadowed));
      case Control.Canaried canaried -> waiting().ifPresent(story -> story.canaried(canaried));
      case Control.Proposed proposed -> waiting().ifPresent(story -> story.proposed(proposed));
      case Control.Withdrawn withdrawn -> waiting().ifPresent(story -> story.withdrawn(withdrawn));
      case Control.Resolved resolved ->
          waiting()
              .filter(story -> story.isOf(resolved.key()))
              .ifPresent(story -> story.resolved(resolved));
      case Control.Configured _,
          Control.Trained _,
          Control.Skipped _,
          Control.Alarmed _,
          Control.DeclaredComplete _,
          Control.Frozen _,
          Control.Resumed _,
          Control.Compared _,
          Control.BoundaryPassed _,
          Control.ViewOpened _,
          Control.ViewReady _,
          Control.ViewClosed _,
          Control.Acknowledged _,
          Control.Silenced _,
          Control.Worked _,
          Control.Overridden _,
          Control.OfPolicies _,
          Control.OfQuarantine _,
          Control.OfMonitors _ -> {}
    }
  }

  /// Who is on its way to serve.
  private void follow(Control control) {
    if (control instanceof Control.Shadowed shadowed) {
      underway = shadowed.model();
    } else if (control instanceof Control.Canaried canaried) {
      underway = canaried.model();
    } else if (control instanceof Control.Withdrawn || control instanceof Control.Promoted) {
      underway = "";
    }
  }

  private @Nullable OpenStory last() {
    return stories.peekLast();
  }

  /// The story that has no answer yet.
  private Optional<OpenStory> waiting() {
    return Optional.ofNullable(last()).filter(OpenStory::isWaiting);
  }

  private void rise(Control.Hastened hastened) {
    Optional<OpenStory> open = waiting();
    if (open.isPresent()) {
      open.get().raisedAgain(hastened);
    } else {
      OpenStory story = OpenStory.of(++count, hastened);
      if (!underway.isEmpty()) {
        story.alreadyUnderway(underway, hastened.atMillis());
      }
      begin(story);
    }
  }

  private void breach(Control.Breached breached) {
    takingBack = true;
    OpenStory story = last();
    if (story != null && story.isAnsweredBy(breached.model())) {
      story.takenBack(breached.atMillis(), breached.reason());
    } else if (story != null && story.isWaiting()) {
      story.interrupted(breached);
    } else {
      begin(OpenStory.of(++count, breached));
    }
  }

  private void begin(OpenStory story) {
    stories.addLast(story);
    if (stories.size() > MOST_STORIES) {
      stories.removeFirst();
    }
  }

  private void promoted(Control.Promoted promoted) {
    OpenStory story = last();
    if (story != null) {
      take(story, promoted);
    }
    takingBack = false;
    champion = promoted.model();
  }

  private void take(OpenStory story, Control.Promoted promoted) {
    if (takingBack) {
      story.stepsIn(promoted);
    } else if (story.isRolledBackBy(promoted)) {
      story.takenBack(promoted.atMillis(), promoted.by() + " rolled it back: " + promoted.reason());
      story.stepsIn(promoted);
    } else if (story.isWaiting()) {
      story.answered(promoted, champion);
    } else {
      story.followed(promoted);
    }
  }

  static Instant instant(long millis) {
    return Instant.ofEpochMilli(millis);
  }
}
