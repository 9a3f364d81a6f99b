package io.cromford.serving;

import java.time.Instant;

/// How long work beside the serving stands.
///
/// @param id names it while it runs
/// @param kind `backfill`, `training`, `comparison`, `search` or `snapshot`
/// @param subject what it is about: a view, a boundary
/// @param stage `being cancelled` once somebody ended it; empty before
/// @param startedAt wall time
/// @param rowsDone how many of its rows have been done; 0 where its parts cannot be counted in rows
/// @param cost what it was expected to take
public record JobStatus(
    long id,
    String kind,
    String subject,
    String stage,
    Instant startedAt,
    long rowsDone,
    JobCost cost) {}
