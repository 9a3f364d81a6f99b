package io.cromford.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// A disk in memory that behaves as badly as a real one may.
///
/// What was not forced is dropped, torn and reordered by a crash: each sector has the bytes of any
/// moment since the last force, the size and the names those of any moment too. A force that fails
/// leaves the pages looking clean: they are read back until the crash, but no later force writes
/// them. Writes may be short, refused in the middle for want of room, and the power may be cut at
/// any operation.
public final class FaultyDisk implements Disk {
  /// The power went: the program is no more.
  public static final class PowerCut extends RuntimeException {
    private static final long serialVersionUID = 1;

    PowerCut() {
      super("power cut", null, false, false);
    }
  }

  private final SplittableRandom random;
  private final int sectorBytes;
  private Map<String, Inode> names;
  private final List<Map<String, Inode>> nameHistory = new ArrayList<>();
  private long capacityBytes = Long.MAX_VALUE;
  private double faultRate;
  private boolean shortWrites;
  private long operationsToCut = Long.MAX_VALUE;

  /// An empty disk.
  public FaultyDisk(SplittableRandom random) {
    this(random, new TreeMap<>());
  }

  private FaultyDisk(SplittableRandom random, Map<String, Inode> names) {
    this.random = random;
    this.sectorBytes = 8 << random.nextInt(7);
    this.names = names;
  }

  /// The room for all files together.
  public void capacityBytes(long bytes) {
    capacityBytes = bytes;
  }

  /// How many bytes all files have.
  public long usedBytes() {
    return names.values().stream().mapToLong(file -> file.cache.length).sum();
  }

  /// The share of operations that fail with an IOException.
  public void faultRate(double rate) {
    faultRate = rate;
  }

  /// Whether a write may take only a part of the bytes.
  public void shortWrites(boolean may) {
    shortWrites = may;
  }

  /// Cuts the power at one of the next operations that change something.
  public void cutPowerAfter(long operations) {
    operationsToCut = operations;
  }

  /// The disk after the process was killed: all that was written is still to be read.
  public FaultyDisk afterKill() {
    FaultyDisk next = new FaultyDisk(random, names);
    next.nameHistory.addAll(nameHistory);
    return next;
  }

  /// The disk after the power was cut.
  public FaultyDisk afterCrash() {
    int moment = random.nextInt(nameHistory.size() + 1);
    Map<String, Inode> kept = moment == nameHistory.size() ? names : nameHistory.get(moment);
    Map<String, Inode> after = new TreeMap<>();
    kept.forEach((name, file) -> after.put(name, new Inode(file.afterCrash())));
    return new FaultyDisk(random, after);
  }

  /// The bytes of a file, to be damaged.
  public byte[] bytes(String name) {
    return names.get(name).cache;
  }

  /// Puts other bytes in the place of a file's, durably.
  public void put(String name, byte[] bytes) {
    names.put(name, new Inode(bytes));
  }

  @Override
  public List<String> names() throws IOException {
    stillOn();
    return List.copyOf(names.keySet());
  }

  @Override
  public DiskFile open(String name) throws IOException {
    if (names.containsKey(name)) {
      stillOn();
    } else {
      step("open");
      change(next -> next.put(name, new Inode(new byte[0])));
    }
    return new OpenFile(names.get(name));
  }

  @Override
  public DiskFile openToRead(String name) throws IOException {
    stillOn();
    if (!names.containsKey(name)) {
      throw new NoSuchFileException(name);
    }
    return new OpenFile(names.get(name));
  }

  @Override
  public void rename(String from, String to) throws IOException {
    step("rename");
    change(next -> next.put(to, next.remove(from)));
  }

  @Override
  public void delete(String name) throws IOException {
    step("delete");
    if (names.containsKey(name)) {
      change(next -> next.remove(name));
    }
  }

  @Override
  public void forceFolder() throws IOException {
    step("force the folder");
    nameHistory.clear();
  }

  @Override
  public String label(String name) {
    return name;
  }

  private void change(java.util.function.Consumer<Map<String, Inode>> change) {
    nameHistory.add(names);
    names = new TreeMap<>(names);
    change.accept(names);
  }

  private void stillOn() {
    if (operationsToCut < 0) {
      throw new PowerCut();
    }
  }

  private void step(String operation) throws IOException {
    if (--operationsToCut < 0) {
      throw new PowerCut();
    }
    if (faultRate > 0 && random.nextDouble() < faultRate) {
      throw new IOException("the disk failed to " + operation);
    }
  }

  private final class OpenFile implements DiskFile {
    private final Inode inode;

    OpenFile(Inode inode) {
      this.inode = inode;
    }

    @Override
    public int read(ByteBuffer target, long offset) throws IOException {
      stillOn();
      if (offset >= inode.cache.length) {
        return target.hasRemaining() ? -1 : 0;
      }
      int count = (int) Math.min(target.remaining(), inode.cache.length - offset);
      target.put(inode.cache, (int) offset, count);
      return count;
    }

    @Override
    public int write(ByteBuffer bytes, long offset) throws IOException {
      int count = bytes.remaining();
      if (shortWrites && count > 1) {
        count = 1 + random.nextInt(count);
      }
      long growth = Math.max(0, offset + count - inode.cache.length);
      long room = capacityBytes - usedBytes();
      if (growth > room) {
        count -= (int) Math.min(count, growth - room);
        if (count == 0) {
          throw new IOException("No space left on device");
        }
      }
      byte[] written = new byte[operationsToCut == 0 ? random.nextInt(count) : count];
      bytes.get(written);
      if (operationsToCut == 0 && written.length > 0) {
        // The power goes in the middle of the write.
        inode.write(written, (int) offset);
      }
      step("write");
      inode.write(written, (int) offset);
      return count;
    }

    @Override
    public long size() throws IOException {
      return inode.cache.length;
    }

    @Override
    public void truncate(long size) throws IOException {
      step("truncate");
      if (size < inode.cache.length) {
        inode.truncate((int) size);
      }
    }

    @Override
    public void force() throws IOException {
      try {
        step("force");
      } catch (IOException failed) {
        inode.forceFails();
        throw failed;
      }
      inode.force();
    }

    @Override
    public void close() {
      // Closing makes nothing durable.
    }
  }

  /// A file's bytes: as read now, as on the medium, and as they were after each change between.
  private final class Inode {
    private byte[] cache;
    private byte[] medium;
    private final List<byte[]> moments = new ArrayList<>();
    private final BitSet dirty = new BitSet();
    private boolean sizeDirty;

    Inode(byte[] bytes) {
      this.cache = bytes;
      this.medium = bytes.clone();
    }

    void write(byte[] bytes, int offset) {
      byte[] next = Arrays.copyOf(cache, Math.max(cache.length, offset + bytes.length));
      System.arraycopy(bytes, 0, next, offset, bytes.length);
      dirty.set(offset / sectorBytes, (offset + bytes.length - 1) / sectorBytes + 1);
      become(next);
    }

    void truncate(int size) {
      dirty.set(size / sectorBytes, cache.length / sectorBytes + 1);
      become(Arrays.copyOf(cache, size));
    }

    void force() {
      byte[] next = sized(cache);
      dirty.stream().forEach(sector -> copySector(cache, next, sector));
      clean(next);
    }

    void forceFails() {
      clean(afterCrash());
    }

    byte[] afterCrash() {
      double latest = random.nextInt(4) / 3.0;
      byte[] next = sized(moment(latest));
      dirty.stream().forEach(sector -> copySector(moment(latest), next, sector));
      return next;
    }

    private void become(byte[] next) {
      sizeDirty |= next.length != cache.length;
      cache = next;
      moments.add(next);
    }

    private void clean(byte[] next) {
      medium = next;
      moments.clear();
      dirty.clear();
      sizeDirty = false;
    }

    /// The medium with the size of a moment; what is written beyond the medium's end enlarges it.
    private byte[] sized(byte[] moment) {
      int written = Math.min(moment.length, dirty.length() * sectorBytes);
      int size = sizeDirty ? moment.length : Math.max(medium.length, written);
      return Arrays.copyOf(medium, size);
    }

    /// The bytes of any moment, with some probability the last one.
    private byte[] moment(double latest) {
      if (random.nextDouble() < latest) {
        return cache;
      }
      int moment = random.nextInt(moments.size() + 1);
      return moment == moments.size() ? medium : moments.get(moment);
    }

    private void copySector(byte[] from, byte[] to, int sector) {
      int start = sector * sectorBytes;
      int end = Math.min(to.length, start + sectorBytes);
      for (int i = start; i < end; i++) {
        to[i] = i < from.length ? from[i] : 0;
      }
    }
  }
}
