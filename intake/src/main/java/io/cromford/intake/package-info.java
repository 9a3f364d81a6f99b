/// Sources, contracts and quarantine.
@NullMarked
package io.cromford.intake;

import org.jspecify.annotations.NullMarked;
