/// The feature dialect: a text in SQL becomes a feature plan, or a list of problems.
///
/// Open [io.cromford.features.sql.FeatureCompiler] first. The text goes through a lexer, a parser
/// (one method a rule of the grammar in docs/sql.md) and a checker that types every expression. A
/// construct whose meaning differs between engines is refused, never guessed. Nothing is evaluated
/// here.
@NullMarked
package io.cromford.features.sql;

import org.jspecify.annotations.NullMarked;
