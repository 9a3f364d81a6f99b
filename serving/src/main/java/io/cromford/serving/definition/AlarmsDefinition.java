package io.cromford.serving.definition;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Where a factory's alarms go, beside its ledger, its log and its reports.
///
/// @param webhook an endpoint that takes them one by one; null for none
/// @param alertmanager the base URL of a Prometheus Alertmanager; null for none
/// @param repeatAfter how long after it was said an alarm that nobody looks after is said again
/// @param runbook the page with a heading for each alarm
public record AlarmsDefinition(
    @Nullable Webhook webhook, @Nullable URI alertmanager, Duration repeatAfter, String runbook) {
  /// Where it is said what to do, unless the factory file says otherwise: in the house's documents.
  public static final String RUNBOOK = "docs/alarms.md";

  /// How long until it is said again, unless the factory file says otherwise.
  public static final Duration REPEAT_AFTER = Duration.ofHours(4);

  /// Nowhere.
  public static final AlarmsDefinition NONE =
      new AlarmsDefinition(null, null, REPEAT_AFTER, RUNBOOK);

  /// An endpoint that takes alarms as JSON.
  ///
  /// @param url http or https
  /// @param secretVariable the environment variable whose value signs what is sent; null for no
  ///   signature
  public record Webhook(URI url, @Nullable String secretVariable) {}

  /// Whether they go anywhere.
  public boolean isDelivered() {
    return webhook != null || alertmanager != null;
  }
}
