package io.cromford.features.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cromford.core.Cases;
import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PagedLogTest {
  @TempDir Path folder;

  @Test
  void readsBackWhatWasAppendedAndChanged() {
    Cases.check(
        8,
        random -> {
          int width = random.nextInt(1, 4);
          List<long[]> expected = new ArrayList<>();
          Deque<PagedLog.Page> pinned = new ArrayDeque<>();
          try (PagedLog log =
              new PagedLog(folder.resolve("log"), width, 0, PagedLog.Fate.DELETED)) {
            for (int i = 0; i < 3000; i++) {
              act(random, log, width, expected, pinned);
            }
            assertThat(log.size()).isEqualTo(expected.size());
            assertThat(log.heapBytes()).isLessThan(30L * 1024 * width * 8);
          }
        });
  }

  private static void act(
      SplittableRandom random,
      PagedLog log,
      int width,
      List<long[]> expected,
      Deque<PagedLog.Page> pinned) {
    switch (expected.isEmpty() ? 0 : random.nextInt(5)) {
      case 0 -> {
        int count = random.nextInt(1, 200);
        long[] records = random.longs((long) count * (width + 1)).toArray();
        log.append(records, 1, width + 1, count);
        for (int i = 0; i < count; i++) {
          long[] record = new long[width];
          System.arraycopy(records, 1 + i * (width + 1), record, 0, width);
          expected.add(record);
        }
      }
      case 1 -> {
        int at = random.nextInt(expected.size());
        long[] record = random.longs(width).toArray();
        log.write(at, record, 0);
        expected.set(at, record);
      }
      case 2 -> {
        if (pinned.size() == 10) {
          log.unpin(pinned.remove());
        }
        pinned.add(log.pin(random.nextInt(expected.size())));
      }
      default -> {
        int at = random.nextInt(expected.size());
        long[] read = new long[width + 1];
        log.read(at, read, 1);
        assertThat(java.util.Arrays.copyOfRange(read, 1, width + 1)).isEqualTo(expected.get(at));
      }
    }
  }

  @Test
  void saysWhichFileCannotBeWritten() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "no folder");
    assertThatThrownBy(() -> new PagedLog(file.resolve("log"), 1, 0, PagedLog.Fate.DELETED))
        .isInstanceOfSatisfying(
            CromfordException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORAGE))
        .hasMessageContaining("file/log cannot be created")
        .hasMessageContaining("Maybe the disk is full");
  }

  @Test
  void leavesNothingBehind() throws Exception {
    try (PagedLog log = new PagedLog(folder.resolve("log"), 1, 0, PagedLog.Fate.DELETED)) {
      log.append(new long[20_000], 0, 1, 20_000);
    }
    try (var files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }
}
