package io.cromford.server;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.serving.DecisionService;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.net.BindException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The HTTP endpoint of one factory.
///
/// | request | what it does |
/// |---|---|
/// | `GET /` | the console: a page that shows the factory at work, see [ConsoleFiles] |
/// | `POST /v1/decisions` | decides on one record, or on a batch |
/// | `POST /v1/outcomes` | takes one outcome in, or a batch |
/// | `POST /v1/records` | takes a batch of records of any source in, in its order |
/// | `GET /v1/decisions/{id}` | rebuilds a decision |
/// | `GET /v1/factory`, `/v1/stream`, `/v1/history` | the factory at a glance, second by second, and what was done to it |
/// | `GET /v1/decisions/{id}/history` | a decision among others on the same entity |
/// | `POST /v1/decisions/search` | searches for decisions |
/// | `GET /v1/work` | the alerts of the last days as work |
/// | `GET /v1/alarms` | what a person should look at, and what became of it |
/// | `GET /health/live`, `/health/ready` | whether the process lives, whether it decides |
/// | `GET /metrics` | counters, for Prometheus |
/// | `GET /openapi.json` | all of this, for programs |
///
/// and what [Admin] lists, for whoever holds the token. A request whose `Host` is not this machine
/// is answered 421.
///
/// An answer leaves only after the factory has synced what it says to disk.
public final class Server implements AutoCloseable {
  private static final Duration LONGEST_SWEEP = Duration.ofSeconds(1);

  /// What the operating system keeps of answers that a client has not taken, for each connection;
  /// it allows twice as much. Left to itself it would keep megabytes.
  static final int SEND_BUFFER_BYTES = 64 << 10;

  private final Vertx vertx;
  private final Context context;
  private final HttpServer http;
  private final Endpoint endpoint;
  private final Metrics metrics;
  private final ServerOptions options;
  private final AtomicBoolean closed = new AtomicBoolean();

  private Server(DecisionService service, @Nullable Admin admin, ServerOptions options) {
    this.options = options;
    this.vertx = Vertx.vertx(vertxOptions());
    this.context = vertx.getOrCreateContext();
    this.metrics = new Metrics(service);
    this.endpoint = new Endpoint(service, admin, options, context, metrics);
    this.http =
        vertx
            .createHttpServer(httpOptions(options))
            .connectionHandler(
                connection -> endpoint.connections().opened(connection, System.nanoTime()))
            .invalidRequestHandler(endpoint::refuseInvalid)
            .requestHandler(endpoint::handle);
  }

  /// Starts to listen.
  ///
  /// @param service the factory; stays its caller's to close
  /// @return once the port is open
  /// @throws CromfordException PORT_TAKEN if the port cannot be had
  public static Server start(DecisionService service, ServerOptions options) {
    return start(new Server(service, null, options));
  }

  /// Starts to listen, and lets whoever has the token tell the factory what to do.
  ///
  /// @param service the factory; stays its caller's to close
  /// @return once the port is open
  /// @throws CromfordException PORT_TAKEN if the port cannot be had
  public static Server start(DecisionService service, Admin admin, ServerOptions options) {
    return start(new Server(service, admin, options));
  }

  private static Server start(Server server) {
    try {
      server.listen();
      return server;
    } catch (RuntimeException e) {
      await(server.vertx.close());
      throw e;
    }
  }

  private void listen() {
    Future<HttpServer> listening =
        Future.future(promise -> context.runOnContext(_ -> http.listen().onComplete(promise)));
    try {
      await(listening);
    } catch (CompletionException e) {
      throw new CromfordException(
          ErrorCode.PORT_TAKEN,
          e.getCause() instanceof BindException
              ? "port %d on %s is taken or not ours.\nMaybe another factory is running; choose another port, or 0 for any free one."
                  .formatted(options.port(), options.host())
              : "cannot listen on %s:%d: %s.\nMaybe the address is not one of this machine's."
                  .formatted(options.host(), options.port(), e.getCause()),
          e);
    }
    long millis = Math.min(LONGEST_SWEEP.toMillis(), shortest().toMillis() / 4 + 1);
    vertx.setPeriodic(
        millis, _ -> context.runOnContext(_ -> endpoint.connections().sweep(System.nanoTime())));
  }

  private Duration shortest() {
    ServerOptions.Patience patience = options.patience();
    return Stream.of(patience.idle(), patience.reading(), patience.writing())
        .min(Duration::compareTo)
        .orElseThrow();
  }

  /// The port that is listened on.
  public int port() {
    return http.actualPort();
  }

  /// Where the endpoint is: `http://127.0.0.1:8080`.
  public String url() {
    return "http://%s:%d".formatted(options.host(), port());
  }

  /// The counters behind `/metrics`, for others to add theirs.
  public MeterRegistry meters() {
    return metrics.registry();
  }

  /// Stops: takes nothing new, answers what is due within the patience for it, closes. Called a
  /// second time it does nothing.
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    context.runOnContext(_ -> endpoint.drain());
    await(http.shutdown(options.patience().draining().toMillis(), TimeUnit.MILLISECONDS));
    await(vertx.close());
    metrics.registry().close();
  }

  private static <T> void await(Future<T> future) {
    future.toCompletionStage().toCompletableFuture().join();
  }

  private static VertxOptions vertxOptions() {
    return new VertxOptions()
        .setEventLoopPoolSize(1)
        .setWorkerPoolSize(4)
        .setInternalBlockingPoolSize(1)
        .setFileSystemOptions(
            new FileSystemOptions()
                .setFileCachingEnabled(false)
                .setClassPathResolvingEnabled(false));
  }

  private static HttpServerOptions httpOptions(ServerOptions options) {
    return new HttpServerOptions()
        .setHost(options.host())
        .setPort(options.port())
        .setMaxHeaderSize(options.requests().headerBytes())
        .setMaxInitialLineLength(options.requests().headerBytes())
        .setHttp2ClearTextEnabled(false)
        .setSendBufferSize(SEND_BUFFER_BYTES)
        .setTcpNoDelay(true);
  }
}
