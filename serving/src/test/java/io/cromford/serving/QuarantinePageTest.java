package io.cromford.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.cromford.core.Progress;
import io.cromford.ledger.Disk;
import io.cromford.ledger.DiskFile;
import io.cromford.ledger.FaultyDisk;
import io.cromford.serving.QuarantineView.Asked;
import io.cromford.serving.QuarantineView.Entry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// However many rows lie in quarantine, a page reads no more than itself.
class QuarantinePageTest {
  private static final int ROWS = 20_000;
  private static final int BATCH = 2_000;
  private static final int PAGE = 50;

  @TempDir private Path folder;

  /// A disk that counts what is read of it.
  private record Counted(Disk disk, AtomicLong bytesRead) implements Disk {
    @Override
    public List<String> names() throws IOException {
      return disk.names();
    }

    @Override
    public DiskFile open(String name) throws IOException {
      return new CountedFile(disk.open(name), bytesRead);
    }

    @Override
    public DiskFile openToRead(String name) throws IOException {
      return new CountedFile(disk.openToRead(name), bytesRead);
    }

    @Override
    public void rename(String from, String to) throws IOException {
      disk.rename(from, to);
    }

    @Override
    public void delete(String name) throws IOException {
      disk.delete(name);
    }

    @Override
    public void forceFolder() throws IOException {
      disk.forceFolder();
    }

    @Override
    public String label(String name) {
      return disk.label(name);
    }
  }

  private record CountedFile(DiskFile file, AtomicLong bytesRead) implements DiskFile {
    @Override
    public int read(ByteBuffer target, long offset) throws IOException {
      int count = file.read(target, offset);
      bytesRead.addAndGet(Math.max(count, 0));
      return count;
    }

    @Override
    public int write(ByteBuffer bytes, long offset) throws IOException {
      return file.write(bytes, offset);
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public void truncate(long size) throws IOException {
      file.truncate(size);
    }

    @Override
    public void force() throws IOException {
      file.force();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  @Test
  void readsNoMoreOfTheLedgerThanThePage() {
    AtomicLong bytesRead = new AtomicLong();
    Disk disk = new Counted(new FaultyDisk(new SplittableRandom(1)), bytesRead);
    Workshop workshop = new Workshop(folder).write(Workshop.payments(1));
    try (Factory factory = workshop.open(disk)) {
      factory.buildFeatures(Progress.SILENT);
      factory.goLive();
      refuse(factory);
      long bytes = factory.ledgerHead().position();
      bytesRead.set(0);
      QuarantineView first = factory.quarantine(Asked.newest(PAGE));
      assertThat(first.records()).isEqualTo(ROWS);
      assertThat(first.newest()).hasSize(PAGE);
      assertThat(bytesRead.get()).isLessThan(PAGE * (8L << 10)).isLessThan(bytes / 10);
      assertThat(numbers(factory)).hasSize(ROWS).isSorted().doesNotHaveDuplicates();
      assertThat(factory.quarantine(new Asked("payments", "type", Long.MAX_VALUE, 9)).newest())
          .extracting(entry -> entry.record().rule())
          .containsOnly("type")
          .hasSize(9);
    }
  }

  private static void refuse(Factory factory) {
    for (int from = 0; from < ROWS; from += BATCH) {
      List<Submission> batch = new ArrayList<>();
      for (int id = from; id < from + BATCH; id++) {
        String amount = id % 3 == 0 ? "seven" : "-7.00";
        batch.add(
            Workshop.live(
                factory,
                "payments",
                Integer.toString(id),
                "2026-11-25T12:00:00",
                Integer.toString(id % 40),
                "1",
                amount));
      }
      Workshop.submit(factory, batch);
    }
  }

  /// The numbers of all rows, page by page, the oldest first.
  private static List<Long> numbers(Factory factory) {
    List<Long> numbers = new ArrayList<>();
    OptionalLong next = OptionalLong.of(Long.MAX_VALUE);
    while (next.isPresent()) {
      QuarantineView page = factory.quarantine(new Asked("", "", next.getAsLong(), 5_000));
      page.newest().stream().map(Entry::position).forEach(numbers::add);
      next = page.next();
    }
    return numbers.reversed();
  }
}
