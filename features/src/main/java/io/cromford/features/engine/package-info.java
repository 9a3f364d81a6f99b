/// The feature engine: one log, delayed cursors.
///
/// Open [io.cromford.features.engine.FeatureEngine] first. A row's aggregates cover the rows that
/// arrived before it and lie in the frame by their event time; the history and the live driver run
/// the same operators, so both give the same bits. Parsing SQL is not here, nor is the ledger: the
/// engine's files are scratch and can be rebuilt.
@NullMarked
package io.cromford.features.engine;

import org.jspecify.annotations.NullMarked;
