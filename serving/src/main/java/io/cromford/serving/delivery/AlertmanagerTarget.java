package io.cromford.serving.delivery;

import io.cromford.flywheel.AlarmState;
import io.cromford.serving.AlarmList;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// A Prometheus Alertmanager, by its API v2. It forgets what it does not hear of for a while, so it
/// hears of each open alarm once a minute; who is called, and how often, is its own business.
///
/// @param base its base URL
/// @see <a href="https://prometheus.io/docs/alerting/latest/alerts_api/">Alerts API</a>
record AlertmanagerTarget(URI base) implements Target {
  private static final Duration EVERY = Duration.ofMinutes(1);
  private static final int MOST_IN_ONE = 100;
  private static final JsonMapper JSON = JsonMapper.shared();

  @Override
  public String name() {
    return "alertmanager";
  }

  @Override
  public DeliveryRule rule() {
    return new DeliveryRule(EVERY, false);
  }

  @Override
  public List<Parcel> parcels(List<Due> due, Letter letter) {
    List<Parcel> parcels = new ArrayList<>();
    for (int from = 0; from < due.size(); from += MOST_IN_ONE) {
      List<Due> some = due.subList(from, Math.min(due.size(), from + MOST_IN_ONE));
      List<Map<String, Object>> body = some.stream().map(one -> alert(one, letter)).toList();
      parcels.add(new Parcel(List.copyOf(some), url(), Map.of(), JSON.writeValueAsString(body)));
    }
    return parcels;
  }

  private URI url() {
    return URI.create(base.toString().replaceAll("/+$", "") + "/api/v2/alerts");
  }

  /// The factory's clock may be ahead of the wall's, or that of old data: what starts in the future
  /// or ends in the past would be no alert.
  private static Map<String, Object> alert(Due due, Letter letter) {
    AlarmState alarm = due.alarm();
    Instant first = Instant.ofEpochMilli(alarm.firstMillis());
    Map<String, Object> alert = new LinkedHashMap<>();
    alert.put("labels", labels(alarm, letter.factory()));
    alert.put("annotations", annotations(alarm, letter.alarms()));
    alert.put("startsAt", (first.isBefore(letter.sent()) ? first : letter.sent()).toString());
    if (!alarm.isOpen()) {
      alert.put("endsAt", letter.sent().toString());
    }
    return alert;
  }

  private static Map<String, String> labels(AlarmState alarm, String factory) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("alertname", "cromford-" + alarm.last().kind());
    labels.put("factory", factory);
    labels.put("key", alarm.key());
    labels.put("severity", alarm.last().severity().word());
    return labels;
  }

  private static Map<String, String> annotations(AlarmState alarm, AlarmList alarms) {
    Map<String, String> annotations = new LinkedHashMap<>();
    annotations.put("summary", AlarmList.summary(alarm));
    annotations.put("description", alarm.last().message());
    annotations.put("runbook_url", alarms.link(alarm));
    return annotations;
  }
}
