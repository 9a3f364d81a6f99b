package io.cromford.serving;

import java.time.Instant;

/// Long work that will begin by itself.
///
/// @param kind `training`
/// @param at when, by the factory's clock
/// @param cost what it is expected to take
public record PlannedJob(String kind, Instant at, JobCost cost) {}
