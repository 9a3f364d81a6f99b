/// The factory as a library: features, model and decision policy over one ledger.
@NullMarked
package io.cromford.serving;

import org.jspecify.annotations.NullMarked;
