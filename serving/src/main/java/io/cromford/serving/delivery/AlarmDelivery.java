package io.cromford.serving.delivery;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.serving.AlarmList;
import io.cromford.serving.definition.AlarmsDefinition;
import io.cromford.serving.definition.FactoryDefinition;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Tells those whom the factory file names of a factory's alarms, each on a virtual thread of its
/// own, beside the serving: who is down is asked again, less and less often, and slows nobody.
public final class AlarmDelivery implements AutoCloseable {
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final System.Logger LOG = System.getLogger(AlarmDelivery.class.getName());

  private final Wire wire = new Wire();
  private final List<Courier> couriers;
  private final List<Thread> threads;

  private AlarmDelivery(
      String factory, List<Target> targets, Path stateFolder, Supplier<AlarmList> alarms) {
    Courier.Times times =
        new Courier.Times(
            Instant::now, System::nanoTime, () -> ThreadLocalRandom.current().nextDouble());
    this.couriers =
        targets.stream()
            .map(target ->
                new Courier(
                    factory,
                    target,
                    new DeliveryFile(stateFolder, target.name()),
                    alarms,
                    wire,
                    times))
            .toList();
    this.threads =
        couriers.stream()
            .map(courier ->
                Thread.ofVirtual()
                    .name("alarms-" + courier.target().name())
                    .start(() -> run(courier)))
            .toList();
  }

  /// Who is to be told.
  ///
  /// @param factory the factory's name
  /// @param all its targets
  public record Targets(String factory, List<Target> all) {
    /// Those that a factory file names.
    ///
    /// @param environment has the secrets
    /// @throws CromfordException USAGE if a secret is not there
    public static Targets of(FactoryDefinition definition, Map<String, String> environment) {
      AlarmsDefinition alarms = definition.serve().alarms();
      List<Target> all = new ArrayList<>();
      AlarmsDefinition.Webhook webhook = alarms.webhook();
      if (webhook != null) {
        all.add(
            new WebhookTarget(
                webhook.url(),
                secret(webhook.secretVariable(), environment),
                alarms.repeatAfter()));
      }
      if (alarms.alertmanager() != null) {
        all.add(new AlertmanagerTarget(alarms.alertmanager()));
      }
      return new Targets(definition.about().name(), all);
    }

    private static @Nullable String secret(
        @Nullable String variable, Map<String, String> environment) {
      if (variable == null) {
        return null;
      }
      String secret = environment.getOrDefault(variable, "");
      if (secret.isBlank()) {
        throw new CromfordException(
            ErrorCode.USAGE,
            "the environment variable `%s`, which signs alarms (`alarms.webhook.secret-env`), is not set.\nMaybe export it, or take the key away to send them unsigned."
                .formatted(variable));
      }
      return secret;
    }
  }

  /// Starts.
  ///
  /// @param stateFolder where it is kept who was told what
  /// @param alarms where they stand; asked each second
  public static AlarmDelivery start(Targets targets, Path stateFolder, Supplier<AlarmList> alarms) {
    return new AlarmDelivery(targets.factory(), targets.all(), stateFolder, alarms);
  }

  /// How it goes with one target.
  ///
  /// @param target its name
  /// @param pending alarms that it has not been told yet
  /// @param failures since the process started
  public record Standing(String target, int pending, long failures) {}

  /// How it goes with each target.
  public List<Standing> standings() {
    return couriers.stream()
        .map(
            courier -> new Standing(courier.target().name(), courier.pending(), courier.failures()))
        .toList();
  }

  private static void run(Courier courier) {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        courier.pass();
        Thread.sleep(LOOK);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException failure) {
        LOG.log(
            System.Logger.Level.ERROR,
            "the delivery to the {0} ends: {1}",
            courier.target().name(),
            String.valueOf(failure));
        throw failure;
      }
    }
    courier.save();
  }

  /// Stops; what is not told yet is told after the next start.
  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
    wire.close();
    for (Thread thread : threads) {
      try {
        thread.join(LOOK.multipliedBy(2));
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
