package io.cromford.serving;

import io.cromford.serving.QuarantinedRow.Deed;
import java.time.Instant;
import java.util.Optional;

/// Where a record of the ledger came from.
///
/// @param source the source's name
/// @param file the file's name, without the folders of the machine that lead to it; empty for what
///   arrived over HTTP
/// @param row the number of the row in the file, from 1, a header not counted; 0 for none
/// @param arrivedAt when it was taken in, by the factory's clock
/// @param position of its record in the ledger
/// @param quarantine where it lay before; empty if it was taken in at once
public record Lineage(
    String source,
    String file,
    long row,
    Instant arrivedAt,
    long position,
    Optional<Detour> quarantine) {
  /// That a record came by way of the quarantine.
  ///
  /// @param number its number there
  /// @param line the line in its file, from 1; 0 where there is none
  /// @param mended how a person mended it; empty if it was taken as it had come
  public record Detour(long number, long line, Optional<Deed> mended) {}
}
