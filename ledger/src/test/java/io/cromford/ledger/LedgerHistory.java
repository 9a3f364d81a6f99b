package io.cromford.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.logging.Level;
import java.util.logging.Logger;

/// One random history of a ledger on a disk that fails, over several lives, and what must be true
/// of it: what was acknowledged is there after every crash, and of the rest either one whole batch
/// that was being committed or nothing.
final class LedgerHistory {
  /// Held here, because the logging keeps its loggers by weak references.
  private static final Logger LOGGER = Logger.getLogger(Ledger.class.getName());

  private final SplittableRandom random;
  private final double faultRate;
  private final boolean fillsUp;
  private final LedgerOptions options;
  private FaultyDisk disk;
  private List<String> acknowledged = new ArrayList<>();
  private LedgerHead head = LedgerHead.EMPTY;

  /// The batches whose commit was tried since the last one that succeeded.
  private final List<List<String>> tried = new ArrayList<>();

  private int made;

  LedgerHistory(SplittableRandom random, double faultRate, boolean fillsUp) {
    LOGGER.setLevel(Level.OFF);
    this.random = random;
    this.faultRate = faultRate;
    this.fillsUp = fillsUp;
    this.disk = new FaultyDisk(random);
    this.options =
        new LedgerOptions(1 + random.nextInt(2000), 4096, 1 << 16, 256 + random.nextInt(512));
  }

  void run() {
    for (int life = 0; life < 6; life++) {
      live();
      disk = random.nextBoolean() ? disk.afterCrash() : disk.afterKill();
    }
    disk = disk.afterCrash();
    checkAfterCrash();
  }

  private void live() {
    checkAfterCrash();
    if (random.nextInt(4) > 0) {
      disk.cutPowerAfter(random.nextInt(40));
    }
    disk.faultRate(faultRate);
    disk.shortWrites(random.nextBoolean());
    try (Ledger ledger = Ledger.open(disk, options)) {
      for (int step = random.nextInt(12); step >= 0; step--) {
        batch(ledger);
      }
    } catch (FaultyDisk.PowerCut _) {
      // The next life shows what is left.
    } catch (CromfordException refused) {
      assertThat(refused.code()).isEqualTo(ErrorCode.STORAGE);
    }
  }

  private void batch(Ledger ledger) {
    if (fillsUp) {
      disk.capacityBytes(disk.usedBytes() + random.nextInt(2000));
    }
    List<String> batch = new ArrayList<>();
    do {
      append(ledger, batch);
      if (commit(ledger, batch)) {
        return;
      }
    } while (random.nextInt(3) > 0);
    ledger.discard();
    checkReaders(ledger, List.of());
  }

  private void append(Ledger ledger, List<String> batch) {
    for (int i = random.nextInt(5); i >= 0; i--) {
      String body = made++ + "-".repeat(random.nextInt(random.nextInt(4) == 0 ? 1500 : 40));
      LedgerTest.append(ledger, body);
      batch.add(body);
    }
    checkReaders(ledger, batch);
  }

  private boolean commit(Ledger ledger, List<String> batch) {
    tried.add(List.copyOf(batch));
    try {
      ledger.commit();
    } catch (CromfordException refused) {
      assertThat(refused.code()).isEqualTo(ErrorCode.STORAGE);
      checkReaders(ledger, batch);
      return false;
    }
    acknowledged.addAll(batch);
    tried.clear();
    head = ledger.head();
    checkReaders(ledger, List.of());
    return true;
  }

  private void checkReaders(Ledger ledger, List<String> pending) {
    if (faultRate > 0) {
      disk.faultRate(0);
    }
    List<String> all = new ArrayList<>(acknowledged);
    all.addAll(pending);
    try (LedgerReader committed = ledger.reader();
        LedgerReader appended = ledger.appendedReader()) {
      assertThat(LedgerTest.readAll(committed)).isEqualTo(acknowledged);
      assertThat(LedgerTest.readAll(appended)).isEqualTo(all);
    }
    disk.faultRate(faultRate);
  }

  /// Opens without faults, and takes over what was found.
  private void checkAfterCrash() {
    List<String> found;
    try (Ledger ledger = Ledger.open(disk, options);
        LedgerReader reader = ledger.reader()) {
      found = LedgerTest.readAll(reader);
      assertThat(Verifier.verify(disk, head)).isInstanceOf(Verification.Intact.class);
      head = ledger.head();
    }
    List<List<String>> allowed = new ArrayList<>(List.of(acknowledged));
    for (List<String> batch : tried) {
      List<String> more = new ArrayList<>(acknowledged);
      more.addAll(batch);
      allowed.add(more);
    }
    assertThat(allowed).contains(found);
    acknowledged = found;
    tried.clear();
    try (LedgerReader beside = SealedLedger.open(disk).reader()) {
      assertThat(LedgerTest.readAll(beside)).isEqualTo(found);
    }
  }
}
