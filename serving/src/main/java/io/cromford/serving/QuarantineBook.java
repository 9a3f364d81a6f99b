package io.cromford.serving;

import io.cromford.core.SnapshotReader;
import io.cromford.core.SnapshotWriter;
import io.cromford.ledger.LedgerReader;
import io.cromford.ledger.RecordKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// Which records lie in quarantine: where each stands in the ledger, when it came there and which
/// rule it broke, so that they are counted and leafed through without reading the ledger.
///
/// A fold; 20 bytes a record in quarantine, and where the last [#MOST_LEFT] went that have left it.
final class QuarantineBook {
  /// So many of those that have left are known by name.
  static final int MOST_LEFT = 10_000;

  private static final int FIRST = 64;
  private static final int GONE = -1;

  private final List<Kind> kinds = new ArrayList<>();
  private long[] positions = new long[FIRST];
  private long[] arrivals = new long[FIRST];
  private int[] kindOf = new int[FIRST];
  private int size;
  private int here;
  private final LinkedHashMap<Long, Long> left = new LinkedHashMap<>();

  /// What records of one source broke.
  private record Kind(String source, String rule) {}

  /// Which records are meant.
  ///
  /// @param source the source's name; empty for all
  /// @param rule the rule's name; empty for all
  record Wanted(String source, String rule) {
    /// All.
    static final Wanted ALL = new Wanted("", "");

    private boolean has(Kind kind) {
      return (source.isEmpty() || source.equals(kind.source))
          && (rule.isEmpty() || rule.equals(kind.rule));
    }
  }

  /// Some of the records.
  ///
  /// @param positions of their QUARANTINED records
  /// @param next from where to go on; empty if there is no more
  record Page(List<Long> positions, OptionalLong next) {}

  /// The book of a whole ledger.
  static QuarantineBook of(LedgerReader reader) {
    QuarantineBook book = new QuarantineBook();
    reader.seek(0);
    while (reader.next()) {
      if (reader.kind() == RecordKind.QUARANTINED) {
        Quarantined record = Quarantined.decode(reader.body());
        book.take(record.source(), record.rule(), reader.position(), reader.arrivalMillis());
      } else if (reader.kind() == RecordKind.REPLAYED) {
        book.left(Leaving.decode(reader.body()).row(), reader.position());
      }
    }
    return book;
  }

  /// Looks through a whole ledger for how one record left quarantine.
  ///
  /// @return the position of the REPLAYED record; empty if there is none
  static OptionalLong left(LedgerReader reader, long row) {
    reader.seek(0);
    while (reader.next()) {
      if (reader.kind() == RecordKind.REPLAYED && Leaving.decode(reader.body()).row() == row) {
        return OptionalLong.of(reader.position());
      }
    }
    return OptionalLong.empty();
  }

  void save(SnapshotWriter out) {
    out.section("quarantine");
    out.each(
        kinds,
        kind -> {
          out.text(kind.source);
          out.text(kind.rule);
        });
    out.longs(positions);
    out.longs(arrivals);
    out.ints(kindOf);
    out.count(size);
    out.count(here);
    out.count(left.size());
    left.forEach((position, at) -> {
      out.number(position);
      out.number(at);
    });
  }

  void restore(SnapshotReader in) {
    in.section("quarantine");
    in.times(() -> kinds.add(new Kind(in.text(), in.text())));
    positions = in.longs();
    arrivals = in.longs();
    kindOf = in.ints();
    size = in.count();
    here = in.count();
    in.times(() -> left.put(in.number(), in.number()));
  }

  /// Takes a record that went to quarantine.
  ///
  /// @param position of its QUARANTINED record, higher than all before
  void take(String source, String rule, long position, long arrival) {
    makeRoom();
    positions[size] = position;
    arrivals[size] = arrival;
    kindOf[size] = number(new Kind(source, rule));
    size++;
    here++;
  }

  private int number(Kind kind) {
    int known = kinds.indexOf(kind);
    if (known < 0) {
      kinds.add(kind);
    }
    return known < 0 ? kinds.size() - 1 : known;
  }

  /// Where many have left, those that are here move up.
  private void makeRoom() {
    if (size < positions.length) {
      return;
    }
    if (here > size / 2) {
      positions = Arrays.copyOf(positions, 2 * size);
      arrivals = Arrays.copyOf(arrivals, 2 * size);
      kindOf = Arrays.copyOf(kindOf, 2 * size);
      return;
    }
    int to = 0;
    for (int i = 0; i < size; i++) {
      if (kindOf[i] != GONE) {
        positions[to] = positions[i];
        arrivals[to] = arrivals[i];
        kindOf[to++] = kindOf[i];
      }
    }
    Arrays.fill(positions, to, size, 0);
    Arrays.fill(arrivals, to, size, 0);
    Arrays.fill(kindOf, to, size, 0);
    size = to;
  }

  /// A record has left quarantine.
  ///
  /// @param replayedAt the position of the REPLAYED record that says so
  void left(long position, long replayedAt) {
    int at = Arrays.binarySearch(positions, 0, size, position);
    if (at >= 0 && kindOf[at] != GONE) {
      kindOf[at] = GONE;
      here--;
    }
    left.put(position, replayedAt);
    if (left.size() > MOST_LEFT) {
      left.remove(left.keySet().iterator().next());
    }
  }

  /// Whether a record is in quarantine.
  boolean holds(long position) {
    int at = Arrays.binarySearch(positions, 0, size, position);
    return at >= 0 && kindOf[at] != GONE;
  }

  /// The position of the REPLAYED record with which one has left; empty if it has not, or long ago.
  OptionalLong leftAt(long position) {
    Long at = left.get(position);
    return at == null ? OptionalLong.empty() : OptionalLong.of(at);
  }

  /// How many records are in quarantine.
  int count() {
    return here;
  }

  /// How many broke which rule, the one broken last first.
  List<QuarantineView.Rule> rules() {
    long[] counts = new long[kinds.size()];
    Map<Integer, Long> newest = new LinkedHashMap<>();
    for (int i = size - 1; i >= 0; i--) {
      if (kindOf[i] != GONE) {
        counts[kindOf[i]]++;
        newest.putIfAbsent(kindOf[i], arrivals[i]);
      }
    }
    return newest.entrySet().stream()
        .map(entry -> {
          Kind kind = kinds.get(entry.getKey());
          Instant last = Instant.ofEpochMilli(entry.getValue());
          return new QuarantineView.Rule(kind.source, kind.rule, counts[entry.getKey()], last);
        })
        .toList();
  }

  /// The newest records.
  ///
  /// @param before those that stand before this position; [Long#MAX_VALUE] for all
  /// @param limit how many at most
  Page newest(Wanted wanted, long before, int limit) {
    boolean[] isWanted = wanted(wanted);
    List<Long> found = new ArrayList<>();
    for (int i = insertion(before) - 1; i >= 0; i--) {
      if (kindOf[i] != GONE && isWanted[kindOf[i]]) {
        if (found.size() == limit) {
          return new Page(found, found.isEmpty() ? OptionalLong.empty() : last(found));
        }
        found.add(positions[i]);
      }
    }
    return new Page(found, OptionalLong.empty());
  }

  /// The oldest records.
  ///
  /// @param from those that stand at this position or behind it
  /// @param limit how many at most, at least 1
  Page oldest(Wanted wanted, long from, int limit) {
    boolean[] isWanted = wanted(wanted);
    List<Long> found = new ArrayList<>();
    for (int i = insertion(from); i < size; i++) {
      if (kindOf[i] != GONE && isWanted[kindOf[i]]) {
        if (found.size() == limit) {
          return new Page(found, OptionalLong.of(positions[i]));
        }
        found.add(positions[i]);
      }
    }
    return new Page(found, OptionalLong.empty());
  }

  private static OptionalLong last(List<Long> found) {
    return OptionalLong.of(found.getLast());
  }

  /// The index of the first record that stands at a position or behind it.
  private int insertion(long position) {
    int at = Arrays.binarySearch(positions, 0, size, position);
    return at < 0 ? -at - 1 : at;
  }

  private boolean[] wanted(Wanted wanted) {
    boolean[] is = new boolean[kinds.size()];
    for (int i = 0; i < is.length; i++) {
      is[i] = wanted.has(kinds.get(i));
    }
    return is;
  }
}
