/// A feature query after checking: typed expressions over a row and over window aggregates.
///
/// Open [io.cromford.features.plan.FeaturePlan] first. The compiler makes plans, the engine runs
/// them; neither knows the other.
@NullMarked
package io.cromford.features.plan;

import org.jspecify.annotations.NullMarked;
