package io.cromford.serving;

import io.cromford.core.Row;
import io.cromford.features.engine.FeatureEngine;
import io.cromford.flywheel.Rollout;
import io.cromford.intake.Contract;
import io.cromford.ledger.Ledger;
import io.cromford.model.Model;
import io.cromford.training.Scored;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Which code this is: what another one kept for itself is of no use here.
final class Build {
  /// One class of each station whose code makes what is folded.
  private static final List<Class<?>> STATIONS =
      List.of(
          Row.class,
          Ledger.class,
          Contract.class,
          FeatureEngine.class,
          Model.class,
          Scored.class,
          Rollout.class,
          Build.class);

  private static final System.Logger LOG = System.getLogger(Build.class.getName());

  /// Found once: the files of a running program stay.
  private static final Optional<String> ID = find();

  private Build() {}

  /// The SHA-256 over the code, 64 hexadecimal digits; empty where it cannot be read.
  static Optional<String> id() {
    return ID;
  }

  private static Optional<String> find() {
    try {
      MessageDigest digest = ModelShelf.sha256();
      for (Class<?> station : STATIONS) {
        CodeSource source = station.getProtectionDomain().getCodeSource();
        if (source == null) {
          return Optional.empty();
        }
        add(Path.of(source.getLocation().toURI()), digest);
      }
      return Optional.of(HexFormat.of().formatHex(digest.digest()));
    } catch (IOException | URISyntaxException e) {
      LOG.log(System.Logger.Level.WARNING, "the program's own code cannot be read: {0}", e);
      return Optional.empty();
    }
  }

  private static void add(Path place, MessageDigest digest) throws IOException {
    if (Files.isRegularFile(place)) {
      digest.update(Files.readAllBytes(place));
      return;
    }
    try (Stream<Path> files = Files.walk(place)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        digest.update(Files.readAllBytes(file));
      }
    }
  }
}
