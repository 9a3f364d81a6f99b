/// Scoring and explaining a model, its file format, the registry.
@NullMarked
package io.cromford.model;

import org.jspecify.annotations.NullMarked;
