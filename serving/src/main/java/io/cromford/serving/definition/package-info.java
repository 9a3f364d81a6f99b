/// The factory file: what a factory is, read, checked as a whole and turned into records.
///
/// Open [io.cromford.serving.definition.FactoryFile] first, and
/// [io.cromford.serving.definition.FactoryShape] for every key there is: the reader and the
/// published JSON Schema are both made from it. Nothing here runs a factory.
@NullMarked
package io.cromford.serving.definition;

import org.jspecify.annotations.NullMarked;
