package io.cromford.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/// The description of the endpoint that programs read: OpenAPI 3.1, kept by hand in `openapi.json`
/// and held against the routes and real answers by a test.
final class OpenApi {
  private OpenApi() {}

  /// The document's bytes.
  static byte[] document() {
    try (InputStream in =
        Objects.requireNonNull(OpenApi.class.getResourceAsStream("openapi.json"))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
