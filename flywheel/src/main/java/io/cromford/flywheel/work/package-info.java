/// The work on alerts: which wait for a person, who looks after which, what came of them.
///
/// Open [io.cromford.flywheel.work.WorkBook] first: a fold without a clock, like the book of
/// alarms. Who may do what is not decided here, nor is anything written.
@NullMarked
package io.cromford.flywheel.work;

import org.jspecify.annotations.NullMarked;
