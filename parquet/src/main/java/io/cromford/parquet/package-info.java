/// Tables as Parquet files, written in chunks so that memory stays bounded.
///
/// Open [io.cromford.parquet.ParquetOutput] first. Reading Parquet is not here: that is `intake`'s.
@NullMarked
package io.cromford.parquet;

import org.jspecify.annotations.NullMarked;
