package io.cromford.server;

import io.cromford.serving.DecisionService.Status;
import java.time.Instant;
import tools.jackson.core.JsonGenerator;

/// Writes how a factory is right now into an object that others add to.
final class StatusJson {
  private StatusJson() {}

  static void write(JsonGenerator json, Status status) {
    json.writeStringProperty("at", Instant.ofEpochMilli(status.clockMillis()).toString());
    json.writeBooleanProperty("replaying", status.replaying());
    json.writeBooleanProperty("ready", status.ready());
    json.writeStringProperty("message", status.message());
    json.writeStringProperty("champion", status.champion());
    json.writeNumberProperty("observations", status.observations());
    json.writeNumberProperty("outcomes", status.outcomes());
    json.writeNumberProperty("decisions", status.decisions());
    json.writeNumberProperty("alerts", status.alerts());
    json.writeNumberProperty("quarantined", status.quarantined());
    json.writeNumberProperty("duplicates", status.duplicates());
    json.writeNumberProperty("queued", status.queued());
    json.writeNumberProperty("ledger_bytes", status.ledgerBytes());
  }
}
