package io.cromford.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.cromford.core.Differences;
import io.cromford.core.SnapshotReader;
import io.cromford.core.SnapshotWriter;
import io.cromford.ledger.LedgerReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A state that is saved, taken up again and folded on is the one that was never interrupted, in
/// every field.
class StateSnapshotTest {
  /// No state: buffers that each use overwrites, and what was measured of the wall's time.
  static final Set<String> NO_STATE =
      Set.of(
          "SourceBook.row",
          "SourceBook.judgement",
          "SourceBook.contract",
          "Form.row",
          "Form.codec",
          "SourceForms.codec",
          "Books.called",
          "IdIndex.key",
          "AlertThreshold.key",
          "DayAlerts.key",
          "LongTupleIndex.touched",
          "LongTupleIndex.table",
          "LongTupleIndex.former",
          "LongTupleIndex.formerSize",
          "LongTupleIndex.moved",
          "FactoryState.shelf",
          "Entry.compiled");

  @TempDir private Path folder;

  @Test
  void goesOnAsIfItHadNeverBeenInterrupted() {
    EventfulLife life = new EventfulLife(folder, 5);
    life.live();
    Workshop workshop = life.workshop();
    SplittableRandom random = new SplittableRandom(1);
    FactoryState whole = empty(workshop);
    FactoryState interrupted = empty(workshop);
    Set<Class<?>> controls = new TreeSet<>((a, b) -> a.getName().compareTo(b.getName()));
    Set<String> met = new TreeSet<>();
    int cuts = 0;
    try (LedgerReader reader = LedgerReader.openReadOnly(workshop.state().resolve("ledger"))) {
      while (reader.next()) {
        whole.apply(reader);
        interrupted.apply(reader);
        if (random.nextInt(150) == 0) {
          byte[] saved = save(interrupted);
          FactoryState restored = restore(workshop, saved, reader);
          assertThat(Differences.between(interrupted, restored, NO_STATE, met)).isEmpty();
          assertThat(save(restored)).isEqualTo(saved);
          interrupted = restored;
          cuts++;
        }
      }
    }
    whole.controls().forEach(control -> controls.add(control.getClass()));
    assertThat(cuts).isGreaterThan(20);
    assertThat(controls).as("the life was eventful").hasSizeGreaterThan(20);
    assertThat(save(interrupted)).isEqualTo(save(whole));
    assertThat(Differences.between(whole, interrupted, NO_STATE, met)).isEmpty();
    assertThat(met).as("what is left out").containsAll(NO_STATE);
  }

  static FactoryState empty(Workshop workshop) {
    var definition = workshop.checked().definition();
    return FactoryState.empty(
        definition, new ModelShelf(workshop.state().resolve("models"), definition));
  }

  static byte[] save(FactoryState state) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    SnapshotWriter out = new SnapshotWriter(bytes);
    state.save(out);
    out.flush();
    return bytes.toByteArray();
  }

  private static FactoryState restore(Workshop workshop, byte[] saved, LedgerReader reader) {
    FactoryState restored = empty(workshop);
    restored.restore(new SnapshotReader(new ByteArrayInputStream(saved)), reader::read);
    return restored;
  }
}
