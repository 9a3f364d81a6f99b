/// What the ledger costs: processor time to append, commit, read and verify.
@NullMarked
package io.cromford.bench.ledger;

import org.jspecify.annotations.NullMarked;
