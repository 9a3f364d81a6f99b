/// The published fraud-detection study's protocol, run with the product's own features and learners
/// and set beside its tables.
///
/// Open [io.cromford.bench.handbook.HandbookBench] first. Choices are made on validation folds
/// alone; the test folds are looked at once. The data is not shipped: whoever runs this gives the
/// file.
@NullMarked
package io.cromford.bench.handbook;

import org.jspecify.annotations.NullMarked;
