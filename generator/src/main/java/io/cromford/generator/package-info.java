/// Makes card payments from a published description.
@NullMarked
package io.cromford.generator;

import org.jspecify.annotations.NullMarked;
