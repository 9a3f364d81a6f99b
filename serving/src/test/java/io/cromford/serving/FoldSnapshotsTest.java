package io.cromford.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.cromford.core.Differences;
import io.cromford.core.Progress;
import io.cromford.core.SnapshotReader;
import io.cromford.ledger.LedgerHead;
import io.cromford.ledger.LedgerReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a factory keeps of its folds, and when it does not trust it.
class FoldSnapshotsTest {
  private static final int PART = 500;

  @TempDir private Path folder;
  private Workshop workshop;

  @BeforeEach
  void runAPart() {
    workshop = new Workshop(folder).write(Workshop.payments(1));
    try (Factory factory = workshop.open()) {
      replay(factory, PART);
    }
  }

  private static void replay(Factory factory, int most) {
    try (var arrivals = factory.arrivals()) {
      var next = Workshop.build(factory, arrivals);
      List<Submission> batch = new ArrayList<>();
      for (int i = 0; i < most && next != null; i++) {
        batch.add(Workshop.submission(next));
        next = arrivals.next();
      }
      Workshop.submit(factory, batch);
    }
  }

  /// What the steps of an opening said at their end.
  private static final class Heard implements Progress {
    private final Map<String, String> outcomes = new HashMap<>();

    @Override
    public Step start(String title, long total) {
      return new Step() {
        @Override
        public void finish(String outcome) {
          outcomes.put(title, outcome);
        }
      };
    }

    boolean resumed() {
      return String.valueOf(outcomes.get("recover")).contains("behind a snapshot at");
    }
  }

  /// The same beside the running factory and without one, from snapshots and from the ledger alone.
  @Test
  void rebuildsDecisionsFromTheNewestSnapshotBeforeThem() {
    List<String> ids = List.of("860", "1200", "1300", "1679");
    try (Factory factory = workshop.resume(Progress.SILENT)) {
      replay(factory, 800);
    }
    List<DecisionAudit.Rebuilt> kept = new ArrayList<>();
    List<String> starts = new ArrayList<>();
    try (Factory factory = workshop.resume(Progress.SILENT)) {
      replay(factory, Integer.MAX_VALUE);
      for (String id : ids) {
        Heard heard = new Heard();
        kept.add(rebuild(id, heard));
        starts.add(String.valueOf(heard.outcomes.get("to do")));
      }
    }
    assertThat(starts.getFirst()).contains("to fold from 0 on");
    assertThat(starts.subList(1, 4)).noneMatch(start -> start.contains("to fold from 0 on"));
    for (int i = 0; i < ids.size(); i++) {
      assertThat(kept.get(i).agrees()).as(ids.get(i)).isTrue();
      Heard heard = new Heard();
      assertThat(kept.get(i))
          .isEqualTo(
              DecisionAudit.ofLedgerAlone(
                  workshop.checked(),
                  workshop.state(),
                  folder.resolve("scratch"),
                  ids.get(i),
                  heard));
      assertThat(heard.outcomes.get("to do")).contains("to fold from 0 on");
    }
  }

  private DecisionAudit.Rebuilt rebuild(String id, Heard heard) {
    return DecisionAudit.of(
        workshop.checked(), workshop.state(), folder.resolve("scratch"), id, heard);
  }

  private List<Path> files() {
    try (Stream<Path> files = Files.list(workshop.snapshots())) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Opens the factory, and holds its report to being the one that the ledger alone gives.
  ///
  /// @return whether a snapshot was used
  private boolean resumes() {
    Heard heard = new Heard();
    String report;
    try (Factory factory = workshop.resume(heard)) {
      report = Control.JSON.writeValueAsString(factory.report());
    }
    Map<Path, byte[]> kept = contents();
    try (Factory factory = workshop.open()) {
      assertThat(Control.JSON.writeValueAsString(factory.report())).isEqualTo(report);
    }
    workshop.deleteSnapshots();
    kept.forEach(FoldSnapshotsTest::write);
    return heard.resumed();
  }

  private Map<Path, byte[]> contents() {
    Map<Path, byte[]> contents = new HashMap<>();
    files().forEach(file -> contents.put(file, read(file)));
    return contents;
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void write(Path file, byte[] bytes) {
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<List<Double>> served(Factory factory) {
    List<List<Double>> rows = new ArrayList<>();
    factory.readServed((ordinal, facts, values) -> {
      List<Double> row = new ArrayList<>(List.of((double) ordinal, facts.amount()));
      for (double value : values) {
        row.add(value);
      }
      rows.add(row);
    });
    return rows;
  }

  /// Rows that were served behind the snapshot are lost, as after a crash, and made again.
  @Test
  void viewsGoOnFromWhereTheyWereKept() {
    Map<Path, byte[]> kept = contents();
    try (Factory factory = workshop.resume(Progress.SILENT)) {
      replay(factory, 300);
    }
    workshop.deleteSnapshots();
    kept.forEach(FoldSnapshotsTest::write);
    List<List<Double>> resumed;
    try (Factory factory = workshop.resume(Progress.SILENT)) {
      factory.buildFeatures(Progress.SILENT);
      resumed = served(factory);
      assertThat(factory.parity(Progress.SILENT).mismatches()).isZero();
    }
    workshop.deleteSnapshots();
    try (Factory factory = workshop.resume(Progress.SILENT)) {
      factory.buildFeatures(Progress.SILENT);
      assertThat(resumed).isEqualTo(served(factory)).hasSizeGreaterThan(1000);
    }
  }

  @Test
  void buildsViewsAnewWhoseFilesAreNotWhatTheyWere() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(workshop.state().resolve("views"))) {
      files = all.filter(Files::isRegularFile).toList();
    }
    assertThat(files).extracting(file -> file.getFileName().toString()).contains("rows.log");
    for (Path file : files) {
      byte[] bytes = read(file);
      bytes[bytes.length / 3] ^= 1;
      write(file, bytes);
      try (Factory factory = workshop.resume(Progress.SILENT)) {
        factory.buildFeatures(Progress.SILENT);
        assertThat(factory.parity(Progress.SILENT).mismatches()).as("%s", file).isZero();
      }
    }
  }

  @Test
  void goesOnFromTheSnapshotOfACleanEnd() {
    assertThat(files()).isNotEmpty();
    assertThat(resumes()).isTrue();
    try (Factory factory = workshop.resume(Progress.SILENT)) {
      replay(factory, Integer.MAX_VALUE);
    }
    assertThat(resumes()).isTrue();
    String report;
    try (Factory factory = workshop.resume(Progress.SILENT)) {
      report = Control.JSON.writeValueAsString(factory.report());
    }
    Path other = folder.resolve("uninterrupted");
    assertThat(other.toFile().mkdirs()).isTrue();
    try (Factory factory = new Workshop(other).write(Workshop.payments(1)).open()) {
      replay(factory, Integer.MAX_VALUE);
      assertThat(Control.JSON.writeValueAsString(factory.report())).isEqualTo(report);
    }
  }

  /// What lives keeps is what its ledger says: nothing that only the living know.
  @Test
  void keepsWhatAFoldOfTheLedgerWouldKeep() {
    Path place = folder.resolve("eventful");
    assertThat(place.toFile().mkdirs()).isTrue();
    EventfulLife life = new EventfulLife(place, 3);
    life.live();
    Workshop eventful = life.workshop();
    var definition = eventful.checked().definition();
    FactoryState folded = StateSnapshotTest.empty(eventful);
    try (LedgerReader reader = LedgerReader.openReadOnly(eventful.state().resolve("ledger"))) {
      while (reader.next()) {
        folded.apply(reader);
      }
      FactoryState kept =
          FoldSnapshots.of(eventful.state(), definition)
              .newest(
                  FoldSnapshots.STATE,
                  reader,
                  Long.MAX_VALUE,
                  (in, position) -> {
                    assertThat(position).isEqualTo(reader.limit());
                    return restored(eventful, in, reader);
                  })
              .orElseThrow();
      assertThat(StateSnapshotTest.save(kept)).isEqualTo(StateSnapshotTest.save(folded));
      assertThat(Differences.between(kept, folded, StateSnapshotTest.NO_STATE, new TreeSet<>()))
          .isEmpty();
    }
  }

  private static FactoryState restored(Workshop of, SnapshotReader in, LedgerReader reader) {
    FactoryState state = StateSnapshotTest.empty(of);
    state.restore(in, reader::read);
    return state;
  }

  @Test
  void trustsNoneThatIsDamagedOrCutOff() {
    Path file = state();
    byte[] whole = read(file);
    for (int at : new int[] {0, 30, 200, whole.length / 2, whole.length - 1}) {
      byte[] flipped = whole.clone();
      flipped[at] ^= 4;
      write(file, flipped);
      assertThat(resumes()).as("a flipped bit in byte %d", at).isFalse();
    }
    for (int length : new int[] {0, 10, 100, whole.length / 2, whole.length - 1}) {
      write(file, Arrays.copyOf(whole, length));
      assertThat(resumes()).as("only %d bytes", length).isFalse();
    }
    write(file, whole);
    assertThat(resumes()).isTrue();
  }

  private Path state() {
    return files().stream()
        .filter(file -> file.getFileName().toString().startsWith("state."))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void trustsNoneOfAnotherBuild() {
    var definition = workshop.checked().definition();
    try (LedgerReader reader = LedgerReader.openReadOnly(workshop.state().resolve("ledger"))) {
      assertThat(found(FoldSnapshots.of(workshop.state(), definition), reader)).isTrue();
      assertThat(found(FoldSnapshots.of(workshop.state(), definition, "another"), reader))
          .isFalse();
      assertThat(found(FoldSnapshots.of(workshop.state(), definition, null), reader)).isFalse();
    }
  }

  private boolean found(FoldSnapshots snapshots, LedgerReader ledger) {
    return snapshots
        .newest(
            FoldSnapshots.STATE, ledger, Long.MAX_VALUE, (in, _) -> restored(workshop, in, ledger))
        .isPresent();
  }

  @Test
  void trustsNoneOfAnotherLedgerOrFactoryFile() throws IOException {
    byte[] kept = read(state());
    Path other = folder.resolve("other");
    assertThat(other.toFile().mkdirs()).isTrue();
    Workshop stranger = new Workshop(other).write(Workshop.payments(2));
    try (Factory factory = stranger.open()) {
      replay(factory, Integer.MAX_VALUE);
    }
    stranger.deleteSnapshots();
    Files.createDirectories(stranger.snapshots());
    Files.write(stranger.snapshots().resolve(state().getFileName()), kept);
    Heard heard = new Heard();
    try (Factory factory = stranger.resume(heard)) {
      assertThat(factory.status().observations()).isPositive();
    }
    assertThat(heard.resumed()).as("another ledger").isFalse();

    workshop.withFactory("label: {", "segments: {small: amount < 50}\nlabel: {");
    assertThat(resumes()).as("another factory file").isFalse();
  }

  @Test
  void deletesWhatAnotherBuildWroteWhenItKeepsItsOwn() {
    var definition = workshop.checked().definition();
    FoldSnapshots other = FoldSnapshots.of(workshop.state(), definition, "another");
    LedgerHead head;
    try (Factory factory = workshop.resume(Progress.SILENT)) {
      head = factory.ledgerHead();
    }
    int own = files().size();
    assertThat(other.write("state", new LedgerHead(8, head.chain()), out -> out.section("x")))
        .isTrue();
    assertThat(files()).as("it keeps its own alone").hasSizeLessThanOrEqualTo(own);
    try (Factory factory = workshop.resume(Progress.SILENT)) {
      factory.declareComplete(java.time.Instant.EPOCH, "a record", "ada");
    }
    assertThat(files()).noneMatch(file -> file.toString().contains("state.00000000000000000008"));
    assertThat(resumes()).isTrue();
  }
}
