package io.cromford.server;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// The console: the page at `/` and what it is made of, as the module `console` built it. Read into
/// memory once, plain and compressed.
///
/// What lies under `/assets/` is named by its content, so a browser may keep it for ever; the page
/// itself is asked for again each time, and answered 304 while it is the same. Nothing of it may be
/// framed, and it may load from, and speak to, this endpoint alone.
final class ConsoleFiles {
  private static final String FOLDER = "/io/cromford/console/web/";
  private static final String PAGE = "index.html";
  private static final String ASSETS = "assets/";

  private static final String POLICY =
      "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  /// A file as it is answered.
  private static final class Asset {
    final String type;
    final String tag;
    final String cache;
    final byte[] plain;
    final byte[] zipped;

    Asset(String name, byte[] plain) {
      this.type = type(name);
      this.tag = '"' + hash(plain) + '"';
      this.cache =
          name.startsWith(ASSETS) ? "public, max-age=31536000, immutable" : "no-cache, private";
      this.plain = plain;
      this.zipped = zip(plain);
    }
  }

  private final Map<String, Asset> byPath;

  private ConsoleFiles(Map<String, Asset> byPath) {
    this.byPath = byPath;
  }

  /// Reads the files from the class path.
  static ConsoleFiles read() {
    Map<String, Asset> byPath = new HashMap<>();
    new String(bytes("files.txt"), StandardCharsets.UTF_8)
        .lines()
        .forEach(name -> byPath.put("/" + name, new Asset(name, bytes(name))));
    byPath.put("/", Objects.requireNonNull(byPath.remove("/" + PAGE)));
    return new ConsoleFiles(byPath);
  }

  private static byte[] bytes(String name) {
    try (InputStream in =
        Objects.requireNonNull(ConsoleFiles.class.getResourceAsStream(FOLDER + name), name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Answers a request for one of the files.
  ///
  /// @return false if there is none at its path, or another method is asked for
  boolean answer(Exchange exchange) {
    HttpServerRequest request = exchange.request();
    @Nullable Asset asset = byPath.get(Objects.requireNonNullElse(request.path(), ""));
    if (asset == null || !request.method().name().equals("GET")) {
      return false;
    }
    HttpServerResponse response = request.response();
    response
        .putHeader(HttpHeaders.ETAG, asset.tag)
        .putHeader(HttpHeaders.CACHE_CONTROL, asset.cache)
        .putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING)
        .putHeader("Content-Security-Policy", POLICY)
        .putHeader("X-Frame-Options", "DENY")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cross-Origin-Opener-Policy", "same-origin")
        .putHeader("Cross-Origin-Resource-Policy", "same-origin");
    if (names(request.getHeader(HttpHeaders.IF_NONE_MATCH), asset.tag)) {
      exchange.answer(304, asset.type, new byte[0]);
    } else if (names(request.getHeader(HttpHeaders.ACCEPT_ENCODING), "gzip")) {
      response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
      exchange.answer(Answers.OK, asset.type, asset.zipped);
    } else {
      exchange.answer(Answers.OK, asset.type, asset.plain);
    }
    return true;
  }

  /// Whether a header's list has a word, whatever weight it is given but none.
  private static boolean names(@Nullable String header, String word) {
    return header != null
        && Arrays.stream(header.split(","))
            .map(String::strip)
            .filter(part -> !part.replace(" ", "").endsWith(";q=0"))
            .map(part -> part.split(";")[0].strip())
            .anyMatch(part -> part.equals(word) || part.equals("W/" + word));
  }

  private static String type(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "html" -> "text/html; charset=utf-8";
      case "js" -> "text/javascript; charset=utf-8";
      case "css" -> "text/css; charset=utf-8";
      case "svg" -> "image/svg+xml";
      case "woff2" -> "font/woff2";
      default -> "application/octet-stream";
    };
  }

  private static String hash(byte[] bytes) {
    try {
      byte[] sum = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(sum, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static byte[] zip(byte[] plain) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length / 2 + 64);
    try (GZIPOutputStream zip =
        new GZIPOutputStream(out) {
          {
            def.setLevel(Deflater.BEST_COMPRESSION);
          }
        }) {
      zip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
