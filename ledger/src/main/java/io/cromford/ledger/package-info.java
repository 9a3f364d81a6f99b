/// Append-only log of records, with recovery.
@NullMarked
package io.cromford.ledger;

import org.jspecify.annotations.NullMarked;
