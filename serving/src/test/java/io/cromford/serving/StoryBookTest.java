package io.cromford.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.cromford.serving.Story.Stage;
import io.cromford.serving.Story.What;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoryBookTest {
  private static final long DAY = 86_400_000L;
  private static final Control.Promoted FIRST = promoted(0, "first", "factory");
  private static final Control.Hastened RISE =
      new Control.Hastened(
          20 * DAY, 48 * DAY, "25 frauds were missed, where 8 were usual", 12 * DAY);

  private static Control.Promoted promoted(long day, String model, String by) {
    return new Control.Promoted(
        model, model, day * DAY, (day + 14) * DAY, List.of(), null, "it is better", by);
  }

  private static Control.Judged judged(long day, String challenger, boolean passed) {
    return new Control.Judged(
        day * DAY,
        challenger,
        "first",
        0.7,
        0.6,
        0.05,
        120,
        List.of(),
        passed,
        passed ? "a gain of +0.1" : "the gain is too small");
  }

  private static Story only(Control... controls) {
    List<Story> stories = StoryBook.of(List.of(controls));
    assertThat(stories).hasSize(1);
    return stories.getFirst();
  }

  private static List<What> steps(Story story) {
    return story.steps().stream().map(Story.Step::what).toList();
  }

  private static String words(Story story) {
    return StoryWords.of(story, "EUR", null, 0);
  }

  @Test
  void hasNothingToTellOfAnOrdinaryLife() {
    assertThat(
            StoryBook.of(
                List.of(
                    FIRST,
                    judged(7, "a", false),
                    judged(14, "b", true),
                    promoted(15, "b", "factory"))))
        .isEmpty();
  }

  @Test
  void tellsFromTheAlarmToWhoServes() {
    Story story =
        only(
            FIRST,
            judged(14, "before", false),
            RISE,
            judged(20, "a", false),
            judged(21, "b", false),
            judged(22, "c", true),
            new Control.Shadowed("c2", "c", 22 * DAY, 23 * DAY, List.of(), null, "a gain of +0.1"),
            new Control.Canaried("c2", 23 * DAY, 24 * DAY, 0.1, "as expected"),
            promoted(24, "c2", "factory"),
            judged(31, "d", false),
            promoted(38, "e", "factory"),
            promoted(45, "f", "factory"));
    assertThat(story.stage()).isEqualTo(Stage.SERVES);
    assertThat(story.trouble().since()).hasValue(Instant.ofEpochMilli(12 * DAY));
    assertThat(story.answer())
        .hasValue(
            new Story.Answer(
                "c2", "first", Instant.ofEpochMilli(24 * DAY), Instant.MAX, "factory", 2));
    assertThat(steps(story))
        .containsExactly(
            What.MISSED,
            What.ALARM,
            What.HELD,
            What.PASSED,
            What.SHADOW,
            What.CANARY,
            What.SERVES,
            What.LATER);
    assertThat(story.steps().get(2).text()).startsWith("2 challengers were held back");
    assertThat(words(story))
        .isEqualTo(
            "From 1970-01-13 on more frauds were missed than before. The alarm was raised on 1970-01-21: "
                + "25 frauds were missed, where 8 were usual. "
                + "Model c2 took over on 1970-01-25, 4 days after the alarm; 2 more took over since, one from the other.");
  }

  @Test
  void anAlarmWithoutAChallengerIsOpenAndRaisedAgainTheSame() {
    Story story = only(FIRST, RISE);
    assertThat(story.stage()).isEqualTo(Stage.OPEN);
    assertThat(words(story)).endsWith("No challenger was fitted since.");
    Story again =
        only(FIRST, RISE, new Control.Hastened(48 * DAY, 76 * DAY, "30 were missed", 41 * DAY));
    assertThat(again.trouble().raised()).isEqualTo(2);
    assertThat(words(again)).contains("raised on 1970-01-21, and once since:");
  }

  @Test
  void saysThatOneWasOnItsWayBeforeTheAlarm() {
    Control shadowed =
        new Control.Shadowed("a2", "a", 19 * DAY, 21 * DAY, List.of(), null, "a gain of +0.1");
    Story story = only(FIRST, judged(19, "a", true), shadowed, RISE, promoted(22, "a2", "factory"));
    assertThat(steps(story)).containsExactly(What.MISSED, What.ALARM, What.SHADOW, What.SERVES);
    assertThat(story.steps().get(2).text()).contains("had passed before the alarm");
  }

  @Test
  void aChallengerThatLostIsNoAnswer() {
    Story story = only(FIRST, RISE, judged(20, "a", false));
    assertThat(story.stage()).isEqualTo(Stage.LOST);
    assertThat(words(story)).contains("A challenger was held back: the gain is too small.");
    Story rejected =
        only(
            FIRST,
            RISE,
            judged(20, "a", true),
            Control.Proposed.of("a2", "a", 20 * DAY, "a gain"),
            new Control.Withdrawn("a2", 21 * DAY, "it disturbs too many", "ada"));
    assertThat(rejected.stage()).isEqualTo(Stage.LOST);
    assertThat(words(rejected)).contains("It was rejected by ada: it disturbs too many.");
  }

  @Test
  void anAnswerThatIsTakenBackIsNone() {
    Control breached = new Control.Breached("a", 25 * DAY, 32 * DAY, "ten times the alerts");
    Story story =
        only(FIRST, RISE, promoted(24, "a", "factory"), breached, promoted(25, "first", "factory"));
    assertThat(story.stage()).isEqualTo(Stage.TAKEN_BACK);
    assertThat(story.answer().orElseThrow().until()).isEqualTo(Instant.ofEpochMilli(25 * DAY));
    assertThat(words(story)).contains("until it was taken back. It was taken back: ten times");
    Story byAPerson = only(FIRST, RISE, promoted(24, "a", "factory"), promoted(26, "first", "ada"));
    assertThat(byAPerson.stage()).isEqualTo(Stage.TAKEN_BACK);
    assertThat(words(byAPerson)).contains("ada rolled it back: it is better.");
    Story next =
        only(
            FIRST,
            RISE,
            promoted(24, "a", "factory"),
            breached,
            promoted(25, "first", "factory"),
            promoted(33, "b", "factory"));
    assertThat(next.stage()).isEqualTo(Stage.SERVES);
    assertThat(next.answer().orElseThrow().former()).isEqualTo("first");
  }

  @Test
  void aModelThatIsTakenBackIsAStoryOfItsOwn() {
    Story story =
        only(
            FIRST,
            promoted(5, "a", "factory"),
            new Control.Breached("a", 6 * DAY, 13 * DAY, "it floods"),
            promoted(6, "first", "factory"));
    assertThat(story.trouble().kind()).isEqualTo(Story.Kind.TAKEN_BACK);
    assertThat(words(story))
        .isEqualTo(
            "On 1970-01-07 model a was taken back: it floods. Model first serves since 1970-01-07.");
    Story meanwhile =
        only(
            FIRST,
            RISE,
            new Control.Breached("first", 21 * DAY, 28 * DAY, "it floods"),
            promoted(21, "rules", "factory"));
    assertThat(meanwhile.trouble().kind()).isEqualTo(Story.Kind.MISSED);
    assertThat(meanwhile.answer()).as("it only steps in").isEmpty();
  }

  @Test
  void tellsOneStoryAfterTheOther() {
    Control resolved = new Control.Resolved("missed-frauds", 21 * DAY, "a drill", "ada");
    Control again = new Control.Hastened(60 * DAY, 88 * DAY, "30 were missed", null);
    List<Story> stories =
        StoryBook.of(List.of(FIRST, RISE, resolved, promoted(30, "a", "factory"), again));
    assertThat(stories).extracting(Story::number).containsExactly(1, 2);
    assertThat(stories).extracting(Story::stage).containsExactly(Stage.RESOLVED, Stage.OPEN);
    assertThat(stories.getFirst().answer()).as("it came after it was over").isEmpty();
    assertThat(words(stories.getLast())).startsWith("The alarm was raised on 1970-03-02:");
  }

  @Test
  void itsMemoryIsBounded() {
    StoryBook book = new StoryBook();
    book.take(FIRST);
    for (int day = 1; day < 1000; day++) {
      book.take(new Control.Hastened(day * DAY, 0, "more", day * DAY));
      for (int i = 0; i < 60; i++) {
        book.take(judged(day, "a" + i, i % 2 == 0));
      }
      book.take(promoted(day, "m" + day, "factory"));
    }
    List<Story> stories = book.stories();
    assertThat(stories).hasSize(StoryBook.MOST_STORIES);
    assertThat(stories.getLast().number()).isEqualTo(999);
    assertThat(stories.getLast().steps()).hasSizeLessThanOrEqualTo(40);
    assertThat(steps(stories.getLast())).startsWith(What.MISSED, What.ALARM);
  }
}
