/// Makes card payments with frauds among them, from a published description.
///
/// Open [io.cromford.generator.CardPayments] first. The same parameters give the same payments on
/// every machine. A new way of fraud is a new scenario; reading the data back is intake's.
@NullMarked
package io.cromford.generator;

import org.jspecify.annotations.NullMarked;
