package io.cromford.ledger;

/// Where records come from; made once per source and file, and shared by its records.
///
/// @param source the source's number
/// @param schema the number of the schema that the body follows
/// @param fromFile whether the record was read from a file, and counts when the file is taken up
///   again
public record RecordOrigin(int source, int schema, boolean fromFile) {
  /// The origin of what the factory itself writes: source 0, schema 0.
  public static final RecordOrigin FACTORY = new RecordOrigin(0, 0, false);
}
