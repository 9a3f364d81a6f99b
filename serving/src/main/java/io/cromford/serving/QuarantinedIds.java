package io.cromford.serving;

import io.cromford.core.SnapshotReader;
import io.cromford.core.SnapshotWriter;
import io.cromford.intake.RawRecord;
import io.cromford.intake.RecordJson;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/// The ids of the observations that went to quarantine last, so that who asks for one is told where
/// it is. A fold; 16 bytes an observation, of at most [#MOST].
final class QuarantinedIds {
  /// The most that are remembered.
  static final int MOST = 100_000;

  private static final int FIRST = 64;

  private long[] hashes = new long[FIRST];
  private long[] positions = new long[FIRST];
  private long taken;

  void save(SnapshotWriter out) {
    out.section("quarantined-ids");
    out.number(taken);
    out.longs(hashes);
    out.longs(positions);
  }

  void restore(SnapshotReader in) {
    in.section("quarantined-ids");
    taken = in.number();
    hashes = in.longs();
    positions = in.longs();
  }

  /// Takes a record that went to quarantine.
  ///
  /// @param position of its QUARANTINED record, higher than all before
  void take(SourceBook source, Quarantined record, long position) {
    if (!source.definition().isObservation()) {
      return;
    }
    int at = (int) (taken % MOST);
    if (at == hashes.length) {
      int capacity = Math.min(MOST, 2 * at);
      hashes = Arrays.copyOf(hashes, capacity);
      positions = Arrays.copyOf(positions, capacity);
    }
    hashes[at] = hash(id(source, record));
    positions[at] = position;
    taken++;
  }

  private static String id(SourceBook source, Quarantined record) {
    RawRecord raw = new RawRecord(source.definition().schema());
    boolean isRead = new RecordJson(source.definition().schema()).read(record.record(), raw);
    return isRead ? Objects.requireNonNullElse(raw.text(source.idColumn()), "").strip() : "";
  }

  /// FNV-1a. Two ids of one hash are one in 10^9 even among so many.
  private static long hash(String id) {
    long hash = 0xCBF29CE484222325L;
    for (int i = 0; i < id.length(); i++) {
      hash = (hash ^ id.charAt(i)) * 0x100000001B3L;
    }
    return hash;
  }

  /// A record left quarantine.
  void left(long position) {
    int count = (int) Math.min(taken, MOST);
    int oldest = (int) (taken % MOST) % Math.max(count, 1);
    int low = 0;
    int high = count - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int at = taken <= MOST ? middle : (oldest + middle) % MOST;
      if (positions[at] == position) {
        hashes[at] = 0;
        return;
      }
      if (positions[at] < position) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
  }

  /// The position of the newest QUARANTINED record of an id; empty if none is remembered.
  Optional<Long> find(String id) {
    if (id.isBlank()) {
      return Optional.empty();
    }
    long wanted = hash(id.strip());
    for (long i = taken - 1; i >= Math.max(0, taken - MOST); i--) {
      int at = (int) (i % MOST);
      if (hashes[at] == wanted) {
        return Optional.of(positions[at]);
      }
    }
    return Optional.empty();
  }
}
