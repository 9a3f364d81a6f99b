package io.cromford.serving.definition;

import java.util.List;

/// What a factory is for and who answers for it: the first lines of every model card.
///
/// @param name the factory's name: small letters, digits and dashes
/// @param purpose what its decisions are used for; empty if the file does not say
/// @param owner who answers for it; empty if the file does not say
/// @param limits what it must not be used for, or is not good at
public record About(String name, String purpose, String owner, List<String> limits) {
  /// Copies the limits.
  public About {
    limits = List.copyOf(limits);
  }
}
