package io.cromford.core;

/// Hears how far long work is. The command line draws it, tests ignore it.
@FunctionalInterface
public interface Progress {
  /// A listener that does nothing.
  Progress SILENT = (_, _) -> new Step() {};

  /// Work begins.
  ///
  /// @param title what is done, in a few words
  /// @param total how much there is to do; 0 if that is not known
  Step start(String title, long total);

  /// One piece of long work.
  interface Step {
    /// So much has been done.
    default void at(long done) {}

    /// It is over.
    ///
    /// @param outcome what came out, in a short line
    default void finish(String outcome) {}
  }
}
