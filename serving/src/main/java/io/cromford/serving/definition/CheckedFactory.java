package io.cromford.serving.definition;

import io.cromford.features.plan.FeaturePlan;
import java.nio.file.Path;

/// A factory whose file and feature query hold together, ready to run.
///
/// @param folder where it lies
/// @param definition what its file says
/// @param plan its features, compiled
public record CheckedFactory(Path folder, FactoryDefinition definition, FeaturePlan plan) {}
