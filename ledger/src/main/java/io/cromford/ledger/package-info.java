/// The append-only log of everything that happens: one order, group commit, recovery, snapshots.
///
/// Open [io.cromford.ledger.Ledger] first; `docs/ledger-format.md` has the bytes. The invariant:
/// what a returned [io.cromford.ledger.Ledger#commit] wrote is there after any crash, and of what
/// was not committed nothing is seen in part. A position is the byte at which a record starts in
/// the concatenation of the segment files. What a body means is not known here.
@NullMarked
package io.cromford.ledger;

import org.jspecify.annotations.NullMarked;
