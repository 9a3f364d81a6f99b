/// What the flywheel does about bad and good challengers, over a factory that was run.
///
/// Open [GateBench] first. Everything runs in this process, without HTTP.
@NullMarked
package io.cromford.bench.flywheel;

import org.jspecify.annotations.NullMarked;
