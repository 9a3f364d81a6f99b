/// SQL to plan to operators; the history and the live driver.
@NullMarked
package io.cromford.features;

import org.jspecify.annotations.NullMarked;
