package io.cromford.flywheel.work;

import io.cromford.core.SnapshotReader;
import io.cromford.core.SnapshotWriter;
import io.cromford.flywheel.Truth;
import io.cromford.training.Scored;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The alerts of the last days and how the work on them stands. A fold without a clock; not for
/// threads.
///
/// Its memory is bounded: what was alerted longer than [#KEPT] ago is forgotten, worked on or not,
/// and so is the oldest of more than [#MOST]. About 150 bytes an alert that nobody touched.
public final class WorkBook {
  /// How long an alert is work.
  public static final Duration KEPT = Duration.ofDays(30);

  /// The most alerts that are remembered.
  public static final int MOST = 100_000;

  private final Map<Integer, WorkItem> items = new LinkedHashMap<>();
  private long alertDay = Long.MIN_VALUE;
  private int alertsOfDay;
  private long lapsed;

  /// What a person did.
  ///
  /// @param step what
  /// @param code what came of it; null for a step that is no closing
  /// @param word who, when, and what they wrote
  public record Deed(WorkStep step, @Nullable ReasonCode code, WorkItem.Word word) {}

  /// Writes all of it.
  public void save(SnapshotWriter out) {
    out.section("work");
    out.each(items.values(), item -> item.save(out));
    out.number(alertDay);
    out.count(alertsOfDay);
    out.number(lapsed);
  }

  /// Takes on what was saved, in place of nothing.
  public void restore(SnapshotReader in) {
    in.section("work");
    in.times(() -> {
      WorkItem item = WorkItem.read(in);
      items.put(item.alert().ordinal(), item);
    });
    alertDay = in.number();
    alertsOfDay = in.count();
    lapsed = in.number();
  }

  /// An observation was alerted. Later ones have higher ordinals and are never earlier.
  public void alerted(WorkItem.Alert alert) {
    long day = day(alert.atMillis());
    alertsOfDay = day == alertDay ? alertsOfDay + 1 : 1;
    alertDay = day;
    items.put(alert.ordinal(), WorkItem.of(alert));
    forget(alert.atMillis());
  }

  private void forget(long nowMillis) {
    Iterator<WorkItem> oldest = items.values().iterator();
    while (oldest.hasNext()) {
      WorkItem item = oldest.next();
      boolean isOld = nowMillis - item.alert().atMillis() > KEPT.toMillis();
      if (!isOld && items.size() <= MOST) {
        return;
      }
      lapsed += isUnworked(item) ? 1 : 0;
      oldest.remove();
    }
  }

  private static boolean isUnworked(WorkItem item) {
    return item.status() == WorkItem.Status.OPEN || item.status() == WorkItem.Status.CLAIMED;
  }

  /// A person did something about alerts; those that are not remembered are passed over.
  public void take(List<Integer> ordinals, Deed deed) {
    for (int ordinal : ordinals) {
      items.computeIfPresent(
          ordinal, (_, item) -> item.after(deed.step(), deed.code(), deed.word()));
    }
  }

  /// An outcome came, or was taken back; nothing happens if it is about no alert that is
  /// remembered.
  ///
  /// @param truth what is known now
  public void answered(int ordinal, Truth truth, long atMillis) {
    items.computeIfPresent(ordinal, (_, item) -> item.answered(truth, atMillis));
  }

  /// An alert; empty if it is none that is remembered.
  public Optional<WorkItem> find(int ordinal) {
    return Optional.ofNullable(items.get(ordinal));
  }

  /// The alerts that are work at a moment, the oldest first.
  public List<WorkItem> items(long nowMillis) {
    return items.values().stream()
        .filter(item -> nowMillis - item.alert().atMillis() <= KEPT.toMillis())
        .toList();
  }

  /// How many were alerted on the day of a moment, in UTC.
  public int alertsOfDay(long nowMillis) {
    return day(nowMillis) == alertDay ? alertsOfDay : 0;
  }

  /// How many were forgotten before anybody was done with them.
  public long lapsed() {
    return lapsed;
  }

  /// The day of a moment, in UTC.
  static long day(long millis) {
    return Math.floorDiv(millis, Scored.DAY_MILLIS);
  }

  /// How many were dealt with by a person on the day of a moment, in UTC.
  public long workedOnDay(long nowMillis) {
    return items.values().stream()
        .flatMap(item -> item.workedAtMillis().stream())
        .filter(at -> day(at) == day(nowMillis))
        .count();
  }
}
