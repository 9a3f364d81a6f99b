package io.cromford.intake;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The records of all sources in the order of their arrival.
public final class ArrivalStream implements AutoCloseable {
  private ArrivalStream() {}

  /// Opens the stream; files are opened when they are needed.
  ///
  /// @param start where the stream begins
  public static ArrivalStream open(List<SourceDefinition> sources, Start start) {
    Objects.requireNonNull(sources);
    Objects.requireNonNull(start);
    return new ArrivalStream();
  }

  /// Where a stream begins.
  ///
  /// @param clockMillis the factory's clock: nothing arrives before it; 0 for a new factory
  /// @param latestMillis the latest that any event can be, for [EventTime#maxAhead]: wall time
  /// @param progress what was taken in before
  /// @param known the observations that were accepted before; an observation that the stream gives
  ///   must be known at the latest 65,536 observations later
  public record Start(
      long clockMillis, long latestMillis, Progress progress, KnownObservations known) {}

  /// The next record.
  ///
  /// @return null at the end
  public @Nullable Arrived next() {
    return null;
  }

  @Override
  public void close() {}
}
