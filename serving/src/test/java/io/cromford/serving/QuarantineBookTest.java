package io.cromford.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.cromford.core.Differences;
import io.cromford.core.SnapshotReader;
import io.cromford.core.SnapshotWriter;
import io.cromford.serving.QuarantineBook.Wanted;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// The book against a list that is simply searched.
class QuarantineBookTest {
  private static final List<String> RULES = List.of("type", "scale", "not-null");

  private record Row(String source, String rule, long arrival) {}

  @Test
  void findsWhatASearchOfAllWouldFind() {
    SplittableRandom random = new SplittableRandom(3);
    QuarantineBook book = new QuarantineBook();
    TreeMap<Long, Row> rows = new TreeMap<>();
    long position = 64;
    for (int i = 0; i < 5000; i++) {
      position += 8L * (1 + random.nextInt(50));
      if (random.nextInt(100) < (i / 1000 % 2 == 0 ? 30 : 70) && !rows.isEmpty()) {
        Long at = rows.ceilingKey((long) random.nextInt((int) position));
        long leaving = at == null ? rows.firstKey() : at;
        rows.remove(leaving);
        book.left(leaving, position);
        assertThat(book.leftAt(leaving)).hasValue(position);
        assertThat(book.holds(leaving)).isFalse();
      } else {
        Row row = new Row("s" + random.nextInt(2), RULES.get(random.nextInt(3)), i);
        rows.put(position, row);
        book.take(row.source, row.rule, position, row.arrival);
      }
      if (random.nextInt(40) == 0) {
        assertSame(book, rows, random, position);
        book = restored(book);
      }
    }
  }

  private static void assertSame(
      QuarantineBook book, NavigableMap<Long, Row> rows, SplittableRandom random, long last) {
    assertThat(book.count()).isEqualTo(rows.size());
    Map<String, Long> counts = new TreeMap<>();
    Map<String, Instant> newest = new TreeMap<>();
    rows.values()
        .forEach(row -> {
          counts.merge(row.source + row.rule, 1L, Long::sum);
          newest.put(row.source + row.rule, Instant.ofEpochMilli(row.arrival));
        });
    assertThat(book.rules()).hasSameSizeAs(counts.keySet());
    for (QuarantineView.Rule rule : book.rules()) {
      assertThat(rule.records()).isEqualTo(counts.get(rule.source() + rule.rule()));
      assertThat(rule.newest()).isEqualTo(newest.get(rule.source() + rule.rule()));
    }
    String source = random.nextBoolean() ? "" : "s1";
    String rule = random.nextBoolean() ? "" : "scale";
    List<Long> wanted =
        rows.entrySet().stream()
            .filter(row -> source.isEmpty() || row.getValue().source.equals(source))
            .filter(row -> rule.isEmpty() || row.getValue().rule.equals(rule))
            .map(Map.Entry::getKey)
            .toList();
    Wanted asked = new Wanted(source, rule);
    long edge = random.nextInt((int) last);
    int limit = 1 + random.nextInt(40);
    assertThat(back(book, asked, edge, limit))
        .isEqualTo(wanted.reversed().stream().filter(at -> at < edge).toList());
    assertThat(on(book, asked, edge, limit))
        .isEqualTo(wanted.stream().filter(at -> at >= edge).toList());
  }

  private static List<Long> back(QuarantineBook book, Wanted asked, long before, int limit) {
    List<Long> found = new ArrayList<>();
    OptionalLong next = OptionalLong.of(before);
    while (next.isPresent()) {
      QuarantineBook.Page page = book.newest(asked, next.getAsLong(), limit);
      assertThat(page.positions()).hasSizeLessThanOrEqualTo(limit);
      found.addAll(page.positions());
      next = page.next();
    }
    return found;
  }

  private static List<Long> on(QuarantineBook book, Wanted asked, long from, int limit) {
    List<Long> found = new ArrayList<>();
    OptionalLong next = OptionalLong.of(from);
    while (next.isPresent()) {
      QuarantineBook.Page page = book.oldest(asked, next.getAsLong(), limit);
      found.addAll(page.positions());
      next = page.next();
    }
    return found;
  }

  private static QuarantineBook restored(QuarantineBook book) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    SnapshotWriter out = new SnapshotWriter(bytes);
    book.save(out);
    out.flush();
    QuarantineBook restored = new QuarantineBook();
    restored.restore(new SnapshotReader(new ByteArrayInputStream(bytes.toByteArray())));
    assertThat(Differences.between(book, restored, Set.of(), new java.util.TreeSet<>())).isEmpty();
    return restored;
  }

  @Test
  void knowsTheLastAloneThatHaveLeft() {
    QuarantineBook book = new QuarantineBook();
    int all = QuarantineBook.MOST_LEFT + 5;
    for (int i = 1; i <= all; i++) {
      book.take("payments", "type", 16L * i, i);
      book.left(16L * i, 16L * i + 8);
    }
    assertThat(book.count()).isZero();
    assertThat(book.leftAt(16 * 5)).isEmpty();
    assertThat(book.leftAt(16 * 6)).hasValue(16 * 6 + 8);
    assertThat(book.newest(Wanted.ALL, Long.MAX_VALUE, 0).next()).isEmpty();
  }
}
