package io.cromford.server;

import java.time.Duration;

/// Where the endpoint listens and what it allows.
///
/// @param host the address to listen on; 127.0.0.1 lets only this machine in
/// @param port the port; 0 for any free one
/// @param requests what one request may be
/// @param load what all requests together may be
/// @param patience how long a client may take
/// @param streams what is sent to whoever listens
public record ServerOptions(
    String host,
    int port,
    RequestLimits requests,
    LoadLimits load,
    Patience patience,
    StreamLimits streams) {

  /// What one request may be.
  ///
  /// @param bodyBytes the largest body; beyond it is answered 413 and not read
  /// @param headerBytes the largest request line and the largest sum of headers; beyond 414 or 431
  /// @param items the most records in a batch; beyond it is answered 413
  public record RequestLimits(int bodyBytes, int headerBytes, int items) {
    /// 8 MiB, 8 KiB, 10,000 items.
    public static final RequestLimits USUAL = new RequestLimits(8 << 20, 8 << 10, 10_000);
  }

  /// What all requests together may be.
  ///
  /// @param connections open connections; one more is closed at once
  /// @param waitingBatches batches the factory has not answered yet; one more is answered 503
  /// @param bodyBytes bytes of bodies that are being read; beyond it is answered 503
  public record LoadLimits(int connections, int waitingBatches, long bodyBytes) {
    /// 1,000 connections, 64 batches, 256 MiB.
    public static final LoadLimits USUAL = new LoadLimits(1_000, 64, 256L << 20);
  }

  /// How long a client may take. The factory itself may take longer: an answer is waited for.
  ///
  /// @param idle between the end of an answer and the next request's body; then the connection is
  ///   closed
  /// @param reading from a request's head to the end of its body; then it is answered 408
  /// @param writing to take an answer; then the connection is closed
  /// @param draining at the end, for the answers that are due
  public record Patience(Duration idle, Duration reading, Duration writing, Duration draining) {
    /// A minute between requests, half a minute for each body, answer and the end.
    public static final Patience USUAL =
        new Patience(
            Duration.ofSeconds(60),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30));
  }

  /// What is sent to whoever listens to `GET /v1/stream`.
  ///
  /// @param most who listen at once; one more is answered 503
  /// @param every between two events
  public record StreamLimits(int most, Duration every) {
    /// Sixteen, an event a second.
    public static final StreamLimits USUAL = new StreamLimits(16, Duration.ofSeconds(1));
  }

  /// This machine only, with the usual limits.
  ///
  /// @param port the port; 0 for any free one
  public static ServerOptions local(int port) {
    return new ServerOptions(
        "127.0.0.1",
        port,
        RequestLimits.USUAL,
        LoadLimits.USUAL,
        Patience.USUAL,
        StreamLimits.USUAL);
  }
}
