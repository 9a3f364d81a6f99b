package io.cromford.serving.definition;

import io.cromford.serving.definition.AlarmsDefinition.Webhook;
import io.cromford.serving.definition.Value.Fields;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads where alarms go, and checks it.
final class AlarmsReader {
  private AlarmsReader() {}

  /// Names what would go nowhere, or never end.
  static void check(Fields alarms, Problems problems) {
    checkBase(alarms, problems);
    boolean goesSomewhere = alarms.has("webhook") || alarms.has("alertmanager");
    if (!goesSomewhere && alarms.has("repeat-after")) {
      problems.add(
          alarms.keyPlace("repeat-after"),
          "alarms are repeated, but they go nowhere.",
          "add `webhook: {url: https://…}` or `alertmanager: {url: https://…}`.");
    }
    if (alarms
        .get("repeat-after", Duration.class)
        .filter(after -> after.toSeconds() < 60)
        .isPresent()) {
      problems.add(
          alarms.valuePlace("repeat-after"),
          "alarms are repeated more often than once a minute.",
          "write it like `4h`.");
    }
  }

  /// A path is put behind it.
  private static void checkBase(Fields alarms, Problems problems) {
    Fields alertmanager = alarms.fields("alertmanager").orElse(Fields.NONE);
    boolean isBase =
        alertmanager
            .get("url", URI.class)
            .map(url -> url.getRawQuery() == null && !url.getPath().contains("/api/"))
            .orElse(true);
    if (!isBase) {
      problems.add(
          alertmanager.valuePlace("url"),
          "`alarms.alertmanager.url` is not the base URL.",
          "write it like `http://127.0.0.1:9093`, without /api and without a query.");
    }
  }

  static AlarmsDefinition read(Fields alarms) {
    return new AlarmsDefinition(
        alarms.fields("webhook").map(AlarmsReader::webhook).orElse(null),
        alarms.fields("alertmanager").map(AlarmsReader::url).orElse(null),
        alarms.get("repeat-after", Duration.class).orElse(AlarmsDefinition.REPEAT_AFTER),
        alarms.get("runbook", URI.class).map(URI::toString).orElse(AlarmsDefinition.RUNBOOK));
  }

  private static Webhook webhook(Fields webhook) {
    Optional<String> secret = webhook.get("secret-env", String.class);
    @Nullable String variable = secret.orElse(null);
    return new Webhook(url(webhook), variable);
  }

  private static URI url(Fields target) {
    return target.get("url", URI.class).orElseThrow();
  }
}
