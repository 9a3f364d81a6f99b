package io.cromford.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cromford.core.Cases;
import io.cromford.core.CromfordException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotsTest {
  private static final int CASES = 300;

  @TempDir private Path folder;

  @Test
  void loadsTheNewestThatIsNotAheadOfTheLedger() throws IOException {
    Snapshots snapshots = Snapshots.open(folder.resolve("snapshots"));
    snapshots.write("view-a", 100, out -> out.write(state(100)));
    snapshots.write("view-a", 200, out -> out.write(state(200)));
    snapshots.write("view-b", 300, out -> out.write(state(300)));

    assertThat(load(snapshots, "view-a", 1000)).isEqualTo(200);
    assertThat(load(snapshots, "view-a", 199)).isEqualTo(100);
    assertThat(load(snapshots, "view-a", 99)).isEqualTo(-1);
    assertThat(load(snapshots, "view-b", 1000)).isEqualTo(300);
    assertThat(load(snapshots, "view", 1000)).isEqualTo(-1);
  }

  @Test
  void keepsTheLastTwoAndThinsTheOlder() throws IOException {
    FaultyDisk disk = new FaultyDisk(new SplittableRandom(1));
    Snapshots snapshots = Snapshots.open(disk);
    for (int position : List.of(10, 20, 21, 30, 40, 41)) {
      snapshots.write("view", position, out -> out.write(state(position)));
    }
    long one = snapshots.newestBytes("view");
    snapshots.thin("view", 3 * one, _ -> true);
    assertThat(positions(disk)).containsExactly(10, 20, 30, 40, 41);
    snapshots.thin("view", one, _ -> true);
    assertThat(positions(disk)).containsExactly(20, 40, 41);
    snapshots.thin("view", one - 1, _ -> true);
    assertThat(positions(disk)).containsExactly(40, 41);
    snapshots.thin("view", one, found -> found.position() > 40);
    assertThat(positions(disk)).as("what is of no use goes first").containsExactly(41);
  }

  @Test
  void takesAnOlderOneWhereTheNewestDoesNotFit() {
    Snapshots snapshots = Snapshots.open(new FaultyDisk(new SplittableRandom(1)));
    snapshots.write("view", 1, out -> out.write(state(1)));
    snapshots.write("view", 2, out -> out.write(state(2)));
    assertThat(snapshots.newest("view", 10, found -> found.position() < 2, _ -> {}))
        .hasValueSatisfying(found -> assertThat(found.position()).isEqualTo(1));
  }

  private static List<Integer> positions(FaultyDisk disk) throws IOException {
    return disk.names().stream()
        .map(file -> Integer.parseInt(file.replaceAll("[^0-9]", "")))
        .sorted()
        .toList();
  }

  @Test
  void passesOverOneThatDoesNotHold() throws IOException {
    FaultyDisk disk = new FaultyDisk(new SplittableRandom(1));
    Snapshots snapshots = Snapshots.open(disk);
    snapshots.write("view", 1, out -> out.write(state(1)));
    snapshots.write("view", 2, out -> out.write(state(2)));
    byte[] bytes = disk.bytes("view.00000000000000000002.snapshot");
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] ^= 1;
      assertThat(load(snapshots, "view", 10)).isEqualTo(1);
      bytes[i] ^= 1;
    }
    assertThat(load(snapshots, "view", 10)).isEqualTo(2);
  }

  @Test
  void keepsWhatWasStoredOverFaultsAndCrashes() {
    Cases.check(
        CASES,
        random -> {
          FaultyDisk disk = new FaultyDisk(random);
          int stored = -1;
          for (int i = 1; i < 20; i++) {
            disk.faultRate(0.05);
            disk.shortWrites(true);
            disk.cutPowerAfter(random.nextInt(40));
            int position = i;
            try {
              Snapshots.open(disk).write("view", position, out -> writeSlowly(out, position));
              stored = position;
            } catch (CromfordException | FaultyDisk.PowerCut _) {
              // It may be there or not, but the one before must be.
            }
            disk = random.nextBoolean() ? disk.afterKill() : disk.afterCrash();
            assertThat(load(Snapshots.open(disk), "view", 100)).isBetween(stored, position);
          }
        });
  }

  @Test
  void leavesTheOldOneIfTheDiskIsFull() throws IOException {
    FaultyDisk disk = new FaultyDisk(new SplittableRandom(1));
    Snapshots snapshots = Snapshots.open(disk);
    snapshots.write("view", 1, out -> out.write(state(1)));
    long used = disk.usedBytes();
    disk.capacityBytes(used + 500);
    assertThatThrownBy(() -> snapshots.write("view", 2, out -> out.write(new byte[1000])))
        .hasMessageContaining("the snapshot cannot be written: No space left on device");
    assertThat(disk.usedBytes()).isEqualTo(used);
    assertThat(load(snapshots, "view", 10)).isEqualTo(1);
  }

  @Test
  void refusesANameThatIsNoFileName() {
    Snapshots snapshots = Snapshots.open(folder);
    assertThatThrownBy(() -> snapshots.newest("../view", 1, _ -> true, _ -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a snapshot cannot have the name `../view`");
  }

  private static void writeSlowly(OutputStream out, int position) throws IOException {
    for (byte one : state(position)) {
      out.write(one);
    }
  }

  private static byte[] state(int position) {
    return new SplittableRandom(position)
        .ints(500)
        .collect(
            () -> new java.io.ByteArrayOutputStream(),
            (out, value) -> out.write(value),
            (a, b) -> {})
        .toByteArray();
  }

  /// The position of the snapshot loaded, whose state must be the one of that position; -1 if there
  /// is none.
  private static int load(Snapshots snapshots, String name, long atMost) throws IOException {
    Optional<Snapshot> found = snapshots.newest(name, atMost, _ -> true, _ -> {});
    if (found.isEmpty()) {
      return -1;
    }
    int position = (int) found.get().position();
    try (InputStream in = found.get().open()) {
      assertThat(in.readAllBytes()).isEqualTo(state(position));
    }
    assertThat(found.get().bodyBytes()).isEqualTo(500);
    return position;
  }
}
