/// The command line; wires the stations by hand.
@NullMarked
package io.cromford.app;

import org.jspecify.annotations.NullMarked;
