/// The HTTP endpoint and its metrics.
@NullMarked
package io.cromford.server;

import org.jspecify.annotations.NullMarked;
