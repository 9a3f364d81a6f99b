package io.cromford.serving.definition;

import java.time.Duration;

/// The truth to be learnt.
///
/// @param source the outcome source that tells it
/// @param column its boolean column
/// @param maturity the delay after which an observation without an outcome counts as `whenUnknown`
/// @param whenUnknown what an observation without an outcome counts as in training, once mature
public record LabelDefinition(
    String source, String column, Duration maturity, boolean whenUnknown) {}
