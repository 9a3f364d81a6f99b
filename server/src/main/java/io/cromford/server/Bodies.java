package io.cromford.server;

import io.cromford.core.ErrorCode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/// Reads bodies into memory, none beyond its limit and all together not beyond theirs. For one
/// thread.
final class Bodies {
  /// A record a line.
  static final String LINES = "application/x-ndjson";

  private final ServerOptions options;
  private long bytesBeingRead;

  Bodies(ServerOptions options) {
    this.options = options;
  }

  /// The bytes of all bodies that are being read.
  long bytesBeingRead() {
    return bytesBeingRead;
  }

  /// Whether a body has a record a line.
  static boolean isLines(HttpServerRequest request) {
    return mediaType(request).equals(LINES);
  }

  /// Reads the body of a request, or answers why not.
  ///
  /// @param then takes the whole body
  void read(Exchange exchange, Consumer<byte[]> then) {
    HttpServerRequest request = exchange.request();
    Optional<HttpProblem> problem = problemOfHead(request);
    if (problem.isPresent()) {
      exchange.refuseUnread(problem.get());
      return;
    }
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      request.response().writeContinue();
    }
    new Body(exchange, then).read();
  }

  private Optional<HttpProblem> problemOfHead(HttpServerRequest request) {
    String type = mediaType(request);
    if (!type.equals(Exchange.JSON) && !type.equals(LINES)) {
      return Optional.of(
          unsupported(
              "the body is of no type that is read here.\nMaybe send `content-type: %s` or `%s`."
                  .formatted(Exchange.JSON, LINES)));
    }
    if (request.getHeader(HttpHeaders.CONTENT_ENCODING) != null) {
      return Optional.of(unsupported("the body is encoded.\nMaybe send it uncompressed."));
    }
    return lengthOf(request) > options.requests().bodyBytes()
        ? Optional.of(tooLarge())
        : Optional.empty();
  }

  private static HttpProblem unsupported(String detail) {
    return HttpProblem.of(415, ErrorCode.USAGE, detail);
  }

  private static String mediaType(HttpServerRequest request) {
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    if (type == null) {
      return "";
    }
    int end = type.indexOf(';');
    return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }

  /// The announced length; 0 if none is.
  private static long lengthOf(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    try {
      return length == null ? 0 : Long.parseLong(length);
    } catch (NumberFormatException _) {
      return Long.MAX_VALUE;
    }
  }

  private HttpProblem tooLarge() {
    return HttpProblem.of(
        ErrorCode.TOO_LARGE,
        "the body has more than %d bytes.\nMaybe send it in parts."
            .formatted(options.requests().bodyBytes()));
  }

  /// One body on its way.
  private final class Body {
    private final Exchange exchange;
    private final Consumer<byte[]> then;
    private Buffer buffer = Buffer.buffer();

    Body(Exchange exchange, Consumer<byte[]> then) {
      this.exchange = exchange;
      this.then = then;
    }

    void read() {
      exchange.reads();
      HttpServerRequest request = exchange.request();
      request.handler(this::grow);
      request.exceptionHandler(_ -> release());
      request.endHandler(_ -> end());
    }

    private void grow(Buffer chunk) {
      if (exchange.isAnswered()) {
        release();
      } else if (buffer.length() + (long) chunk.length() > options.requests().bodyBytes()) {
        release();
        exchange.refuseUnread(tooLarge());
      } else if (bytesBeingRead + chunk.length() > options.load().bodyBytes()) {
        release();
        exchange.refuseUnread(
            HttpProblem.of(
                ErrorCode.UNAVAILABLE,
                "too many bodies are being read.\nMaybe try again in a second."));
      } else {
        bytesBeingRead += chunk.length();
        buffer.appendBuffer(chunk);
      }
    }

    private void end() {
      byte[] bytes = buffer.getBytes();
      release();
      if (!exchange.isAnswered()) {
        exchange.guard(() -> then.accept(bytes));
      }
    }

    private void release() {
      bytesBeingRead -= buffer.length();
      buffer = Buffer.buffer();
    }
  }
}
