package io.cromford.app;

import io.cromford.serving.delivery.AlarmDelivery;
import io.cromford.serving.delivery.AlarmDelivery.Standing;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/// Shows at `/metrics` how the delivery of alarms goes, by target.
final class DeliveryMeters {
  private DeliveryMeters() {}

  static void show(AlarmDelivery delivery, MeterRegistry meters) {
    for (Standing standing : delivery.standings()) {
      String target = standing.target();
      Gauge.builder(
              "cromford.alarms.undelivered", delivery, all -> of(all, target, Standing::pending))
          .description("What a target of alarms has not been told yet")
          .tag("target", target)
          .register(meters);
      FunctionCounter.builder(
              "cromford.alarms.delivery.failures",
              delivery,
              all -> of(all, target, Standing::failures))
          .description("Deliveries of alarms that failed")
          .tag("target", target)
          .register(meters);
    }
  }

  private static double of(
      AlarmDelivery delivery, String target, ToDoubleFunction<Standing> value) {
    return delivery.standings().stream()
        .filter(standing -> standing.target().equals(target))
        .mapToDouble(value)
        .sum();
  }
}
