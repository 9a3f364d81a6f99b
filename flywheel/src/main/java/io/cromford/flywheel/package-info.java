/// The policies of the loop: when to alert, retrain, promote; what became of decisions, week by
/// week.
///
/// Everything here is a fold or a function: no clock, no randomness, no file. The factory drives it
/// with its clock, and a simulation can drive it with another.
@NullMarked
package io.cromford.flywheel;

import org.jspecify.annotations.NullMarked;
