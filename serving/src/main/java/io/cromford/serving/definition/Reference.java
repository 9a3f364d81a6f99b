package io.cromford.serving.definition;

import java.util.Optional;

/// A column of a source: `payments.tx_id`.
record Reference(String source, String column) {
  static Optional<Reference> parse(String text) {
    String[] parts = text.split("\\.", -1);
    boolean holds = parts.length == 2 && isName(parts[0]) && isName(parts[1]);
    return holds ? Optional.of(new Reference(parts[0], parts[1])) : Optional.empty();
  }

  private static boolean isName(String text) {
    return text.matches("[a-z_][a-z0-9_]*");
  }
}
