package io.cromford.serving;

import io.cromford.ledger.LedgerHead;
import io.cromford.serving.FoldSnapshots.Maker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What the process is told that folds a ledger beside the serving.
///
/// @param factory the folder of the factory's file
/// @param state its state folder
/// @param head where the snapshots are to stand
/// @param maker who will read them: the running factory
record KeepOrder(String factory, String state, LedgerHead head, Maker maker) {
  private static final String FILE = "order.json";

  /// Leaves it in a job's folder.
  void write(Path folder) throws IOException {
    Files.writeString(folder.resolve(FILE), Control.JSON.writeValueAsString(this));
  }

  /// The order that lies in a job's folder.
  static KeepOrder read(Path folder) throws IOException {
    return Control.JSON.readValue(Files.readString(folder.resolve(FILE)), KeepOrder.class);
  }

  /// Where in a job's folder the snapshots are left.
  static Path kept(Path folder) {
    return folder.resolve("snapshots");
  }
}
