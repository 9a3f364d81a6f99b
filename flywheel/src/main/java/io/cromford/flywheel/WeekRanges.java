package io.cromford.flywheel;

import io.cromford.training.Interval;

/// Within what a week's numbers lie, by a bootstrap by card: what as many cards, drawn again, would
/// have come to. Of a week that is not mature it is by what is known so far; what is still open is
/// not in it.
///
/// @param alerts the 95 % interval of how many alerts were made
/// @param saved the 95 % interval of the money saved against doing nothing, in units of the
///   currency
public record WeekRanges(Interval alerts, Interval saved) {}
