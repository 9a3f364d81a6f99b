/// Side-by-side runs against peers and published tables.
@NullMarked
package io.cromford.bench;

import org.jspecify.annotations.NullMarked;
