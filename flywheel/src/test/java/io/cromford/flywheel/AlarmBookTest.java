package io.cromford.flywheel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cromford.core.Cases;
import io.cromford.flywheel.Alarm.Severity;
import io.cromford.flywheel.AlarmBook.Silence;
import io.cromford.flywheel.AlarmState.Word;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AlarmBookTest {
  private static final List<String> KEYS =
      List.of("missed-frauds", "breach/ab", "breach/cd", "outcomes/silence");

  private static Alarm alarm(long at, String key) {
    return new Alarm(at, key, Severity.WARNING, "seen at " + at);
  }

  private static Word word(long at) {
    return new Word(at, "ada", "why");
  }

  @Test
  void countsWhatIsRaisedAgainInsteadOfListingItTwice() {
    AlarmBook book = new AlarmBook();
    book.raise(alarm(10, "breach/ab"));
    book.raise(alarm(20, "missed-frauds"));
    book.raise(alarm(30, "breach/ab"));
    assertThat(book.look().open())
        .extracting(AlarmState::key)
        .containsExactly("breach/ab", "missed-frauds");
    AlarmState breach = book.look().open().getFirst();
    assertThat(breach.count()).isEqualTo(2);
    assertThat(breach.firstMillis()).isEqualTo(10);
    assertThat(breach.last().message()).isEqualTo("seen at 30");
  }

  @Test
  void whatComesBackAfterItsEndIsAnotherAlarm() {
    AlarmBook book = new AlarmBook();
    book.raise(alarm(10, "breach/ab"));
    book.acknowledge("breach/ab", word(11));
    book.end("breach/ab"::equals, word(12));
    book.raise(alarm(30, "breach/ab"));
    assertThat(book.look().open().getFirst().firstMillis()).isEqualTo(30);
    assertThat(book.look().open().getFirst().acknowledged()).isEmpty();
    assertThat(book.look().ended().getFirst().acknowledged()).contains(word(11));
  }

  @Test
  void anAcknowledgementHoldsForAWhileOnly() {
    AlarmBook book = new AlarmBook();
    Duration holds = Duration.ofMillis(100);
    book.raise(alarm(10, "breach/ab"));
    book.acknowledge("breach/ab", word(20));
    assertThat(book.look().open().getFirst().isLookedAfter(holds)).isTrue();
    book.raise(alarm(120, "breach/ab"));
    assertThat(book.look().open().getFirst().isLookedAfter(holds)).isTrue();
    book.raise(alarm(121, "breach/ab"));
    assertThat(book.look().open().getFirst().isLookedAfter(holds)).isFalse();
  }

  @Test
  void aSilenceCoversItsKeysAndIsTakenBack() {
    AlarmBook book = new AlarmBook();
    book.silence(new Silence("breach/*", 100, word(1)));
    book.silence(new Silence("breach/ab", 50, word(1)));
    assertThat(book.look().silence("breach/ab").orElseThrow().untilMillis()).isEqualTo(100);
    assertThat(book.look().silence("missed-frauds")).isEmpty();
    book.silence(new Silence("breach/*", 2, word(2)));
    assertThat(book.look().silence("breach/ab").orElseThrow().untilMillis()).isEqualTo(50);
    assertThat(book.look().silence("breach/cd")).isEmpty();
  }

  @Test
  void tellsKeysFromWhatIsNone() {
    for (String key : List.of("breach/3f2a", "missed-frauds", "missing-share/customer_count_7d")) {
      assertThat(Alarm.isKey(key)).as(key).isTrue();
      assertThat(Silence.isKeys(key)).as(key).isTrue();
    }
    for (String keys : List.of("*", "breach/*", "missing-share/customer*", "out*")) {
      assertThat(Silence.isKeys(keys)).as(keys).isTrue();
      assertThat(Alarm.isKey(keys)).as(keys).isFalse();
    }
    for (String none :
        List.of("", "Breach", "a/b/c", "breach/", "**", "*a", "a b", "a/" + "b".repeat(81))) {
      assertThat(Alarm.isKey(none)).as(none).isFalse();
      assertThat(Silence.isKeys(none)).as(none).isFalse();
    }
    assertThatThrownBy(() -> alarm(1, "a b")).hasMessageContaining("`a b` is no key");
  }

  /// Against the plainest book there is: a count a key since its last end.
  @Test
  void agreesWithACountAndNeverNamesTwoAlarmsAlike() {
    Cases.check(
        200,
        random -> {
          AlarmBook book = new AlarmBook();
          Map<String, Long> counts = new HashMap<>();
          long now = 0;
          for (int step = 0; step < 100; step++) {
            now += random.nextInt(3);
            String key = KEYS.get(random.nextInt(KEYS.size()));
            act(random, book, counts, key, now);
          }
          Map<String, Long> seen = new HashMap<>();
          book.look().open().forEach(state -> seen.put(state.key(), state.count()));
          assertThat(seen.keySet()).isEqualTo(counts.keySet());
          Set<String> names = new HashSet<>();
          for (List<AlarmState> states : List.of(book.look().open(), book.look().ended())) {
            states.forEach(s -> assertThat(names.add(s.key() + s.firstMillis())).isTrue());
            states.forEach(
                s -> assertThat(s.last().atMillis()).isGreaterThanOrEqualTo(s.firstMillis()));
          }
          assertThat(book.look().open()).allMatch(AlarmState::isOpen);
          assertThat(book.look().ended()).noneMatch(AlarmState::isOpen);
        });
  }

  private static void act(
      SplittableRandom random, AlarmBook book, Map<String, Long> counts, String key, long now) {
    switch (random.nextInt(4)) {
      case 0 -> {
        book.end(key::equals, word(now));
        counts.remove(key);
      }
      case 1 -> book.acknowledge(key, word(now));
      default -> {
        book.raise(alarm(now, key));
        counts.merge(key, 1L, Long::sum);
      }
    }
  }

  @Test
  void itsMemoryIsBounded() {
    AlarmBook book = new AlarmBook();
    for (int i = 0; i < 2 * AlarmBook.MOST_OPEN; i++) {
      book.raise(alarm(i, "missing-share/f" + i));
      book.silence(new Silence("missing-share/f" + i, Long.MAX_VALUE, word(i)));
    }
    assertThat(book.look().open()).hasSize(AlarmBook.MOST_OPEN);
    assertThat(book.look().open().getFirst().key())
        .isEqualTo("missing-share/f" + AlarmBook.MOST_OPEN);
    assertThat(book.look().ended()).hasSize(AlarmBook.MOST_ENDED);
    assertThat(book.look().silences()).hasSize(AlarmBook.MOST_SILENCES);
  }

  @Test
  void givesTheSameLookUntilSomethingChanges() {
    AlarmBook book = new AlarmBook();
    book.raise(alarm(1, "missed-frauds"));
    AlarmBook.Look look = book.look();
    book.end("breach/ab"::equals, word(2));
    assertThat(book.look()).isSameAs(look);
    book.raise(alarm(2, "missed-frauds"));
    assertThat(look.open().getFirst().count()).isEqualTo(1);
  }
}
