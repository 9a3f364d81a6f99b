/// What every station shares: column types, schemas, rows and their bytes, problems and errors.
///
/// Open [io.cromford.core.Schema] first. Nothing here reads a clock, a file or a socket, and
/// nothing depends on anything but the JDK.
@NullMarked
package io.cromford.core;

import org.jspecify.annotations.NullMarked;
