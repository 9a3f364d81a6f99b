/// The blocks that reports are built from: one self-contained HTML page with inline SVG, and JSON.
///
/// Open [Page] first. Every block is an [Fragment], and text becomes one only through escaping, so
/// nothing from data can act as markup. A page has no script and loads nothing; its colours follow
/// the reader's preference for dark or light; each chart has a title and a description for those
/// who do not see it. Numbers are written the same way in every locale.
///
/// Not here: what a report says. That is for [io.cromford.training.EvaluationReport] and the
/// closing report of module `flywheel`.
@NullMarked
package io.cromford.training.report;

import org.jspecify.annotations.NullMarked;
