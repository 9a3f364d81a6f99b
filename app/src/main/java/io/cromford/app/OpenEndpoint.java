package io.cromford.app;

import io.cromford.server.Admin;
import io.cromford.server.AdminAccess;
import io.cromford.server.Server;
import io.cromford.server.ServerOptions;
import io.cromford.serving.Factory;
import io.cromford.serving.delivery.AlarmDelivery;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A factory's endpoint, open to its callers and to whoever owns the factory's folder.
final class OpenEndpoint implements AutoCloseable {
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Factory factory;
  private final Server server;
  private final AdminAccess.Granted granted;

  private final AlarmDelivery delivery;
  private final SqlProcess questions;

  private OpenEndpoint(
      Factory factory,
      Server server,
      AdminAccess.Granted granted,
      AlarmDelivery delivery,
      SqlProcess questions) {
    this.questions = questions;
    this.factory = factory;
    this.server = server;
    this.granted = granted;
    this.delivery = delivery;
  }

  /// Opens it, and has those told of alarms who are to be.
  ///
  /// @param folder where the factory's file lies
  /// @param port 0 for any free one
  static OpenEndpoint of(Factory factory, Path folder, int port, AlarmDelivery.Targets targets) {
    SqlProcess questions = new SqlProcess(folder, factory.stateFolder());
    Admin admin = Admin.of(factory, questions);
    Server server = Server.start(factory, admin, ServerOptions.local(port));
    try {
      AdminAccess.Granted granted = AdminAccess.grant(factory.stateFolder(), server.url(), admin);
      AlarmDelivery delivery = AlarmDelivery.start(targets, factory.stateFolder(), factory::alarms);
      DeliveryMeters.show(delivery, server.meters());
      System.err.printf("console on %s%n", granted.console());
      String against = factory.policies().againstFile();
      if (!against.isEmpty()) {
        System.err.println(PolicyCommand.against(against));
      }
      return new OpenEndpoint(factory, server, granted, delivery, questions);
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  String url() {
    return server.url();
  }

  /// Serves until the process is told to end, or this thread is interrupted; then drains.
  ///
  /// @param beside what is done each second
  void serve(Runnable beside) {
    System.err.printf("serving on %s; Ctrl-C stops.%n", url());
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .unstarted(() -> {
                  close();
                  factory.close();
                  stopped.countDown();
                }));
    try {
      while (!stopped.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
        beside.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    delivery.close();
    questions.close();
    server.close();
    granted.close();
  }
}
