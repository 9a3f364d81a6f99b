package io.cromford.serving;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.core.SnapshotReader;
import io.cromford.core.SnapshotWriter;
import io.cromford.ledger.LedgerHead;
import io.cromford.ledger.LedgerReader;
import io.cromford.ledger.Snapshot;
import io.cromford.ledger.Snapshots;
import io.cromford.serving.definition.FactoryDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What was kept of a factory's folds, so that they need not be folded from the ledger's beginning.
///
/// A cache, and treated as one: each names the code that wrote it, what the folds took from the
/// factory's file, and the ledger's chain where it stands. One that is damaged, or of which any of
/// these is another today, is passed over with a line in the log. It is never an error that one is
/// not there, cannot be read or cannot be written, and none is written where the disk is nearly
/// full.
final class FoldSnapshots {
  /// The name of the state; views have the names that [#view] gives.
  static final String STATE = "state";

  private static final System.Logger LOG = System.getLogger(FoldSnapshots.class.getName());

  /// How much older snapshots of one name may take of the disk, as a share of the ledger.
  private static final double OLDER_SHARE = 0.25;

  /// How much has to be free on the disk beside what is written, in bytes and in such writings.
  private static final long FREE_BYTES = 256L << 20;

  private static final long FREE_TIMES = 3;

  private final Path folder;
  private final @Nullable String build;
  private final String basis;

  private FoldSnapshots(Path folder, @Nullable String build, String basis) {
    this.folder = folder;
    this.build = build;
    this.basis = basis;
  }

  /// Those of a factory.
  ///
  /// @param stateFolder where its state lies; nothing is made there before [#write]
  static FoldSnapshots of(Path stateFolder, FactoryDefinition definition) {
    return of(stateFolder, definition, Build.id().orElse(null));
  }

  /// @param build which code writes and reads; null for none: nothing is kept
  static FoldSnapshots of(Path stateFolder, FactoryDefinition definition, @Nullable String build) {
    return new FoldSnapshots(stateFolder.resolve("snapshots"), build, Basis.of(definition));
  }

  /// Those that are written to another folder, by the same code of the same factory.
  FoldSnapshots in(Path other) {
    return new FoldSnapshots(other, build, basis);
  }

  /// What has to be the same where they are read: the code, and what folds take from the factory's
  /// file.
  ///
  /// @param build empty where the code cannot be told; nothing is kept then
  record Maker(String build, String basis) {}

  /// Who makes them.
  Maker maker() {
    return new Maker(build == null ? "" : build, basis);
  }

  /// The name of a view's snapshots.
  static String view(String name) {
    return "view-" + name.substring(0, 12);
  }

  /// Reads what was kept.
  @FunctionalInterface
  interface Body<T> {
    /// @param position where the fold goes on in the ledger
    T read(SnapshotReader in, long position);
  }

  /// The newest that fits.
  ///
  /// @param ledger its ledger
  /// @param atMost where in the ledger it may stand at most
  /// @return empty if there is none, or it cannot be read
  <T> Optional<T> newest(String name, LedgerReader ledger, long atMost, Body<T> body) {
    if (build == null || !Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try {
      return Snapshots.open(folder)
          .newest(
              name,
              atMost,
              found -> fits(found, ledger),
              file -> passedOver(file, "it is not what was written"))
          .flatMap(found -> read(found, body));
    } catch (CromfordException e) {
      passedOver(folder.toString(), message(e));
      return Optional.empty();
    }
  }

  private <T> Optional<T> read(Snapshot found, Body<T> body) {
    try (InputStream bytes = found.open()) {
      SnapshotReader in = new SnapshotReader(bytes);
      passport(in);
      T read = body.read(in, found.position());
      in.end();
      return Optional.of(read);
    } catch (IOException | RuntimeException e) {
      passedOver(label(found), message(e));
      return Optional.empty();
    }
  }

  private boolean fits(Snapshot found, LedgerReader ledger) {
    Optional<Passport> passport = passport(found);
    Optional<String> fault = passport.isEmpty() ? Optional.of("it is none") : fault(passport.get());
    if (fault.isEmpty() && !ledger.had(new LedgerHead(found.position(), passport.get().chain()))) {
      fault = Optional.of("it is of another ledger");
    }
    fault.ifPresent(why -> passedOver(label(found), why));
    return fault.isEmpty();
  }

  /// What a snapshot begins with.
  private record Passport(String build, String basis, String chain) {}

  private Optional<String> fault(Passport passport) {
    if (!passport.build().equals(build)) {
      return Optional.of("another build of Cromford wrote it");
    }
    return passport.basis().equals(basis)
        ? Optional.empty()
        : Optional.of("the factory file was another then");
  }

  private static Optional<Passport> passport(Snapshot found) {
    try (InputStream bytes = found.open()) {
      return Optional.of(passport(new SnapshotReader(bytes)));
    } catch (IOException | RuntimeException _) {
      return Optional.empty();
    }
  }

  private static Passport passport(SnapshotReader in) {
    in.section("snapshot");
    return new Passport(in.text(), in.text(), in.text());
  }

  /// Keeps what is written, durably, and thins what was kept before.
  ///
  /// @param head where in the ledger the fold stands
  /// @return whether it is kept; a line in the log says why not
  boolean write(String name, LedgerHead head, Consumer<SnapshotWriter> body) {
    String code = build;
    if (code == null || head.position() == 0) {
      return false;
    }
    try {
      Snapshots snapshots = Snapshots.open(folder);
      requireRoom(Math.max(snapshots.newestBytes(name), head.position() / 4));
      snapshots.write(
          name,
          head.position(),
          out -> write(new SnapshotWriter(out), new Passport(code, basis, head.chain()), body));
      thin(snapshots, name, head);
      return true;
    } catch (CromfordException e) {
      LOG.log(System.Logger.Level.WARNING, "no snapshot is kept: {0}", message(e));
      return false;
    }
  }

  /// Takes over what [#in] another folder of the same file system was kept, and thins what there
  /// was.
  ///
  /// @param from that folder
  /// @param head where in the ledger it stands
  /// @throws CromfordException STORAGE if the disk refused
  void adopt(Path from, LedgerHead head) {
    Snapshots.move(from, folder).forEach(name -> thin(Snapshots.open(folder), name, head));
  }

  private void thin(Snapshots snapshots, String name, LedgerHead head) {
    snapshots.thin(
        name,
        (long) (OLDER_SHARE * head.position()),
        found -> passport(found).flatMap(this::fault).isEmpty() && passport(found).isPresent());
  }

  /// How many bytes the newest of some names take together.
  long newestBytes(List<String> names) {
    Snapshots snapshots = Snapshots.open(folder);
    return names.stream().mapToLong(snapshots::newestBytes).sum();
  }

  private static void write(SnapshotWriter out, Passport passport, Consumer<SnapshotWriter> body)
      throws IOException {
    try {
      out.section("snapshot");
      out.text(passport.build());
      out.text(passport.basis());
      out.text(passport.chain());
      body.accept(out);
      out.flush();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /// What serves needs the room more.
  ///
  /// @param bytes that are written
  /// @throws CromfordException STORAGE if the disk is nearly full
  void requireRoom(long bytes) {
    long least = FREE_BYTES + FREE_TIMES * bytes;
    try {
      long free = Files.getFileStore(folder).getUsableSpace();
      if (free < least) {
        throw new CromfordException(
            ErrorCode.STORAGE,
            String.format(
                Locale.ROOT,
                "%s has %,d bytes free, and %,d are wanted for it",
                folder,
                free,
                least));
      }
    } catch (IOException e) {
      throw new CromfordException(ErrorCode.STORAGE, folder + ": " + e, e);
    }
  }

  private String label(Snapshot found) {
    return folder + ": the snapshot of `" + found.name() + "` at " + found.position();
  }

  private static void passedOver(String what, String why) {
    LOG.log(System.Logger.Level.INFO, "{0} is passed over: {1}", what, why);
  }

  private static String message(Exception e) {
    return String.valueOf(e.getMessage() == null ? e : e.getMessage()).replace('\n', ' ');
  }
}
