/// What features cost: processor time beside DuckDB, from CSV to Parquet, live at a million keys,
/// and in memory.
///
/// Open [io.cromford.bench.features.FeatureBench] first; `./cromford bench` runs each.
@NullMarked
package io.cromford.bench.features;

import org.jspecify.annotations.NullMarked;
