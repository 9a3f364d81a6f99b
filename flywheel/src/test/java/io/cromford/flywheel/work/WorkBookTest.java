package io.cromford.flywheel.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.cromford.flywheel.Truth;
import io.cromford.flywheel.work.WorkItem.Status;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkBookTest {
  private static final long DAY = Duration.ofDays(1).toMillis();

  private final WorkBook book = new WorkBook();

  private void alert(int ordinal, long at) {
    book.alerted(new WorkItem.Alert(ordinal, at, ordinal));
  }

  private void take(WorkStep step, int ordinal, long at, String by, String note) {
    ReasonCode code = step == WorkStep.CLOSE ? ReasonCode.UNREACHABLE : null;
    book.take(List.of(ordinal), new WorkBook.Deed(step, code, new WorkItem.Word(at, by, note)));
  }

  private WorkItem item(int ordinal) {
    return book.find(ordinal).orElseThrow();
  }

  @Test
  void followsWhatPersonsDo() {
    alert(1, 10);
    assertThat(item(1).status()).isEqualTo(Status.OPEN);
    take(WorkStep.SEEN, 1, 11, "kim", "");
    take(WorkStep.SEEN, 1, 12, "kim", "");
    take(WorkStep.CLAIM, 1, 13, "kim", "");
    assertThat(item(1))
        .matches(item -> item.status() == Status.CLAIMED && item.claimed().by().equals("kim"))
        .matches(item -> item.seen().equals(List.of(new WorkItem.Word(11, "kim", ""))));
    take(WorkStep.CLOSE, 1, 14, "kim", "rang twice");
    assertThat(item(1).status()).isEqualTo(Status.CLOSED);
    assertThat(item(1).closed().code()).isEqualTo(ReasonCode.UNREACHABLE);
    take(WorkStep.REOPEN, 1, 15, "lee", "they rang back");
    assertThat(item(1))
        .matches(item -> item.status() == Status.OPEN && item.claimed() == null)
        .extracting(WorkItem::notes)
        .isEqualTo(
            List.of(
                new WorkItem.Word(14, "kim", "rang twice"),
                new WorkItem.Word(15, "lee", "they rang back")));
  }

  @Test
  void needsNobodyWhereTheOutcomeIsKnownAndAgainWhereItIsTakenBack() {
    alert(1, 10);
    book.answered(1, Truth.PROVISIONALLY_POSITIVE, 20);
    assertThat(item(1).status()).isEqualTo(Status.ANSWERED);
    assertThat(book.workedOnDay(30)).as("a person gave the verdict").isEqualTo(1);
    book.answered(1, Truth.UNKNOWN, 40);
    assertThat(item(1).status()).isEqualTo(Status.OPEN);
    assertThat(book.workedOnDay(50)).isZero();
    book.answered(1, Truth.NEGATIVE, 60);
    assertThat(item(1).status()).isEqualTo(Status.ANSWERED);
    assertThat(book.workedOnDay(70)).as("the label alone told it").isZero();
    book.answered(2, Truth.POSITIVE, 80);
    assertThat(book.find(2)).isEmpty();
  }

  @Test
  void countsTheDaysAlertsAndWork() {
    alert(1, 10);
    alert(2, 20);
    take(WorkStep.CLOSE, 1, DAY + 1, "kim", "");
    assertThat(book.alertsOfDay(DAY - 1)).isEqualTo(2);
    assertThat(book.alertsOfDay(DAY)).isZero();
    assertThat(book.workedOnDay(30)).isZero();
    assertThat(book.workedOnDay(DAY + 2)).isEqualTo(1);
    alert(3, DAY + 3);
    assertThat(book.alertsOfDay(DAY + 4)).isEqualTo(1);
  }

  @Test
  void forgetsWhatIsOldOrTooMuch() {
    alert(1, 0);
    alert(2, DAY);
    take(WorkStep.CLOSE, 1, 5, "kim", "");
    long behind = WorkBook.KEPT.toMillis() + DAY + 1;
    assertThat(book.items(behind)).as("a look forgets nothing, and shows no work").isEmpty();
    assertThat(book.find(1)).isPresent();
    alert(3, behind);
    assertThat(book.find(1)).isEmpty();
    assertThat(book.items(behind)).extracting(item -> item.alert().ordinal()).containsExactly(3);
    assertThat(book.lapsed()).as("what was closed did not lapse").isEqualTo(1);
    for (int ordinal = 4; ordinal < 4 + WorkBook.MOST; ordinal++) {
      alert(ordinal, behind);
    }
    assertThat(book.items(behind)).hasSize(WorkBook.MOST);
    assertThat(book.find(3)).isEmpty();
    assertThat(book.lapsed()).isEqualTo(2);
  }

  @Test
  void keepsTheLastWordsOnly() {
    alert(1, 0);
    for (int i = 0; i < 20; i++) {
      take(WorkStep.NOTE, 1, i, "kim", "note " + i);
      take(WorkStep.SEEN, 1, i, "person " + i, "");
    }
    assertThat(item(1).notes()).hasSize(WorkItem.MOST_WORDS);
    assertThat(item(1).notes().getLast().text()).isEqualTo("note 19");
    assertThat(item(1).seen()).hasSize(WorkItem.MOST_WORDS);
  }
}
