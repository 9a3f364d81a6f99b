package io.cromford.serving.definition;

import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What is learnt, from which features, and when it goes live.
///
/// @param features the file of the feature query
/// @param training how models are fitted and chosen
/// @param goLive what arrives from then on is decided on; null: what is in the files is history
public record LearningDefinition(
    Path features, TrainingDefinition training, @Nullable Instant goLive) {}
