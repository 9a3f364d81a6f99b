package io.cromford.features.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cromford.core.Cases;
import io.cromford.core.CromfordException;
import io.cromford.core.Differences;
import io.cromford.core.SnapshotReader;
import io.cromford.core.SnapshotWriter;
import io.cromford.features.engine.Streams.Arrival;
import io.cromford.features.plan.FeaturePlan;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An engine that is saved, taken up again and fed on is the one that was never interrupted.
class EngineSnapshotTest {
  private static final long LONGEST = 1000;
  private static final int ROWS = 5000;

  @TempDir Path folder;

  /// No state: buffers that each use overwrites, what is in memory of a file and where, what
  /// reading ahead has touched, where in a pool or a table lies what is saved in order, and what a
  /// cursor remembers so that late rows need not be looked for elsewhere.
  private static final Set<String> NO_STATE =
      Set.of(
          "PagedLog.path",
          "PagedLog.file",
          "PagedLog.sparePages",
          "PagedLog.summed",
          "PagedLog.sum",
          "PagedLog.base",
          "PagedLog.basePages",
          "PagedLog.transfer",
          "PagedLog.one",
          "PagedLog.frames",
          "PagedLog.resident",
          "PagedLog.tail",
          "PagedLog.hand",
          "PagedLog.missed",
          "PagedLog.reserved",
          "ViewLog.walked",
          "ViewLog.detail",
          "Cursor.rowPage",
          "Cursor.outcomePage",
          "Cursor.place",
          "Cursor.known",
          "Cursor.passing",
          "Cursor.touched",
          "Cursor.back",
          "EdgeSums.noted",
          "FrameSums.three",
          "FrameSums.less",
          "AggregateReader.slots",
          "AggregateReader.nulls",
          "AggregateReader.columns",
          "AggregateReader.sum",
          "AggregateReader.squares",
          "ExtremeWindow.best",
          "ExtremeWindow.found",
          "ExtremeWindow.states",
          "ExtremeWindow.nodes",
          "ExtremeWindow.free",
          "PairCounts.keys",
          "PairCounts.values",
          "PairCounts.counts",
          "LastWindow.latest",
          "LongTupleIndex.touched",
          "LongTupleIndex.table",
          "LongTupleIndex.former",
          "LongTupleIndex.formerSize",
          "LongTupleIndex.moved",
          "Operators.sums",
          "Operators.mostBack",
          "Recorder.unknown",
          "SavedColumns.row",
          "FeatureEngine.batch",
          "FeatureEngine.cells",
          "FeatureEngine.kept",
          "FeatureEngine.sums",
          "FeatureEngine.current",
          "FeatureEngine.old",
          "FeatureEngine.changed",
          "FeatureEngine.detail",
          "FeatureEngine.touched");

  private static void feed(FeatureEngine engine, List<Arrival> stream, List<double[]> features) {
    double[] values = new double[engine.featureCount()];
    for (Arrival arrival : stream) {
      if (arrival.isOutcome()) {
        engine.outcome(arrival.ordinal(), arrival.row());
      } else {
        engine.observe(arrival.row(), arrival.eventMillis(), values);
        features.add(values.clone());
      }
    }
  }

  private static byte[] save(FeatureEngine engine) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    SnapshotWriter out = new SnapshotWriter(bytes);
    engine.save(out);
    out.flush();
    return bytes.toByteArray();
  }

  private static void restore(FeatureEngine engine, byte[] saved, Path kept) {
    SnapshotReader in = new SnapshotReader(new ByteArrayInputStream(saved));
    engine.restore(in, kept);
    in.end();
  }

  private static FeatureEngine kept(FeaturePlan plan, Path place, SplittableRandom random) {
    return FeatureEngine.open(plan, place, random.nextInt(2) << 20, PagedLog.Fate.KEPT);
  }

  /// What was fed behind the last save is lost in a crash, and fed again.
  @Test
  void goesOnAsIfItHadNeverBeenInterrupted() {
    Set<String> met = new TreeSet<>();
    Cases.check(
        12,
        random -> {
          FeaturePlan plan = Plans.random(random, 20 * LONGEST);
          List<Arrival> stream = Streams.random(random, ROWS, 5, LONGEST, random.nextBoolean());
          Path place = Files.createTempDirectory(folder, "kept");
          List<double[]> expected = new ArrayList<>();
          FeatureEngine whole = FeatureEngine.open(plan, folder.resolve("whole"));
          feed(whole, stream, expected);
          byte[] end = save(whole);
          List<double[]> features = new ArrayList<>();
          byte[] saved = new byte[0];
          int at = 0;
          while (at < stream.size()) {
            try (FeatureEngine engine = kept(plan, place, random)) {
              if (at > 0) {
                restore(engine, saved, place);
              }
              int until = Math.min(stream.size(), at + 1 + random.nextInt(2500));
              feed(engine, stream.subList(at, until), features);
              if (random.nextBoolean()) {
                engine.makeRoom(random.nextInt(500));
              }
              saved = save(engine);
              if (until == stream.size()) {
                assertThat(Differences.between(engine, whole, NO_STATE, met)).isEmpty();
              }
              int lost = Math.min(stream.size(), until + random.nextInt(3000));
              feed(engine, stream.subList(until, lost), new ArrayList<>());
              at = until;
            }
          }
          whole.close();
          same(features, expected);
          assertThat(saved).isEqualTo(end);
        });
    assertThat(met).as("what is left out").containsAll(NO_STATE);
  }

  /// A fold in batches, as history is driven, saves what one row by row saves.
  @Test
  void savesTheSameInBatches() {
    Cases.check(
        12,
        random -> {
          FeaturePlan plan = Plans.random(random, 20 * LONGEST);
          List<Arrival> stream = Streams.random(random, ROWS, 5, LONGEST, random.nextBoolean());
          try (FeatureEngine single = FeatureEngine.open(plan, folder.resolve("single"));
              FeatureEngine batched = FeatureEngine.open(plan, folder.resolve("batched"))) {
            feed(single, stream, new ArrayList<>());
            HistoryDriver driver = new HistoryDriver(batched, (_, _, _) -> {});
            for (Arrival arrival : stream) {
              if (arrival.isOutcome()) {
                driver.outcome(arrival.ordinal(), arrival.row());
              } else {
                driver.observe(arrival.row(), arrival.eventMillis());
              }
            }
            driver.flush();
            assertThat(save(batched)).isEqualTo(save(single));
          }
        });
  }

  /// As a fold beside a factory holds the factory's files to having what it folded itself.
  @Test
  void findsTheRowsOfAnotherEngineInItsFiles() {
    Cases.check(
        6,
        random -> {
          FeaturePlan plan = Plans.random(random, 20 * LONGEST);
          List<Arrival> stream = Streams.random(random, ROWS, 5, LONGEST, random.nextBoolean());
          Path place = Files.createTempDirectory(folder, "serving");
          int cut = stream.size() / 4 + random.nextInt(stream.size() / 2);
          try (FeatureEngine live = kept(plan, place, random);
              FeatureEngine beside = FeatureEngine.open(plan, folder.resolve("other"))) {
            feed(live, stream.subList(0, cut), new ArrayList<>());
            restore(beside, save(live), place);
            feed(live, stream.subList(cut, stream.size()), new ArrayList<>());
            feed(beside, stream.subList(cut, stream.size()), new ArrayList<>());
            live.settle();
            beside.requireSame(place);
            byte[] rows = Files.readAllBytes(place.resolve("rows.log"));
            Files.write(place.resolve("rows.log"), Arrays.copyOf(rows, rows.length / 8));
            assertThatThrownBy(() -> beside.requireSame(place))
                .isInstanceOf(CromfordException.class)
                .hasMessageContaining("rows.log is not what a fold of the ledger gives.\nMaybe");
          }
        });
  }

  @Test
  void goesOnFromFilesThatAnotherEngineStillWritesTo() {
    Cases.check(
        8,
        random -> {
          FeaturePlan plan = Plans.random(random, 20 * LONGEST);
          List<Arrival> stream = Streams.random(random, ROWS, 5, LONGEST, random.nextBoolean());
          Path place = Files.createTempDirectory(folder, "live");
          int cut = stream.size() / 4 + random.nextInt(stream.size() / 2);
          List<double[]> expected = new ArrayList<>();
          List<double[]> features = new ArrayList<>();
          try (FeatureEngine live = kept(plan, place, random)) {
            feed(live, stream.subList(0, cut), new ArrayList<>());
            byte[] saved = save(live);
            int between = cut + random.nextInt(stream.size() - cut);
            feed(live, stream.subList(cut, between), expected);
            try (FeatureEngine beside =
                FeatureEngine.open(plan, folder.resolve("beside"), random.nextInt(2) << 20)) {
              restore(beside, saved, place);
              feed(beside, stream.subList(cut, stream.size()), features);
              feed(live, stream.subList(between, stream.size()), expected);
              same(features, expected);
            }
          }
          assertThat(place.resolve("rows.log")).exists();
        });
  }

  @Test
  void refusesFilesThatAreNotWhatTheyWere() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    FeaturePlan plan = Plans.random(random, LONGEST);
    Path place = folder.resolve("place");
    byte[] saved;
    try (FeatureEngine engine = kept(plan, place, random)) {
      feed(engine, Streams.random(random, 3000, 5, LONGEST, false), new ArrayList<>());
      saved = save(engine);
    }
    Path rows = place.resolve("rows.log");
    byte[] whole = Files.readAllBytes(rows);
    byte[] flipped = whole.clone();
    flipped[5000] ^= 1;
    for (byte[] other : List.of(flipped, Arrays.copyOf(whole, 9000), new byte[0])) {
      Files.write(rows, other);
      try (FeatureEngine engine = kept(plan, place, random)) {
        assertThatThrownBy(() -> restore(engine, saved, place))
            .isInstanceOf(CromfordException.class)
            .hasMessageContaining("rows.log is not what it was when it was saved");
      }
    }
    Files.write(rows, whole);
    try (FeatureEngine engine = kept(plan, place, random)) {
      restore(engine, saved, place);
      assertThat(engine.rows()).isEqualTo(3000);
    }
  }

  private static void same(List<double[]> features, List<double[]> expected) {
    assertThat(features).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(Arrays.equals(features.get(i), expected.get(i))).as("row %d", i).isTrue();
    }
  }
}
