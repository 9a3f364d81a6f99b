package io.cromford.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cromford.core.Cases;
import io.cromford.core.Column;
import io.cromford.core.ColumnType;
import io.cromford.core.CromfordException;
import io.cromford.core.Schema;
import io.cromford.intake.ArrivalStream.Start;
import io.cromford.intake.ContractResult.Accepted;
import io.cromford.intake.ContractResult.Refused;
import io.cromford.intake.SourceDefinition.Observation;
import io.cromford.intake.SourceDefinition.Outcome;
import io.cromford.intake.SourceDefinition.Terms;
import io.cromford.intake.SourceDefinition.Timing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The merged stream. An item shows as its source's first letter, its id, `!rule` if it is refused,
/// and `@` the seconds since the start at which it arrived.
class ArrivalStreamTest {
  private static final long START = Instant.parse("2018-04-01T00:00:00Z").getEpochSecond();
  private static final long WALL = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

  private static final Schema EVENTS =
      Schema.of(
          new Column("id", ColumnType.BIGINT, false),
          new Column("ts", ColumnType.TIMESTAMP, false));

  private static final Schema VERDICTS =
      Schema.of(
          new Column("id", ColumnType.BIGINT, false),
          new Column("at", ColumnType.TIMESTAMP, true),
          new Column("fraud", ColumnType.BOOLEAN, false));

  @TempDir Path folder;

  @Test
  void putsOutcomesBeforeObservationsOfTheSameInstant() throws Exception {
    events("p", "1:0", "2:10", "3:20");
    verdicts("c", "2", "1", "3");
    assertThat(stream(10)).containsExactly("p1@0", "c1@10", "p2@10", "c2@20", "p3@20", "c3@30");
  }

  @Test
  void neverPutsAnOutcomeBeforeItsObservation() throws Exception {
    events("p", "1:0", "2:10");
    verdicts("c", "1", "2");
    assertThat(stream(0)).containsExactly("p1@0", "c1@0", "p2@10", "c2@10");
  }

  @Test
  void letsWhatIsOutOfOrderArriveWhenTheClockAlreadyStands() throws Exception {
    events("p", "1:0", "2:100", "3:40", "4:110");
    verdicts("c", "3");
    assertThat(stream(20)).containsExactly("p1@0", "p2@100", "p3@100", "c3@100", "p4@110");
  }

  @Test
  void quarantinesOutcomesOfUnknownAndOfRefusedObservations() throws Exception {
    Files.writeString(
        folder.resolve("p.csv"), "id,ts\n1," + time(0) + "\n2,never\n3," + time(30) + "\n");
    verdicts("c", "2", "99", "1", "3");
    assertThat(stream(10))
        .containsExactly(
            "p1@0", "p2!type@0", "c2!unknown-id@0", "c1@10", "p3@30", "c99!unknown-id@30", "c3@40");
  }

  @Test
  void asksForObservationsThatWereAcceptedBefore() throws Exception {
    events("p", "5:100");
    verdicts("c", "5", "1", "2");
    KnownObservations known =
        (source, slot, _) ->
            source.equals("p") && slot == 1 ? (START + 95) * 1000 : KnownObservations.UNKNOWN;
    Start start = new Start((START + 96) * 1000, WALL, TakenRows.NONE, known);
    assertThat(stream(sources(10), start))
        .containsExactly("p5@100", "c2!unknown-id@100", "c1@105", "c5@110");
  }

  @Test
  void refusesADateOf2099AmidThoseOfTodayAndKeepsTheClock() throws Exception {
    long far = Instant.parse("2099-01-01T00:00:00Z").getEpochSecond() - START;
    events("p", "1:" + far, "2:0", "3:86400", "4:" + far, "5:86410", "6:86420", "7:" + far);
    verdicts("c");
    assertThat(stream(10))
        .containsExactly(
            "p1!max-ahead@0",
            "p2@0",
            "p3@86400",
            "p4!max-ahead@86400",
            "p5@86410",
            "p6@86420",
            "p7!max-ahead@86420");
  }

  @Test
  void refusesADateThatOnlyTheRowsBehindItShowToBeWrong() throws Exception {
    events("p", "1:0", "2:31536000", "3:10", "4:20", "5:172800", "6:172810");
    verdicts("c");
    assertThat(stream(10))
        .containsExactly("p1@0", "p2!max-ahead@0", "p3@10", "p4@20", "p5@172800", "p6@172810");
  }

  @Test
  void refusesWhatIsTooLate() throws Exception {
    long month = 30 * 86_400L;
    events("p", "1:0", "2:" + month, "3:-1", "4:" + (month + 1), "5:" + (month + 2));
    verdicts("c", "3");
    assertThat(stream(10))
        .containsExactly(
            "p1@0",
            "p2@" + month,
            "p3!max-late@" + month,
            "c3!unknown-id@" + month,
            "p4@" + (month + 1),
            "p5@" + (month + 2));
  }

  @Test
  void refusesALabelThatIsOlderThanItsEvent() throws Exception {
    events("p", "1:0", "2:100", "3:200");
    Files.writeString(
        folder.resolve("c.csv"),
        "id,at,fraud\n2,%s,1\n1,%s,0\n3,%s,1\n".formatted(time(90), time(150), time(200)));
    List<SourceDefinition> sources =
        List.of(source("p"), outcome("c", new Arrival.AtEventTime(), true));
    assertThat(stream(sources, Start.fresh(WALL)))
        .containsExactly("p1@0", "p2@100", "c2!before-its-event@100", "c1@150", "p3@200", "c3@200");
  }

  @Test
  void mergesSeveralSourcesOfEachKind() throws Exception {
    events("p", "1:0", "2:20");
    events("q", "1:5", "3:20");
    verdicts("c", "1", "2");
    verdicts("d", "3", "1");
    List<SourceDefinition> sources =
        List.of(
            source("p"),
            source("q"),
            outcome("c", new Arrival.After("p", "ts", Duration.ofSeconds(10)), false),
            new SourceDefinition(
                "d",
                VERDICTS,
                new Outcome("id", "q", "id"),
                new Timing(null, new Arrival.After("q", "ts", Duration.ofSeconds(15))),
                Terms.NONE,
                reading("d")));
    assertThat(stream(sources, Start.fresh(WALL)))
        .containsExactly("p1@0", "q1@5", "c1@10", "d1@20", "p2@20", "q3@20", "c2@30", "d3@35");
  }

  @Test
  void givesWhatIsGoodBeforeAnUnreadableFileEnds() throws Exception {
    Files.writeString(
        folder.resolve("p.csv"),
        "id,ts\n1,%s\n2,%s\n3,\"%s\n".formatted(time(0), time(5), time(9)));
    verdicts("c", "1");
    List<String> found = new ArrayList<>();
    assertThatThrownBy(() -> stream(sources(1), Start.fresh(WALL), found))
        .isInstanceOf(CromfordException.class)
        .hasMessageContaining("p.csv:4: a quote is left open");
    assertThat(found).startsWith("p1@0", "c1@1", "p2@5");
    Files.writeString(folder.resolve("p.csv"), "id,ts\n1,%s\n".formatted(time(0)));
    Files.writeString(folder.resolve("c.csv"), "id,fraud\n1,1\n2,\"1\n");
    found.clear();
    assertThatThrownBy(() -> stream(sources(1), Start.fresh(WALL), found))
        .hasMessageContaining("c.csv:3: a quote is left open");
    assertThat(found).containsExactly("p1@0", "c1@1");
  }

  @Test
  void goesOnWhereAnotherRunEndedWhereverThatWas() throws Exception {
    events("p", "1:0", "2:100", "3:40", "4:110", "5:bad", "6:200");
    verdicts("c", "9", "3", "5", "1", "6", "2", "bad", "4");
    List<String> whole = new ArrayList<>();
    List<Origin> origins = new ArrayList<>();
    List<String> names = new ArrayList<>();
    try (ArrivalStream stream = ArrivalStream.open(sources(50), Start.fresh(WALL))) {
      for (Arrived next = stream.next(); next != null; next = stream.next()) {
        whole.add(show(next));
        origins.add(next.origin());
        names.add(next.source().name());
      }
    }
    Map<Long, Long> times = Map.of(1L, 0L, 2L, 100L, 3L, 40L, 4L, 110L, 6L, 200L);
    assertThat(whole).hasSize(14);
    for (int done = 1; done <= whole.size(); done++) {
      Set<String> held = new HashSet<>();
      Set<Long> accepted = new HashSet<>();
      for (int i = 0; i < done; i++) {
        held.add(names.get(i) + origins.get(i));
        if (whole.get(i).matches("p\\d+@.*")) {
          accepted.add(Long.parseLong(whole.get(i).substring(1, whole.get(i).indexOf('@'))));
        }
      }
      KnownObservations known =
          (_, slot, _) ->
              accepted.contains(slot)
                  ? (START + times.get(slot)) * 1000
                  : KnownObservations.UNKNOWN;
      long clock = Long.parseLong(whole.get(done - 1).replaceAll(".*@", ""));
      Start start =
          new Start(
              (START + clock) * 1000,
              WALL,
              (source, origin) -> held.contains(source + origin),
              known);
      List<String> rest = stream(sources(50), start);
      assertThat(withoutRefused(rest))
          .as("after %d", done)
          .isEqualTo(withoutRefused(whole.subList(done, whole.size())));
      assertThat(rest).hasSize(whole.size() - done);
    }
  }

  @Test
  void equalsASortOfTheWhole() {
    Cases.check(
        400,
        random -> {
          int count = random.nextInt(1, 60);
          int delay = random.nextInt(1, 40);
          long[] seconds = seconds(random, count);
          List<String> payments = new ArrayList<>();
          for (int i = 0; i < count; i++) {
            payments.add(i + ":" + seconds[i]);
          }
          List<String> labels = labels(random, count);
          events("p", payments.toArray(new String[0]));
          verdicts("c", labels.toArray(new String[0]));
          assertThat(stream(delay)).isEqualTo(sorted(seconds, labels, delay));
        });
  }

  @Test
  void givesUpOvertakenOutcomesWhenTooManyWait() throws Exception {
    List<String> payments = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    int strangers = OutcomeQueue.LIMIT + 1000;
    for (int i = 0; i < strangers; i++) {
      labels.add(Integer.toString(1_000_000 + i));
      if (i % 100 == 0) {
        payments.add(i + ":" + 10 * i);
        labels.add(Integer.toString(i));
      }
    }
    events("p", payments.toArray(new String[0]));
    verdicts("c", labels.toArray(new String[0]));
    List<String> found = stream(5);
    assertThat(found).hasSize(payments.size() + labels.size());
    assertThat(found.stream().filter(item -> item.endsWith("!unknown-id") || item.contains("!")))
        .hasSize(strangers);
    for (String payment : payments) {
      long second = Long.parseLong(payment.substring(payment.indexOf(':') + 1));
      assertThat(found).contains("c" + second / 10 + "@" + (second + 5));
    }
  }

  private static long[] seconds(SplittableRandom random, int count) {
    long[] seconds = new long[count];
    long now = 0;
    for (int i = 0; i < count; i++) {
      now += random.nextInt(4) == 0 ? 0 : random.nextInt(20);
      seconds[i] = random.nextInt(6) == 0 ? now - random.nextInt(100) : now;
    }
    return seconds;
  }

  private static List<String> labels(SplittableRandom random, int count) {
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      labels.add(random.nextInt(labels.size() + 1), Integer.toString(random.nextInt(count)));
    }
    return labels;
  }

  private record Item(long arrival, int kind, long due, int number, String text) {}

  /// By brute force: an observation arrives at the running maximum, an outcome a delay after the
  /// event but not before the observation has arrived.
  private static List<String> sorted(long[] seconds, List<String> labels, int delay) {
    List<Item> items = new ArrayList<>();
    Map<Integer, Long> arrivals = new HashMap<>();
    long clock = Long.MIN_VALUE;
    for (long second : seconds) {
      clock = clock == Long.MIN_VALUE ? minimum(seconds) : clock;
      clock = Math.max(clock, second);
      int id = arrivals.size();
      arrivals.put(id, clock);
      items.add(new Item(clock, 1, 0, id, "p" + id + "@" + clock));
    }
    List<Item> outcomes = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      int id = Integer.parseInt(labels.get(i));
      long due = seconds[id] + delay;
      long arrival = Math.max(due, arrivals.get(id));
      outcomes.add(new Item(arrival, 0, due, i, "c" + id + "@" + arrival));
    }
    return merged(items, outcomes, labels);
  }

  /// Outcomes go before the observations of their instant, but for their own.
  private static List<String> merged(
      List<Item> observations, List<Item> outcomes, List<String> labels) {
    outcomes.sort(
        Comparator.comparingLong(Item::arrival)
            .thenComparingLong(Item::due)
            .thenComparingInt(Item::number));
    List<String> order = new ArrayList<>();
    Set<Integer> seen = new HashSet<>();
    List<Item> left = new ArrayList<>(outcomes);
    for (Item observation : observations) {
      give(left, seen, observation.arrival(), labels, order);
      order.add(observation.text());
      seen.add(observation.number());
    }
    give(left, seen, Long.MAX_VALUE, labels, order);
    return order;
  }

  private static void give(
      List<Item> left, Set<Integer> seen, long until, List<String> labels, List<String> order) {
    left.removeIf(item -> {
      boolean given =
          item.arrival() <= until && seen.contains(Integer.parseInt(labels.get(item.number())));
      if (given) {
        order.add(item.text());
      }
      return given;
    });
  }

  private static long minimum(long[] seconds) {
    long minimum = Long.MAX_VALUE;
    for (int i = 0; i < Math.min(seconds.length, ObservationQueue.LOOK_AHEAD + 1); i++) {
      minimum = Math.min(minimum, seconds[i]);
    }
    return minimum;
  }

  private static List<String> withoutRefused(List<String> items) {
    return items.stream().filter(item -> !item.contains("!")).toList();
  }

  private List<String> stream(int delaySeconds) {
    return stream(sources(delaySeconds), Start.fresh(WALL));
  }

  private static List<String> stream(List<SourceDefinition> sources, Start start) {
    List<String> found = new ArrayList<>();
    stream(sources, start, found);
    return found;
  }

  private static void stream(List<SourceDefinition> sources, Start start, List<String> found) {
    try (ArrivalStream stream = ArrivalStream.open(sources, start)) {
      for (Arrived next = stream.next(); next != null; next = stream.next()) {
        found.add(show(next));
      }
    }
  }

  private static String show(Arrived arrived) {
    String rule =
        switch (arrived.result()) {
          case Accepted _ -> "";
          case Refused refused -> "!" + refused.rule();
        };
    long second = Math.floorDiv(arrived.arrivalMillis(), 1000L) - START;
    return arrived.source().name() + arrived.raw().text(0) + rule + "@" + second;
  }

  private List<SourceDefinition> sources(int delaySeconds) {
    Arrival after = new Arrival.After("p", "ts", Duration.ofSeconds(delaySeconds));
    return List.of(source("p"), outcome("c", after, false));
  }

  private SourceDefinition source(String name) {
    return new SourceDefinition(
        name,
        EVENTS,
        new Observation("id"),
        new Timing(CardFraud.EVENT_TIME, new Arrival.AtEventTime()),
        Terms.NONE,
        reading(name));
  }

  private SourceDefinition outcome(String name, Arrival arrival, boolean timed) {
    EventTime time =
        timed ? new EventTime("at", ZoneOffset.UTC, Duration.ZERO, Duration.ofDays(90)) : null;
    Schema schema =
        timed
            ? Schema.of(
                VERDICTS.column(0),
                new Column("at", ColumnType.TIMESTAMP, false),
                VERDICTS.column(2))
            : VERDICTS;
    return new SourceDefinition(
        name,
        schema,
        new Outcome("id", "p", "id"),
        new Timing(time, arrival),
        Terms.NONE,
        reading(name));
  }

  private Reading reading(String name) {
    return Reading.of(folder.resolve(name + ".csv").toString());
  }

  private void events(String name, String... idsAndSeconds) throws IOException {
    StringBuilder text = new StringBuilder("id,ts\n");
    for (String event : idsAndSeconds) {
      String second = event.substring(event.indexOf(':') + 1);
      String time = second.equals("bad") ? second : time(Long.parseLong(second));
      text.append(event, 0, event.indexOf(':')).append(',').append(time).append('\n');
    }
    Files.writeString(folder.resolve(name + ".csv"), text);
  }

  private void verdicts(String name, String... ids) throws IOException {
    StringBuilder text = new StringBuilder("id,fraud\n");
    for (String id : ids) {
      text.append(id).append(",1\n");
    }
    Files.writeString(folder.resolve(name + ".csv"), text);
  }

  private static String time(long second) {
    return LocalDateTime.ofEpochSecond(START + second, 0, ZoneOffset.UTC).toString();
  }
}
