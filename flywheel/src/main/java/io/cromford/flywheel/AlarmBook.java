package io.cromford.flywheel;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The alarms of a factory: which are open, which ended lately, who looks after which, and which
/// nobody wants to hear of for a while. A fold without a clock; not for threads.
///
/// An alarm that is raised again while it is open is the same one, counted. Its memory is bounded:
/// of more than [#MOST_OPEN] open ones the one that was raised longest ago ends, of more than
/// [#MOST_ENDED] that ended the oldest is forgotten, and so with silences.
public final class AlarmBook {
  /// The most alarms that are open.
  public static final int MOST_OPEN = 500;

  /// The most ended alarms that are remembered.
  public static final int MOST_ENDED = 200;

  /// The most silences.
  public static final int MOST_SILENCES = 200;

  private final Map<String, AlarmState> open = new LinkedHashMap<>();
  private final Deque<AlarmState> ended = new ArrayDeque<>();
  private final Map<String, Silence> silences = new LinkedHashMap<>();
  private Optional<Look> look = Optional.empty();

  /// Alarms that nobody wants to hear of for a while. They are in the book all the same.
  ///
  /// @param keys a key, or the start of keys with a `*` behind it
  /// @param untilMillis the factory time at which it is over
  /// @param word who wants it, and why
  public record Silence(String keys, long untilMillis, AlarmState.Word word) {
    /// Whether a text can be the keys of a silence.
    public static boolean isKeys(String text) {
      String start = text.endsWith("*") ? text.substring(0, text.length() - 1) : text;
      return start.isEmpty()
          ? text.equals("*")
          : Alarm.isKey(text.endsWith("/*") ? start.substring(0, start.length() - 1) : start);
    }

    /// Whether it is about an alarm.
    public boolean covers(String key) {
      return keys.endsWith("*")
          ? key.startsWith(keys.substring(0, keys.length() - 1))
          : key.equals(keys);
    }
  }

  /// The book at a moment.
  ///
  /// @param open in the order in which they were raised first
  /// @param ended the oldest first
  /// @param silences in the order in which they were wanted; some may be over
  public record Look(List<AlarmState> open, List<AlarmState> ended, List<Silence> silences) {
    /// A book in which nothing stands.
    public static final Look EMPTY = new Look(List.of(), List.of(), List.of());

    /// Copies the lists.
    public Look {
      open = List.copyOf(open);
      ended = List.copyOf(ended);
      silences = List.copyOf(silences);
    }

    /// The silence that covers a key longest.
    public Optional<Silence> silence(String key) {
      return silences.stream()
          .filter(silence -> silence.covers(key))
          .max((one, other) -> Long.compare(one.untilMillis(), other.untilMillis()));
    }
  }

  /// What stands in it; the same object until something changes.
  public Look look() {
    Look now =
        look.orElseGet(() ->
            new Look(
                List.copyOf(open.values()), List.copyOf(ended), List.copyOf(silences.values())));
    look = Optional.of(now);
    return now;
  }

  /// An alarm is raised.
  public void raise(Alarm alarm) {
    look = Optional.empty();
    AlarmState before = open.get(alarm.key());
    if (before == null) {
      before = endedAtOnce(alarm);
    }
    open.put(alarm.key(), before == null ? AlarmState.of(alarm) : before.raisedAgain(alarm));
    if (open.size() > MOST_OPEN) {
      String quiet = longestQuiet();
      end(
          quiet::equals,
          new AlarmState.Word(
              alarm.atMillis(), AlarmState.Word.FACTORY, "too many other alarms are open"));
    }
  }

  /// An alarm of that key that was raised first in the same millisecond goes on, so that key and
  /// first time name one alarm.
  private @Nullable AlarmState endedAtOnce(Alarm alarm) {
    for (AlarmState state : ended) {
      if (state.key().equals(alarm.key()) && state.firstMillis() == alarm.atMillis()) {
        ended.remove(state);
        return state;
      }
    }
    return null;
  }

  private String longestQuiet() {
    AlarmState quiet = open.values().iterator().next();
    for (AlarmState state : open.values()) {
      quiet = state.last().atMillis() < quiet.last().atMillis() ? state : quiet;
    }
    return quiet.key();
  }

  /// Somebody looks after an open alarm; nothing happens if it is not open.
  public void acknowledge(String key, AlarmState.Word word) {
    look = Optional.empty();
    open.computeIfPresent(key, (_, state) -> state.acknowledged(word));
  }

  /// Nobody wants to hear of some alarms for a while. One that is over at once takes back what was
  /// wanted of the same keys.
  public void silence(Silence silence) {
    look = Optional.empty();
    silences.values().removeIf(old -> old.untilMillis() <= silence.word().atMillis());
    silences.remove(silence.keys());
    if (silence.untilMillis() > silence.word().atMillis()) {
      silences.put(silence.keys(), silence);
    }
    if (silences.size() > MOST_SILENCES) {
      silences.remove(silences.keySet().iterator().next());
    }
  }

  /// Open alarms end.
  ///
  /// @param keys which
  /// @param word what ended them
  public void end(Predicate<String> keys, AlarmState.Word word) {
    List<AlarmState> over = open.values().stream().filter(state -> keys.test(state.key())).toList();
    if (over.isEmpty()) {
      return;
    }
    look = Optional.empty();
    for (AlarmState state : over) {
      open.remove(state.key());
      ended.addLast(state.ended(word));
    }
    while (ended.size() > MOST_ENDED) {
      ended.removeFirst();
    }
  }
}
