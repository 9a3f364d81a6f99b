package io.cromford.app;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.server.AdminAccess;
import io.cromford.serving.FactoryControl;
import io.cromford.serving.JobCost;
import io.cromford.serving.PolicyChange;
import io.cromford.serving.Promotion;
import io.cromford.serving.RepairOrder;
import io.cromford.serving.Repaired;
import io.cromford.serving.ReplayOrder;
import io.cromford.serving.Replayed;
import io.cromford.serving.Result;
import io.cromford.serving.Wish;
import io.cromford.serving.WorkOrder;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Tells a factory that another process runs what to do, over its endpoint on this machine.
final class RemoteControl implements FactoryControl {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final JsonMapper JSON = JsonMapper.shared();

  private final AdminAccess access;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  RemoteControl(AdminAccess access) {
    this.access = access;
  }

  @Override
  public Promotion promote(String version, Wish wish) {
    return promotion(
        post(
            "models/promote",
            Map.of("version", version, "reason", wish.reason(), "by", wish.by()),
            wish.seen()));
  }

  @Override
  public String reject(String version, Wish wish) {
    return post(
            "models/reject",
            Map.of("version", version, "reason", wish.reason(), "by", wish.by()),
            wish.seen())
        .path("model")
        .asString();
  }

  @Override
  public String propose(String version, String reason, String by) {
    return post("models/propose", Map.of("version", version, "reason", reason, "by", by))
        .path("model")
        .asString();
  }

  @Override
  public Promotion rollBack(Wish wish) {
    return promotion(
        post("models/rollback", Map.of("reason", wish.reason(), "by", wish.by()), wish.seen()));
  }

  @Override
  public JobCost proposeFeatures(String sql, String reason, String by) {
    return cost(
        post("features/propose", Map.of("sql", sql, "reason", reason, "by", by)).path("cost"));
  }

  @Override
  public JobCost proposeFeaturesOf(String version, String reason, String by) {
    return cost(
        post("features/propose", Map.of("version", version, "reason", reason, "by", by))
            .path("cost"));
  }

  @Override
  public void withdrawFeatures(String reason, String by) {
    post("features/withdraw", Map.of("reason", reason, "by", by));
  }

  @Override
  public void cancel(long job, String reason, String by) {
    post("jobs/cancel", Map.of("job", Long.toString(job), "reason", reason, "by", by));
  }

  @Override
  public void declareComplete(Instant until, String reason, String by) {
    post("outcomes/complete", Map.of("until", until.toString(), "reason", reason, "by", by));
  }

  @Override
  public void freeze(Wish wish) {
    post("flywheel/freeze", fields(wish), wish.seen());
  }

  @Override
  public void resume(Wish wish) {
    post("flywheel/resume", fields(wish), wish.seen());
  }

  @Override
  public String proposePolicy(PolicyChange change, Wish wish) {
    Map<String, String> fields = fields(wish);
    if (change.alertsPerDay() != null) {
      fields.put("alerts_per_day", change.alertsPerDay().toString());
    }
    if (change.investigation() != null) {
      fields.put("investigation", change.investigation().toString());
    }
    return ofPolicies("propose", fields, wish);
  }

  @Override
  public String approvePolicy(String version, Wish wish) {
    return ofPolicies("approve", fields(version, wish), wish);
  }

  @Override
  public String withdrawPolicy(String version, Wish wish) {
    return ofPolicies("withdraw", fields(version, wish), wish);
  }

  @Override
  public String rollBackPolicy(Wish wish) {
    return ofPolicies("rollback", fields(wish), wish);
  }

  private String ofPolicies(String step, Map<String, String> fields, Wish wish) {
    return post("policies/" + step, fields, wish.seen()).path("version").asString();
  }

  private static Map<String, String> fields(Wish wish) {
    return new HashMap<>(Map.of("reason", wish.reason(), "by", wish.by()));
  }

  private static Map<String, String> fields(String version, Wish wish) {
    Map<String, String> fields = fields(wish);
    fields.put("version", version);
    return fields;
  }

  @Override
  public void acknowledge(String key, Wish wish) {
    ofAlarms("ack", key, fields(wish), wish);
  }

  @Override
  public void silence(String keys, Duration length, Wish wish) {
    Map<String, String> fields = fields(wish);
    fields.put("for", length.toString());
    ofAlarms("silence", keys, fields, wish);
  }

  @Override
  public void resolve(String key, Wish wish) {
    ofAlarms("resolve", key, fields(wish), wish);
  }

  private void ofAlarms(String step, String key, Map<String, String> fields, Wish wish) {
    fields.put("key", key);
    post("alarms/" + step, fields, wish.seen());
  }

  @Override
  public void work(WorkOrder order) {
    Map<String, Object> fields = new HashMap<>();
    fields.put("ids", order.ids());
    fields.put("by", order.by());
    fields.put("note", order.note());
    order.code().ifPresent(code -> fields.put("code", code.text()));
    post("work/" + order.step().text(), fields);
  }

  @Override
  public Repaired repair(RepairOrder order) {
    Map<String, @Nullable String> values = new HashMap<>();
    order.values().forEach((column, value) -> values.put(column, value.orElse(null)));
    JsonNode said =
        post(
            "quarantine/repair",
            Map.of(
                "number",
                order.row(),
                "values",
                values,
                "reason",
                order.reason(),
                "by",
                order.by()));
    return new Repaired(
        said.path("number").asLong(),
        Repaired.Became.of(said.path("became").asString()),
        said.path("position").asLong(),
        said.has("rule")
            ? new Result.Refused(
                ErrorCode.RECORD_REFUSED,
                said.path("rule").asString(),
                said.path("column").asString(),
                said.path("message").asString())
            : null);
  }

  @Override
  public Replayed replayQuarantine(ReplayOrder order) {
    List<Replayed.Source> sources = new ArrayList<>();
    Map<String, String> fields =
        Map.of(
            "source", order.source(),
            "rule", order.rule(),
            "reason", order.reason(),
            "by", order.by());
    for (JsonNode source : post("quarantine/replay", fields).path("sources")) {
      sources.add(
          new Replayed.Source(
              source.path("source").asString(),
              source.path("accepted").asLong(),
              source.path("duplicates").asLong(),
              source.path("kept").asLong()));
    }
    return new Replayed(sources);
  }

  private static Promotion promotion(JsonNode said) {
    return new Promotion(
        said.path("model").asString(),
        said.path("judged").asString(),
        Instant.parse(said.path("at").asString()),
        said.path("reason").asString(),
        said.path("by").asString());
  }

  /// What the endpoint says of a job's cost.
  static JobCost cost(JsonNode said) {
    return new JobCost(
        said.path("rows").asLong(),
        Duration.ofMillis(Math.round(1000 * said.path("seconds").asDouble())),
        said.path("memory_bytes").asLong(),
        said.path("disk_bytes").asLong());
  }

  /// What the endpoint says at a path.
  JsonNode get(String path) {
    return send(HttpRequest.newBuilder(access.url().resolve(path)).timeout(PATIENCE).GET().build());
  }

  private JsonNode post(String path, Map<String, ?> fields) {
    return post(path, fields, "");
  }

  /// @param seen what the caller had before them; empty for whatever there is
  private JsonNode post(String path, Map<String, ?> fields, String seen) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(access.url().resolve("/admin/" + path))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .header("Authorization", access.header())
            .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(fields)));
    if (!seen.isEmpty()) {
      request.header("If-Match", '"' + seen + '"');
    }
    return send(request.build());
  }

  private JsonNode send(HttpRequest request) {
    try {
      HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      JsonNode said = JSON.readTree(answer.body());
      if (answer.statusCode() != 200) {
        throw EndpointProblem.of(said);
      }
      return said;
    } catch (IOException e) {
      throw new CromfordException(
          ErrorCode.EXTERNAL,
          "the process that runs the factory does not answer at %s: %s.\nMaybe it is stopping: try again."
              .formatted(access.url(), e.getMessage()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CromfordException(ErrorCode.UNAVAILABLE, "interrupted while waiting.", e);
    }
  }
}
