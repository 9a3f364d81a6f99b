package io.cromford.intake;

/// The next record in the order of arrival, as [ArrivalStream] gives it.
///
/// @param source its source
/// @param raw the record as it was read; valid until the stream moves on
/// @param origin where it stood
/// @param result what came of its contract; a row in it is valid until the stream moves on
/// @param arrivalMillis when it arrived, never before the one before it
public record Arrived(
    SourceDefinition source,
    RawRecord raw,
    Origin origin,
    ContractResult result,
    long arrivalMillis) {
  /// Source and place, never the values.
  @Override
  public String toString() {
    return source.name() + " " + origin + " " + result.getClass().getSimpleName();
  }
}
