package io.cromford.server;

import io.cromford.serving.JobCost;
import io.cromford.serving.JobStatus;
import io.cromford.serving.PlannedJob;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/// Writes what long work runs, and what comes next, as JSON.
final class JobsJson {
  private JobsJson() {}

  static byte[] of(List<JobStatus> running, Optional<PlannedJob> next) {
    JsonBody body = new JsonBody();
    JsonGenerator json = body.json();
    json.writeStartObject();
    json.writeArrayPropertyStart("running");
    running.forEach(job -> write(json, job));
    json.writeEndArray();
    next.ifPresent(planned -> {
      json.writeObjectPropertyStart("next");
      json.writeStringProperty("kind", planned.kind());
      json.writeStringProperty("at", planned.at().toString());
      write(json, planned.cost());
      json.writeEndObject();
    });
    json.writeEndObject();
    return body.bytes();
  }

  /// What work is expected to take.
  static byte[] of(JobCost cost) {
    JsonBody body = new JsonBody();
    body.json().writeStartObject();
    write(body.json(), cost);
    body.json().writeEndObject();
    return body.bytes();
  }

  private static void write(JsonGenerator json, JobStatus job) {
    json.writeStartObject();
    json.writeNumberProperty("id", job.id());
    json.writeStringProperty("kind", job.kind());
    json.writeStringProperty("subject", job.subject());
    json.writeStringProperty("stage", job.stage());
    json.writeStringProperty("started_at", job.startedAt().toString());
    json.writeNumberProperty("rows_done", job.rowsDone());
    write(json, job.cost());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, JobCost cost) {
    json.writeObjectPropertyStart("cost");
    json.writeNumberProperty("rows", cost.rows());
    json.writeNumberProperty("seconds", cost.time().toMillis() / 1000.0);
    json.writeNumberProperty("memory_bytes", cost.memoryBytes());
    json.writeNumberProperty("disk_bytes", cost.diskBytes());
    json.writeEndObject();
  }
}
