package io.cromford.bench.flywheel;

import io.cromford.core.Progress;
import io.cromford.intake.ArrivalStream;
import io.cromford.intake.Arrived;
import io.cromford.server.Admin;
import io.cromford.server.AdminAccess;
import io.cromford.server.Server;
import io.cromford.server.ServerOptions;
import io.cromford.serving.Factory;
import io.cromford.serving.definition.Check;
import io.cromford.serving.definition.CheckedFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/// A factory in a process of its own: replays its file up to a moment, then serves, its clock
/// running on from there, until its input ends. For [BesideBench].
public final class ServedFactory {
  /// What it says once it serves.
  static final String READY = "ready";

  private ServedFactory() {}

  /// Runs it.
  ///
  /// @param arguments the factory's folder, with `payments.csv` in it
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    CheckedFactory checked =
        Check.check(folder, Map.of("data", folder.resolve("payments.csv").toString())).orThrow();
    try (Factory factory = Factory.open(checked, folder.resolve("state"), Progress.SILENT)) {
      replay(factory);
      factory.goOn();
      Admin admin = Admin.of(factory);
      try (Server server = Server.start(factory, admin, ServerOptions.local(0));
          AdminAccess.Granted _ = AdminAccess.grant(factory.stateFolder(), server.url(), admin)) {
        System.out.println(READY);
        System.in.read();
      }
    }
    System.exit(0);
  }

  /// Outcomes that are due after the last payment are left.
  private static void replay(Factory factory) {
    try (ArrivalStream arrivals = factory.arrivals()) {
      Arrived next = factory.intake(arrivals, Progress.SILENT);
      factory.buildFeatures(Progress.SILENT);
      factory.train(Progress.SILENT);
      RecordedFactory.replay(
          factory,
          arrivals,
          next,
          one -> !one.source().isObservation() && !arrivals.hasObservations(),
          _ -> {});
    }
  }
}
