package io.cromford.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.ledger.LedgerHead;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a fold beside the factory keeps is what the factory itself keeps, and it is refused where
/// that would be of no use.
class KeepJobTest {
  @TempDir private Path folder;
  private EventfulLife life;
  private Workshop workshop;
  private Map<String, ByteBuffer> own;
  private int jobs;

  @BeforeEach
  void live() throws IOException {
    life = new EventfulLife(Files.createDirectories(folder.resolve("factory")), 3);
    life.live();
    workshop = life.workshop();
    own = contents(workshop.snapshots());
  }

  private static Map<String, ByteBuffer> contents(Path of) {
    Map<String, ByteBuffer> contents = new TreeMap<>();
    try (Stream<Path> files = Files.list(of)) {
      for (Path file : files.toList()) {
        contents.put(file.getFileName().toString(), ByteBuffer.wrap(Files.readAllBytes(file)));
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return contents;
  }

  private FoldSnapshots snapshots() {
    return FoldSnapshots.of(workshop.state(), workshop.checked().definition());
  }

  private KeepOrder order(LedgerHead head, FoldSnapshots.Maker maker) {
    Path factory = workshop.checked().folder();
    return new KeepOrder(factory.toString(), workshop.state().toString(), head, maker);
  }

  /// Folds beside, and keeps what came of it in the factory's folder if so wished.
  private Map<String, ByteBuffer> fold(LedgerHead head, boolean adopted) throws IOException {
    Path job = Files.createDirectories(folder.resolve("job-" + jobs++));
    KeepJob.run(order(head, snapshots().maker()), job, _ -> {});
    Map<String, ByteBuffer> kept = contents(KeepOrder.kept(job));
    if (adopted) {
      snapshots().adopt(KeepOrder.kept(job), head);
    }
    return kept;
  }

  private LedgerHead end() {
    try (Factory factory = workshop.resume(io.cromford.core.Progress.SILENT)) {
      return factory.ledgerHead();
    }
  }

  @Test
  void keepsWhatTheFactoryItselfKeepsFromWhereverItBegins() throws IOException {
    LedgerHead end = end();
    assertThat(own).hasSizeGreaterThan(1);
    workshop.deleteSnapshots();
    assertThat(fold(end, false)).as("from the ledger's beginning").isEqualTo(own);
    List<LedgerHead> heads = life.heads();
    assertThat(heads).hasSizeGreaterThan(5);
    for (LedgerHead head : heads) {
      Map<String, ByteBuffer> onward = fold(head, true);
      assertThat(onward).as("at %d", head.position()).isNotEmpty();
    }
    assertThat(fold(end, false)).as("from the last snapshot").isEqualTo(own);
  }

  @Test
  void refusesAnotherFactoryFileAnotherBuildAndAnotherLedger() {
    LedgerHead end = end();
    FoldSnapshots.Maker maker = snapshots().maker();
    refuses(
        order(end, new FoldSnapshots.Maker("another", maker.basis())),
        "another build of Cromford is installed than the one that runs.\nMaybe");
    refuses(
        order(new LedgerHead(end.position() + 8, end.chain()), maker),
        "the ledger does not reach to %d as it was told.\nMaybe".formatted(end.position() + 8));
    workshop.withFactory("segments: {small: amount < 50}", "segments: {small: amount < 60}");
    refuses(order(end, maker), "the factory file was changed since the factory was started");
  }

  private void refuses(KeepOrder order, String why) {
    Path job = folder.resolve("refused-" + jobs++);
    assertThatThrownBy(() -> KeepJob.run(order, job, _ -> {}))
        .isInstanceOfSatisfying(
            CromfordException.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.STATE_CONFLICT))
        .hasMessageStartingWith(why);
    assertThat(job).doesNotExist();
  }

  /// A view's file that lost or changed rows behind the last snapshot would be refused at the next
  /// start: nothing is kept that names it.
  @Test
  void refusesWhereAViewsFileIsNotWhatTheLedgerGives() throws IOException {
    LedgerHead end = end();
    workshop.deleteSnapshots();
    List<Path> files;
    try (Stream<Path> all = Files.walk(workshop.state().resolve("views"))) {
      files = all.filter(file -> file.endsWith("served.f64") || file.endsWith("rows.log")).toList();
    }
    assertThat(files).hasSizeGreaterThan(1);
    for (Path file : files) {
      byte[] whole = Files.readAllBytes(file);
      byte[] flipped = whole.clone();
      flipped[whole.length / 3] ^= 1;
      Files.write(file, flipped);
      assertThatThrownBy(() -> fold(end, true))
          .hasMessageStartingWith(file + " is not what a fold of the ledger gives.\nMaybe");
      Files.write(file, whole);
    }
    assertThat(contents(workshop.snapshots())).isEmpty();
    assertThat(fold(end, true)).isEqualTo(own);
    assertThat(contents(workshop.snapshots())).isEqualTo(own);
  }
}
