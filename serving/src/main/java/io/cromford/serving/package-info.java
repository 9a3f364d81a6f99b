/// The factory as a library: one ledger, the folds over it, and the loop that turns them into
/// decisions.
///
/// Open [io.cromford.serving.Factory] first. One thread owns the ledger and every fold; whoever
/// wants a decision hands in a batch and is called back once it is on disk. What is NOT here: HTTP,
/// arguments, printing.
@NullMarked
package io.cromford.serving;

import org.jspecify.annotations.NullMarked;
