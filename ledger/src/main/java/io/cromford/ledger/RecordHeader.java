package io.cromford.ledger;

/// What the ledger knows of a record beside its body.
///
/// @param kind what it is about
/// @param origin where it comes from
/// @param arrivalMillis when it arrived, in milliseconds since 1970 UTC
/// @param eventMillis when it happened, in milliseconds since 1970 UTC
/// @param subject a slot for the data subject, 0 for none
public record RecordHeader(
    RecordKind kind, RecordOrigin origin, long arrivalMillis, long eventMillis, long subject) {}
