/// Splits, metrics, tuning, learners, evaluation reports.
@NullMarked
package io.cromford.training;

import org.jspecify.annotations.NullMarked;
