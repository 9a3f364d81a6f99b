package io.cromford.server;

import tools.jackson.core.JsonParser;

/// Reads one item of a body.
@FunctionalInterface
interface ItemReader {
  /// Adds one submission or refusal to a batch.
  ///
  /// @param body the bytes that the parser reads
  /// @param parser stands at the item's first token; afterwards at its last
  void read(byte[] body, JsonParser parser, Batch batch);
}
