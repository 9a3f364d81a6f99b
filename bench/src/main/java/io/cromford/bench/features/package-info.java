/// What features cost: processor time beside DuckDB, and live at a million keys.
///
/// Open [io.cromford.bench.features.FeatureSpeed] first. Run with `-XX:+UseTransparentHugePages`,
/// as the launcher does: most of the time is waiting for memory.
@NullMarked
package io.cromford.bench.features;

import org.jspecify.annotations.NullMarked;
