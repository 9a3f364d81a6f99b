package io.cromford.server;

import io.cromford.flywheel.AlarmState;
import io.cromford.serving.AlarmList;
import java.time.Instant;
import tools.jackson.core.JsonGenerator;

/// The answer to `GET /v1/alarms`.
final class AlarmsJson {
  private AlarmsJson() {}

  static byte[] of(AlarmList alarms) {
    JsonBody body = new JsonBody();
    JsonGenerator json = body.json();
    json.writeStartObject();
    time(json, "at", alarms.atMillis());
    json.writeStringProperty("revision", alarms.revision());
    json.writeArrayPropertyStart("alarms");
    alarms.book().open().forEach(alarm -> write(json, alarm, alarms));
    alarms.book().ended().reversed().forEach(alarm -> write(json, alarm, alarms));
    json.writeEndArray();
    json.writeEndObject();
    return body.bytes();
  }

  private static void write(JsonGenerator json, AlarmState alarm, AlarmList alarms) {
    json.writeStartObject();
    json.writeStringProperty("key", alarm.key());
    json.writeStringProperty("state", alarms.word(alarm));
    json.writeStringProperty("severity", alarm.last().severity().word());
    json.writeStringProperty("summary", AlarmList.summary(alarm));
    json.writeStringProperty("message", alarm.last().message());
    json.writeStringProperty("runbook", alarms.link(alarm));
    time(json, "first", alarm.firstMillis());
    time(json, "last", alarm.last().atMillis());
    json.writeNumberProperty("count", alarm.count());
    alarm.acknowledged().ifPresent(word -> write(json, "acknowledged", word));
    alarms
        .silence(alarm)
        .ifPresent(silence -> {
          json.writeObjectPropertyStart("silenced");
          time(json, "until", silence.untilMillis());
          words(json, silence.word());
          json.writeEndObject();
        });
    alarm.ended().ifPresent(word -> write(json, "ended", word));
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, String name, AlarmState.Word word) {
    json.writeObjectPropertyStart(name);
    words(json, word);
    json.writeEndObject();
  }

  private static void words(JsonGenerator json, AlarmState.Word word) {
    time(json, "at", word.atMillis());
    json.writeStringProperty("by", word.by());
    json.writeStringProperty("reason", word.reason());
  }

  private static void time(JsonGenerator json, String name, long millis) {
    json.writeStringProperty(name, Instant.ofEpochMilli(millis).toString());
  }
}
