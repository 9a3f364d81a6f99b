package io.cromford.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cromford.core.Cases;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// The disk that fails does fail, or the tests that use it would show nothing.
class FaultyDiskTest {
  private static final int CASES = 200;

  @Test
  void keepsWhatWasForced() {
    Cases.check(
        CASES,
        random -> {
          FaultyDisk disk = new FaultyDisk(random);
          DiskFile file = disk.open("a");
          file.writeFully(filled(1, 2000), 0);
          file.force();
          disk.forceFolder();
          assertThat(disk.afterCrash().bytes("a")).isEqualTo(filled(1, 2000).array());
        });
  }

  @Test
  void dropsTearsAndReordersWhatWasNotForced() {
    Set<String> seen = new HashSet<>();
    Cases.check(
        CASES,
        random -> {
          FaultyDisk disk = new FaultyDisk(random);
          DiskFile file = disk.open("a");
          disk.forceFolder();
          file.writeFully(filled(1, 1000), 0);
          file.writeFully(filled(2, 1000), 1000);
          byte[] after = disk.afterCrash().bytes("a");
          boolean first = contains(after, 0, 1000, 1);
          boolean second = contains(after, 1000, 2000, 2);
          boolean hole = contains(after, 0, 2000, 0);
          seen.add((first ? "first " : "") + (second ? "second " : "") + (hole ? "hole" : ""));
        });
    assertThat(seen).contains("", "first ", "first second ", "first second hole", "second hole");
  }

  @Test
  void forgetsNamesThatWereNotForced() {
    Set<List<String>> seen = new HashSet<>();
    Cases.check(
        CASES,
        random -> {
          FaultyDisk disk = new FaultyDisk(random);
          disk.open("a").force();
          disk.rename("a", "b");
          seen.add(disk.afterCrash().names());
        });
    assertThat(seen).containsExactlyInAnyOrder(List.of(), List.of("a"), List.of("b"));
  }

  @Test
  void doesNotMendAForceThatFailedByAnother() {
    Set<Boolean> lost = new HashSet<>();
    Cases.check(
        CASES,
        random -> {
          FaultyDisk disk = new FaultyDisk(random);
          DiskFile file = disk.open("a");
          disk.forceFolder();
          file.writeFully(filled(1, 1000), 0);
          disk.faultRate(1);
          assertThatThrownBy(file::force).isInstanceOf(IOException.class);
          disk.faultRate(0);
          file.force();
          assertThat(disk.bytes("a")).isEqualTo(filled(1, 1000).array());
          lost.add(!Arrays.equals(disk.afterCrash().bytes("a"), filled(1, 1000).array()));
          file.writeFully(filled(1, 1000), 0);
          file.force();
          assertThat(disk.afterCrash().bytes("a")).isEqualTo(filled(1, 1000).array());
        });
    assertThat(lost).contains(true);
  }

  @Test
  void isFullAtACertainByte() throws IOException {
    FaultyDisk disk = new FaultyDisk(new SplittableRandom(1));
    disk.capacityBytes(100);
    DiskFile file = disk.open("a");
    assertThatThrownBy(() -> file.writeFully(filled(1, 101), 0))
        .hasMessage("No space left on device");
    assertThat(file.size()).isEqualTo(100);
    file.writeFully(filled(2, 100), 0);
  }

  private static ByteBuffer filled(int value, int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return ByteBuffer.wrap(bytes);
  }

  private static boolean contains(byte[] bytes, int from, int to, int value) {
    for (int i = from; i < Math.min(to, bytes.length); i++) {
      if (bytes[i] == value) {
        return true;
      }
    }
    return false;
  }
}
