package io.cromford.serving;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// What came of holding the quarantined records against their contracts again.
///
/// @param sources in the order of the factory file
public record Replayed(List<Source> sources) {
  /// Copies the list.
  public Replayed {
    sources = List.copyOf(sources);
  }

  /// What came of one source's records.
  ///
  /// @param source its name
  /// @param accepted how many were taken in
  /// @param duplicates how many turned out to be known
  /// @param kept how many stay in quarantine
  public record Source(String source, long accepted, long duplicates, long kept) {}

  /// In words: `payments: 1,214 taken in, 0 duplicates, 3 stay in quarantine`.
  @Override
  public String toString() {
    return sources.stream()
        .map(source ->
            String.format(
                Locale.ROOT,
                "%s: %,d taken in, %,d duplicates, %,d stay in quarantine",
                source.source(),
                source.accepted(),
                source.duplicates(),
                source.kept()))
        .collect(Collectors.joining("; "));
  }
}
