/// A real browser that is measured while it shows the console.
///
/// Open [Chromium] first: it is driven over its own protocol, so that nothing is added to what is
/// shipped.
@NullMarked
package io.cromford.bench.console;

import org.jspecify.annotations.NullMarked;
