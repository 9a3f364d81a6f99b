/// Scalar expressions of a feature plan, compiled to closures that read one row.
///
/// Open [io.cromford.features.scalar.CompiledExpression] first. Nothing is boxed and nothing is
/// looked up by name while a row is evaluated; windows and their aggregates are not computed here,
/// only read.
@NullMarked
package io.cromford.features.scalar;

import org.jspecify.annotations.NullMarked;
