/// Policies of the loop: thresholds, retraining, gates, promotion.
@NullMarked
package io.cromford.flywheel;

import org.jspecify.annotations.NullMarked;
