package io.cromford.serving;

import io.cromford.intake.ContractResult;
import io.cromford.intake.Origin;
import io.cromford.intake.RawRecord;
import org.jspecify.annotations.Nullable;

/// A record that is handed to the factory.
///
/// @param source the source's name
/// @param record its raw values; belongs to the factory until it answers
/// @param replay where it comes from if it is replayed from a file; null live
public record Submission(String source, RawRecord record, @Nullable Replay replay) {
  /// The place and time of a record that is replayed. Honoured only while the factory replays.
  ///
  /// @param arrivalMillis when it arrived
  /// @param origin the file, row and line it stood at
  /// @param refusal what was found wrong with the row where it stood, which its values alone need
  ///   not show (a quote left open, a date out of the file's order); null if nothing was
  public record Replay(
      long arrivalMillis, Origin origin, ContractResult.@Nullable Refused refusal) {}
}
