/// The command line: reads arguments, wires the stations by hand, prints what came out.
///
/// Open [io.cromford.app.Main] first. Nothing is decided here; a program that embeds a factory uses
/// `io.cromford.serving` directly.
@NullMarked
package io.cromford.app;

import org.jspecify.annotations.NullMarked;
