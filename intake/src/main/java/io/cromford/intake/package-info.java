/// Sources, contracts and quarantine: from files to records in the order in which they arrive.
///
/// Open [io.cromford.intake.SourceDefinition] first, then [io.cromford.intake.Contract] (is this
/// record good?) and [io.cromford.intake.ArrivalStream] (what comes next?). Every row that is read
/// leaves the stream exactly once, accepted or refused. Not here: the ledger, which ids are taken,
/// the YAML of the factory file.
@NullMarked
package io.cromford.intake;

import org.jspecify.annotations.NullMarked;
