package io.cromford.serving;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What became of a record in quarantine that a person mended.
///
/// @param row its number in quarantine, under which it is no more
/// @param became what it is now
/// @param position of the record that stands for it now; of one that is in quarantine again, its
///   number there
/// @param refused why it was refused again; null if it was taken
public record Repaired(long row, Became became, long position, Result.@Nullable Refused refused) {
  /// What a record is.
  public enum Became {
    /// A new observation: learnt from, not decided on.
    OBSERVATION,
    /// A new or corrected outcome.
    OUTCOME,
    /// Known already, bit for bit.
    DUPLICATE,
    /// In quarantine again.
    QUARANTINED;

    /// As the endpoint says it.
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    /// What a text of the endpoint says.
    public static Became of(String text) {
      return valueOf(text.toUpperCase(Locale.ROOT));
    }
  }
}
