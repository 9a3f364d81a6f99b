package io.cromford.server;

import io.cromford.flywheel.OpenWeek;
import io.cromford.flywheel.WeekRanges;
import io.cromford.flywheel.WeekSummary;
import io.cromford.serving.DecisionService.Status;
import io.cromford.serving.FactoryOverview;
import io.cromford.training.Interval;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// The answer to `GET /v1/factory`.
final class OverviewJson {
  private static final int BYTES = 8 << 10;

  private OverviewJson() {}

  static byte[] of(FactoryOverview overview, Status status) {
    JsonBody body = new JsonBody(BYTES);
    JsonGenerator json = body.json();
    json.writeStartObject();
    json.writeStringProperty("name", overview.subject().name());
    json.writeStringProperty("purpose", overview.subject().purpose());
    json.writeStringProperty("currency", overview.subject().currency());
    json.writeNumberProperty("alerts_per_day", overview.subject().alertsPerDay());
    StatusJson.write(json, status);
    write(json, overview.service());
    if (overview.service().latencyMicros() > 0) {
      body.number("latency_micros", overview.service().latencyMicros());
    }
    json.writeObjectPropertyStart("revisions");
    json.writeStringProperty("service", overview.service().seen().service());
    json.writeStringProperty("brake", overview.service().seen().brake());
    json.writeStringProperty("policies", overview.service().seen().policies());
    json.writeEndObject();
    json.writeArrayPropertyStart("sources");
    overview.sources().forEach(source -> write(body, source));
    json.writeEndArray();
    write(body, overview.volume());
    json.writeArrayPropertyStart("open_weeks");
    overview
        .weeks()
        .open()
        .forEach(week -> write(body, week, overview.weeks().ranges().get(week.number())));
    json.writeEndArray();
    json.writeArrayPropertyStart("weeks");
    overview
        .weeks()
        .closed()
        .forEach(week -> write(body, week, overview.weeks().ranges().get(week.number())));
    json.writeEndArray();
    json.writeArrayPropertyStart("needs");
    overview.needs().forEach(need -> write(json, need));
    json.writeEndArray();
    json.writeArrayPropertyStart("alarms");
    overview.alarms().forEach(alarm -> write(json, alarm));
    json.writeEndArray();
    json.writeEndObject();
    return body.bytes();
  }

  private static void write(JsonGenerator json, FactoryOverview.Standing alarm) {
    json.writeStartObject();
    json.writeStringProperty("key", alarm.key());
    json.writeStringProperty("state", alarm.state());
    json.writeStringProperty("severity", alarm.severity());
    json.writeStringProperty("summary", alarm.summary());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, FactoryOverview.Service service) {
    service
        .champion()
        .ifPresent(promotion -> {
          json.writeObjectPropertyStart("service");
          json.writeStringProperty("model", promotion.model());
          json.writeStringProperty("since", promotion.at().toString());
          json.writeStringProperty("by", promotion.by());
          json.writeStringProperty("reason", promotion.reason());
          json.writeEndObject();
        });
    service
        .candidate()
        .ifPresent(candidate -> {
          json.writeObjectPropertyStart("candidate");
          json.writeStringProperty("model", candidate.version());
          json.writeStringProperty("stage", candidate.stage());
          json.writeStringProperty("until", candidate.until().toString());
          json.writeEndObject();
        });
    service
        .brake()
        .ifPresent(brake -> {
          json.writeObjectPropertyStart("frozen");
          json.writeStringProperty("since", brake.since().toString());
          json.writeStringProperty("by", brake.by());
          json.writeStringProperty("reason", brake.reason());
          json.writeEndObject();
        });
    service
        .next()
        .ifPresent(next -> json.writeStringProperty("next_training", next.at().toString()));
  }

  private static void write(JsonBody body, FactoryOverview.Source source) {
    JsonGenerator json = body.json();
    json.writeStartObject();
    json.writeStringProperty("name", source.name());
    json.writeStringProperty("kind", source.kind());
    json.writeNumberProperty("accepted", source.accepted());
    json.writeNumberProperty("quarantined", source.quarantined());
    json.writeNumberProperty("duplicates", source.duplicates());
    json.writeNumberProperty("waiting", source.waiting());
    json.writeObjectPropertyStart("today");
    json.writeNumberProperty("accepted", source.today().accepted());
    json.writeNumberProperty("late", source.today().late());
    json.writeNumberProperty("quarantined", source.today().quarantined());
    json.writeNumberProperty("outcomes", source.today().outcomes());
    body.number("delay_hours", source.today().delayHours());
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void write(JsonBody body, FactoryOverview.Volume volume) {
    JsonGenerator json = body.json();
    json.writeObjectPropertyStart("ledger");
    json.writeNumberProperty("bytes", volume.bytes());
    json.writeNumberProperty("bytes_a_day", volume.bytesADay());
    json.writeNumberProperty("snapshot_bytes", volume.snapshotAt());
    if (volume.freeBytes() >= 0) {
      json.writeNumberProperty("free_bytes", volume.freeBytes());
      json.writeNumberProperty("disk_bytes", volume.sizeBytes());
    }
    if (volume.daysUntilFull() >= 0) {
      body.number("days_until_full", volume.daysUntilFull());
    }
    json.writeEndObject();
  }

  private static void write(JsonBody body, OpenWeek week, @Nullable WeekRanges ranges) {
    JsonGenerator json = body.json();
    json.writeStartObject();
    json.writeNumberProperty("week", week.number());
    time(json, "from", week.fromMillis());
    time(json, "until", week.untilMillis());
    json.writeNumberProperty("decisions", week.payments().decisions());
    json.writeNumberProperty("definitive", week.payments().definitive());
    json.writeNumberProperty("provisional", week.payments().provisional());
    json.writeNumberProperty("silent", week.payments().silent());
    json.writeNumberProperty("open", week.payments().open());
    json.writeNumberProperty("positives", week.payments().positives());
    json.writeNumberProperty("alerts", week.alerts().made());
    json.writeNumberProperty("answered", week.alerts().answered());
    json.writeNumberProperty("right", week.alerts().right());
    share(body, week.alerts().share(), week.alerts().precision());
    bounds(body, "recall", week.recall().atLeast(), week.recall().atMost());
    bounds(body, "saved", week.saved().atLeast(), week.saved().atMost());
    write(body, ranges);
    json.writeEndObject();
  }

  private static void write(JsonBody body, WeekSummary week, @Nullable WeekRanges ranges) {
    JsonGenerator json = body.json();
    WeekSummary.Counts counts = week.counts();
    json.writeStartObject();
    json.writeNumberProperty("week", week.number());
    time(json, "from", week.fromMillis());
    time(json, "until", week.untilMillis());
    json.writeStringProperty("champion", week.champion());
    json.writeNumberProperty("decisions", counts.decisions());
    json.writeNumberProperty("positives", counts.positives());
    json.writeNumberProperty("alerts", counts.alerts());
    json.writeNumberProperty("right", counts.rightAlerts());
    share(body, counts.precision(), Interval.ofShare(counts.rightAlerts(), counts.alerts()));
    body.number("recall", week.ranking().recall());
    body.number("saved", week.saved().serving());
    body.number("frozen_saved", week.saved().frozen());
    body.number("average_precision", week.ranking().averagePrecision());
    body.number("frozen_average_precision", week.ranking().frozen());
    write(body, ranges);
    json.writeEndObject();
  }

  private static void share(JsonBody body, double share, Interval interval) {
    body.json().writeObjectPropertyStart("precision");
    body.number("value", share);
    body.number("low", interval.low());
    body.number("high", interval.high());
    body.json().writeEndObject();
  }

  /// Within what the week's numbers lie; nothing where that was not worked out yet.
  private static void write(JsonBody body, @Nullable WeekRanges ranges) {
    if (ranges == null) {
      return;
    }
    body.json().writeObjectPropertyStart("intervals");
    interval(body, "alerts", ranges.alerts());
    interval(body, "saved", ranges.saved());
    body.json().writeEndObject();
  }

  private static void interval(JsonBody body, String name, Interval interval) {
    body.json().writeObjectPropertyStart(name);
    body.number("low", interval.low());
    body.number("high", interval.high());
    body.json().writeEndObject();
  }

  private static void bounds(JsonBody body, String name, double atLeast, double atMost) {
    body.json().writeObjectPropertyStart(name);
    body.number("at_least", atLeast);
    body.number("at_most", atMost);
    body.json().writeEndObject();
  }

  private static void write(JsonGenerator json, FactoryOverview.Need need) {
    json.writeStartObject();
    json.writeStringProperty("kind", need.kind());
    json.writeStringProperty("severity", need.severity());
    json.writeStringProperty("text", need.text());
    need.since().ifPresent(since -> json.writeStringProperty("since", since.toString()));
    if (!need.key().isEmpty()) {
      json.writeStringProperty("key", need.key());
    }
    json.writeEndObject();
  }

  private static void time(JsonGenerator json, String name, long millis) {
    json.writeStringProperty(name, Instant.ofEpochMilli(millis).toString());
  }
}
