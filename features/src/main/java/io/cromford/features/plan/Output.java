package io.cromford.features.plan;

/// A column of the result.
///
/// @param name its name, unique within the plan
/// @param expression what it is
public record Output(String name, Expression expression) {}
