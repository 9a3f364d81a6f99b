package io.cromford.serving;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.core.Progress;
import io.cromford.serving.definition.CheckedFactory;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;

/// Rebuilds decisions for whoever asks the running factory. It reads beside the serving, on the
/// asker's thread, and one at a time: each may fold much of the ledger. Any thread may ask.
final class DecisionProof {
  private final CheckedFactory checked;
  private final Path stateFolder;
  private final Semaphore free = new Semaphore(1);

  DecisionProof(CheckedFactory checked, Path stateFolder) {
    this.checked = checked;
    this.stateFolder = stateFolder;
  }

  /// As [DecisionAudit#of].
  ///
  /// @throws CromfordException UNAVAILABLE while another decision is rebuilt
  DecisionAudit.Rebuilt of(String id) {
    if (!free.tryAcquire()) {
      throw new CromfordException(
          ErrorCode.UNAVAILABLE,
          "another decision is being rebuilt.\nMaybe try again in some seconds, or use `cromford explain`.");
    }
    try (ScratchFolder scratch = ScratchFolder.create()) {
      return DecisionAudit.of(checked, stateFolder, scratch.path(), id, Progress.SILENT);
    } finally {
      free.release();
    }
  }
}
