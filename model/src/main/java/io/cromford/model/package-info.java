/// Scoring and explaining a model, its file format, the registry.
///
/// Open [io.cromford.model.Model] first. A model is immutable, and gives the same bits for the same
/// row on every machine; a tree ensemble gives the bits of the library that trained it. The
/// [io.cromford.model.Registry] keeps model versions in folders named by their content. Not here:
/// fitting a model, and who serves when.
@NullMarked
package io.cromford.model;

import org.jspecify.annotations.NullMarked;
