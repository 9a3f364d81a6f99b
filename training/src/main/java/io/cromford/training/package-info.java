/// Training: from rows whose outcome is known to a model and an honest account of what it is worth.
///
/// Open [TrainingSet] first, then [Learner] (one fit), [Folds] and [Tuner] (the choice of a recipe
/// on validation days), [Metric] and [Bootstrap] (what it is worth, and how surely), and
/// [EvaluationReport] (what a person reads). Everything is a pure function of its arguments: seeds
/// and executors are passed in, and the number of threads never changes a result.
///
/// Not here: scoring and the format of a model (module `model`), and when to retrain or whom to
/// promote (module `flywheel`).
@NullMarked
package io.cromford.training;

import org.jspecify.annotations.NullMarked;
