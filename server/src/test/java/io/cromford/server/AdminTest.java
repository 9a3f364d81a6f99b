package io.cromford.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.flywheel.work.ReasonCode;
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
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminTest {
  private static final Promotion PROMOTION =
      new Promotion("abc", "def", Instant.parse("2018-05-06T00:00:00Z"), "why", "ada");

  private static final String SQL_ANSWER =
      """
      {"columns": [{"name": "n", "type": "BIGINT"}], "rows": [[7]], "more": false, "millis": 3,
       "position": 64, "clock": "2018-05-06T00:00:00Z"}
      """;

  /// Remembers what it was told.
  private static final class FakeControl implements FactoryControl {
    private final List<String> told = new ArrayList<>();

    @Override
    public Promotion promote(String version, Wish wish) {
      told.add("promote %s %s".formatted(version, words(wish)));
      if (version.equals("none")) {
        throw new CromfordException(ErrorCode.NOT_FOUND, "no model.\nMaybe another.");
      }
      return PROMOTION;
    }

    @Override
    public JobCost proposeFeatures(String sql, String reason, String by) {
      told.add("propose %s %s %s".formatted(sql, reason, by));
      return new JobCost(1000, Duration.ofSeconds(2), 3, 4);
    }

    @Override
    public JobCost proposeFeaturesOf(String version, String reason, String by) {
      told.add("propose those of %s %s %s".formatted(version, reason, by));
      return new JobCost(1000, Duration.ofSeconds(2), 3, 4);
    }

    @Override
    public void withdrawFeatures(String reason, String by) {
      told.add("withdraw %s %s".formatted(reason, by));
    }

    @Override
    public void cancel(long job, String reason, String by) {
      told.add("cancel %d %s %s".formatted(job, reason, by));
    }

    @Override
    public void declareComplete(Instant until, String reason, String by) {
      told.add("complete until %s %s %s".formatted(until, reason, by));
    }

    @Override
    public void freeze(Wish wish) {
      told.add("freeze " + words(wish));
    }

    @Override
    public void resume(Wish wish) {
      told.add("resume " + words(wish));
    }

    @Override
    public String proposePolicy(PolicyChange change, Wish wish) {
      told.add("propose %s %s".formatted(change.alertsPerDay(), words(wish)));
      return "abc";
    }

    @Override
    public String approvePolicy(String version, Wish wish) {
      told.add("approve %s %s".formatted(version, words(wish)));
      return version;
    }

    @Override
    public String withdrawPolicy(String version, Wish wish) {
      told.add("withdraw %s %s".formatted(version, words(wish)));
      return version;
    }

    @Override
    public String rollBackPolicy(Wish wish) {
      told.add("roll policies back " + words(wish));
      return "abc";
    }

    @Override
    public void acknowledge(String key, Wish wish) {
      told.add("acknowledge %s %s".formatted(key, words(wish)));
    }

    @Override
    public void silence(String keys, Duration length, Wish wish) {
      told.add("silence %s for %s %s".formatted(keys, length, words(wish)));
    }

    @Override
    public void resolve(String key, Wish wish) {
      told.add("resolve %s %s".formatted(key, words(wish)));
    }

    @Override
    public String propose(String version, String reason, String by) {
      told.add("propose %s %s %s".formatted(version, reason, by));
      return "abc";
    }

    @Override
    public Promotion rollBack(Wish wish) {
      told.add("roll back " + words(wish));
      return PROMOTION;
    }

    @Override
    public void work(WorkOrder order) {
      told.add(
          "%s %s %s %s %s"
              .formatted(
                  order.step().text(),
                  order.ids(),
                  order.by(),
                  order.code().map(ReasonCode::text).orElse("-"),
                  order.note()));
    }

    @Override
    public String reject(String version, Wish wish) {
      told.add("reject %s %s".formatted(version, words(wish)));
      if (!wish.seen().isEmpty()) {
        throw new CromfordException(ErrorCode.CHANGED_MEANWHILE, "it has changed.\nMaybe look.");
      }
      return "abc";
    }

    private static String words(Wish wish) {
      return "%s %s%s"
          .formatted(
              wish.reason(),
              wish.by(),
              wish.seen().isEmpty() ? "" : ", having seen " + wish.seen());
    }

    @Override
    public Repaired repair(RepairOrder order) {
      told.add("repair %s %s %s".formatted(order.values(), order.reason(), order.by()));
      return new Repaired(
          order.row(),
          Repaired.Became.QUARANTINED,
          77,
          new Result.Refused(ErrorCode.RECORD_REFUSED, "type", "amount", "it is none"));
    }

    @Override
    public Replayed replayQuarantine(ReplayOrder order) {
      told.add(
          "replay %s %s %s %s".formatted(order.source(), order.rule(), order.reason(), order.by()));
      return new Replayed(List.of(new Replayed.Source("payments", 3, 2, 1)));
    }
  }

  private final FakeFactory factory = new FakeFactory();
  private final FakeControl control = new FakeControl();
  private final Admin admin = Admin.of(control);
  private final Wire wire = new Wire(Server.start(factory, admin, ServerOptions.local(0)));

  @TempDir private Path folder;

  @AfterEach
  void stop() {
    wire.close();
    factory.close();
  }

  private HttpResponse<String> post(String path, String authorization, String body)
      throws Exception {
    return wire.send(
        wire.request(path)
            .header("content-type", "application/json")
            .header("authorization", authorization)
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  @Test
  void answersSqlForTheOwnerAlone() throws Exception {
    Admin answers =
        Admin.of(
            control, (sql, anew) -> "{\"asked\":\"%s %s\"}".formatted(sql, anew).getBytes(UTF_8));
    try (Server server = Server.start(factory, answers, ServerOptions.local(0));
        Wire asker = new Wire(server)) {
      HttpRequest.Builder request =
          asker
              .request("/admin/sql")
              .header("content-type", "application/json")
              .POST(BodyPublishers.ofString("{\"sql\": \"SELECT 1\", \"anew\": \"true\"}"));
      assertThat(asker.send(request.copy().build()).statusCode()).isEqualTo(401);
      HttpResponse<String> answer =
          asker.send(request.header("authorization", Admin.header(answers.token())).build());
      assertThat(answer.body()).isEqualTo("{\"asked\":\"SELECT 1 true\"}");
    }
    String key = Admin.header(admin.token());
    assertThat(post("/admin/sql", key, "{\"sql\": \"SELECT 1\"}").statusCode()).isEqualTo(503);
    String tooLong = "{\"sql\": \"%s\"}".formatted("x".repeat(Questions.MOST_CHARACTERS + 1));
    assertThat(post("/admin/sql", key, tooLong).statusCode()).isEqualTo(413);
  }

  @Test
  void doesWhatTheOwnerSays() throws Exception {
    String key = Admin.header(admin.token());
    String body = "{\"version\": \"abc\", \"reason\": \"why\", \"by\": \"ada\"}";
    assertThat(post("/admin/models/promote", key, body).body())
        .isEqualTo(
            "{\"model\":\"abc\",\"judged\":\"def\",\"at\":\"2018-05-06T00:00:00Z\",\"reason\":\"why\",\"by\":\"ada\"}");
    assertThat(post("/admin/models/propose", key, body).body()).isEqualTo("{\"model\":\"abc\"}");
    assertThat(post("/admin/models/rollback", key, body).statusCode()).isEqualTo(200);
    assertThat(post("/admin/quarantine/replay", key, body).body())
        .isEqualTo(
            "{\"sources\":[{\"source\":\"payments\",\"accepted\":3,\"duplicates\":2,\"kept\":1}]}");
    String days = "{\"until\": \"2018-07-01T00:00:00Z\", \"reason\": \"why\", \"by\": \"ada\"}";
    assertThat(post("/admin/outcomes/complete", key, days).statusCode()).isEqualTo(200);
    assertThat(post("/admin/flywheel/freeze", key, body).statusCode()).isEqualTo(200);
    assertThat(post("/admin/flywheel/resume", key, body).body()).isEqualTo("{}");
    String fewer = "{\"alerts_per_day\": \"80\", \"reason\": \"why\", \"by\": \"ada\"}";
    assertThat(post("/admin/policies/propose", key, fewer).body())
        .isEqualTo("{\"version\":\"abc\"}");
    assertThat(post("/admin/policies/approve", key, body).body())
        .isEqualTo("{\"version\":\"abc\"}");
    assertThat(post("/admin/policies/withdraw", key, body).statusCode()).isEqualTo(200);
    assertThat(post("/admin/policies/rollback", key, body).statusCode()).isEqualTo(200);
    String alarm =
        "{\"key\": \"breach/ab\", \"for\": \"PT8H\", \"reason\": \"why\", \"by\": \"ada\"}";
    assertThat(post("/admin/alarms/ack", key, alarm).statusCode()).isEqualTo(200);
    assertThat(post("/admin/alarms/silence", key, alarm).statusCode()).isEqualTo(200);
    assertThat(post("/admin/alarms/resolve", key, alarm).body()).isEqualTo("{}");
    assertThat(control.told)
        .containsExactly(
            "promote abc why ada",
            "propose abc why ada",
            "roll back why ada",
            "replay   why ada",
            "complete until 2018-07-01T00:00:00Z why ada",
            "freeze why ada",
            "resume why ada",
            "propose 80 why ada",
            "approve abc why ada",
            "withdraw abc why ada",
            "roll policies back why ada",
            "acknowledge breach/ab why ada",
            "silence breach/ab for PT8H why ada",
            "resolve breach/ab why ada");
  }

  @Test
  void mendsWhatTheOwnerSays() throws Exception {
    String key = Admin.header(admin.token());
    String body =
        """
        {"number": "42", "values": {"amount": 7.10, "note": null, "ok": true}, "reason": "why", "by": "ada"}\
        """;
    assertThat(post("/admin/quarantine/repair", key, body).body())
        .isEqualTo(
            "{\"number\":42,\"became\":\"quarantined\",\"position\":77,\"rule\":\"type\",\"column\":\"amount\",\"message\":\"it is none\"}");
    assertThat(control.told)
        .containsExactly(
            "repair {amount=Optional[7.10], note=Optional.empty, ok=Optional[true]} why ada");
    String refused = "{\"number\": 42, \"values\": %s, \"reason\": \"%s\", \"by\": \"ada\"}";
    for (String values : List.of("[]", "{\"a\": {}}", "{\"a\": [1]}", "7", "{\"a\"")) {
      assertThat(
              post("/admin/quarantine/repair", key, refused.formatted(values, "why")).statusCode())
          .isEqualTo(422);
    }
    assertThat(post("/admin/quarantine/repair", key, refused.formatted("{}", "")).statusCode())
        .isEqualTo(400);
    String large = "{\"a\": \"%s\"}".formatted("x".repeat((1 << 20) + 1));
    assertThat(post("/admin/quarantine/repair", key, refused.formatted(large, "why")).statusCode())
        .isEqualTo(413);
    assertThat(control.told).hasSize(1);
  }

  @Test
  void holdsWhoSteersToWhatTheySaw() throws Exception {
    String body = "{\"version\": \"abc\", \"reason\": \"why\", \"by\": \"ada\"}";
    assertThat(steer("models/reject", "*", body).body()).isEqualTo("{\"model\":\"abc\"}");
    HttpResponse<String> changed = steer("models/reject", "\"7\"", body);
    assertThat(changed.statusCode()).isEqualTo(412);
    assertThat(changed.body()).contains("CHANGED_MEANWHILE", "it has changed.\\nMaybe look.");
    assertThat(steer("models/promote", "\"7\"", body).statusCode()).isEqualTo(200);
    assertThat(steer("models/rollback", " \"12\" ", body).statusCode()).isEqualTo(200);
    for (String tag : List.of("7", "W/\"7\"", "\"7\", \"8\"", "\"x\"", "\"\"")) {
      HttpResponse<String> refused = steer("models/promote", tag, body);
      assertThat(refused.statusCode()).as(tag).isEqualTo(400);
      assertThat(refused.body())
          .contains("no tag of GET /v1/models, /v1/policies or /v1/alarms.\\nMaybe ");
    }
    assertThat(control.told)
        .containsExactly(
            "reject abc why ada",
            "reject abc why ada, having seen 7",
            "promote abc why ada, having seen 7",
            "roll back why ada, having seen 12");
  }

  private HttpResponse<String> steer(String path, String seen, String body) throws Exception {
    return wire.send(
        wire.request("/admin/" + path)
            .header("content-type", "application/json")
            .header("authorization", Admin.header(admin.token()))
            .header("if-match", seen)
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  @Test
  void changesFeaturesAndEndsJobs() throws Exception {
    String key = Admin.header(admin.token());
    String why = ", \"reason\": \"why\", \"by\": \"ada\"}";
    assertThat(post("/admin/features/propose", key, "{\"sql\": \"SELECT\"" + why).body())
        .isEqualTo(
            "{\"cost\":{\"rows\":1000,\"seconds\":2.0,\"memory_bytes\":3,\"disk_bytes\":4}}");
    assertThat(post("/admin/features/propose", key, "{\"version\": \"abc\"" + why).statusCode())
        .isEqualTo(200);
    assertThat(post("/admin/features/propose", key, "{\"x\": \"abc\"" + why).statusCode())
        .isEqualTo(422);
    assertThat(post("/admin/features/withdraw", key, "{\"x\": \"\"" + why).statusCode())
        .isEqualTo(200);
    assertThat(post("/admin/jobs/cancel", key, "{\"job\": \"7\"" + why).statusCode())
        .isEqualTo(200);
    assertThat(post("/admin/jobs/cancel", key, "{\"job\": \"x\"" + why).statusCode())
        .isEqualTo(422);
    assertThat(control.told)
        .containsExactly(
            "propose SELECT why ada",
            "propose those of abc why ada",
            "withdraw why ada",
            "cancel 7 why ada");
  }

  @Test
  void doesWhatPersonsDoAboutAlerts() throws Exception {
    String key = Admin.header(admin.token());
    String who = "\"by\": \"kim\"}";
    assertThat(post("/admin/work/claim", key, "{\"ids\": [\"7\", \"8\", \"7\"], " + who).body())
        .isEqualTo("{}");
    String closing = "{\"ids\": [\"7\"], \"code\": \"unreachable\", \"note\": \" hm \", ";
    assertThat(post("/admin/work/close", key, closing + who).statusCode()).isEqualTo(200);
    assertThat(control.told).containsExactly("claim [7, 8] kim - ", "close [7] kim unreachable hm");
    assertThat(post("/admin/work/claim", key, "{\"ids\": [], " + who).body())
        .contains("no alert is named");
    assertThat(post("/admin/work/claim", key, "{\"ids\": [\"7\"]}").statusCode()).isEqualTo(400);
    assertThat(post("/admin/work/close", key, "{\"ids\": [\"7\"], " + who).body())
        .contains("`code` is missing", "unreachable");
    assertThat(post("/admin/work/note", key, "{\"ids\": [\"7\"], " + who).body())
        .contains("`note` is missing");
    String odd = "{\"ids\": [\"7\"], \"code\": \"odd\", ";
    assertThat(post("/admin/work/close", key, odd + who).body())
        .contains("`odd` is no reason code");
    for (String body : List.of("[]", "{", "{\"ids\": [7]}", "{\"ids\": \"7\"}", "{\"by\": 7}")) {
      assertThat(post("/admin/work/claim", key, body).statusCode()).as(body).isEqualTo(422);
    }
    String many = "{\"ids\": [" + "\"1\", ".repeat(3) + numbers(501) + "], " + who;
    assertThat(post("/admin/work/claim", key, many).body()).contains("over the limit of 500");
    assertThat(post("/admin/work/steal", key, "{}").statusCode()).isEqualTo(404);
    assertThat(control.told).hasSize(2);
  }

  /// What the document says can be sent is taken, and answered as it says; without the token none.
  @Test
  void takesWhatTheDocumentGivesAsExamples() throws Exception {
    Admin answers = Admin.of(control, (_, _) -> SQL_ANSWER.getBytes(UTF_8));
    try (Server server = Server.start(factory, answers, ServerOptions.local(0));
        Wire owner = new Wire(server)) {
      for (AdminRoute route : AdminRoute.values()) {
        HttpRequest.Builder request =
            owner
                .request(route.path())
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(OpenApiTest.example(route)));
        HttpResponse<String> refused = owner.send(request.copy().build());
        assertThat(refused.statusCode()).as(route.path()).isEqualTo(401);
        OpenApiTest.assertDescribed(route, refused);
        HttpResponse<String> answer =
            owner.send(request.header("authorization", Admin.header(answers.token())).build());
        assertThat(answer.statusCode()).as("%s: %s", route.path(), answer.body()).isEqualTo(200);
        OpenApiTest.assertDescribed(route, answer);
      }
    }
  }

  private static String numbers(int count) {
    return IntStream.range(0, count).mapToObj("\"%d\""::formatted).collect(Collectors.joining(","));
  }

  @Test
  void saysWhatItCannotDo() throws Exception {
    String key = Admin.header(admin.token());
    String none = "{\"version\": \"none\", \"reason\": \"why\", \"by\": \"ada\"}";
    assertThat(post("/admin/models/promote", key, none).statusCode()).isEqualTo(404);
    HttpResponse<String> lacking = post("/admin/models/promote", key, "{\"by\": \"ada\"}");
    assertThat(lacking.statusCode()).isEqualTo(422);
    assertThat(lacking.body()).contains("the field `reason` is missing");
    assertThat(post("/admin/models/rollback", key, "[]").statusCode()).isEqualTo(422);
    assertThat(post("/admin/models/rollback", key, "{").statusCode()).isEqualTo(422);
    assertThat(post("/admin/outcomes/complete", key, none).body()).contains("`until` is missing");
    String badly = "{\"key\": \"breach\", \"for\": \"soon\", \"reason\": \"a\", \"by\": \"b\"}";
    assertThat(post("/admin/alarms/silence", key, badly).body()).contains("no length of time");
    assertThat(post("/admin/shutdown", key, "{}").statusCode()).isEqualTo(404);
    assertThat(
            wire.send(
                    wire.request("/admin/models/rollback")
                        .header("authorization", key)
                        .GET()
                        .build())
                .statusCode())
        .isEqualTo(405);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer", "Bearer ", "Bearer 00", "Basic YTpi"})
  void letsNobodyElseIn(String authorization) throws Exception {
    for (String path : List.of("/admin/models/promote", "/admin/quarantine/replay", "/admin/")) {
      HttpResponse<String> answer = post(path, authorization, "{}");
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.headers().firstValue("www-authenticate")).contains("Bearer");
      assertThat(answer.body()).contains("for the factory's owner alone");
    }
    assertThat(control.told).isEmpty();
  }

  @Test
  void letsNobodyInWhereNobodyMayRule() throws Exception {
    try (Wire plain = new Wire(Server.start(factory, ServerOptions.local(0)))) {
      assertThat(plain.post("/admin/quarantine/replay", "{}").statusCode()).isEqualTo(401);
    }
  }

  @Test
  void answersOnlyRequestsThatNameThisMachine() throws IOException {
    for (Route route : Route.values()) {
      for (String host : List.of("evil.example", "evil.example:%d", "127.0.0.1.evil.example")) {
        assertThat(wire.raw(head(route.method(), route.path(), host)))
            .startsWith("HTTP/1.1 421 ")
            .contains("the request is for another host");
      }
    }
    assertThat(wire.raw(head("POST", "/admin/quarantine/replay", "evil.example")))
        .startsWith("HTTP/1.1 421 ");
    for (String host : List.of("localhost", "LocalHost:%d", "127.0.0.1:%d", "[::1]:%d")) {
      assertThat(wire.raw(head("GET", "/health/live", host))).startsWith("HTTP/1.1 200 ");
    }
  }

  private String head(String method, String path, String host) {
    return "%s %s HTTP/1.1\r\nhost: %s\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
        .formatted(method, path.replace("{id}", "1"), host.formatted(wire.server.port()));
  }

  @Test
  void keepsTheTokenWhereOnlyTheOwnerReadsIt() throws IOException {
    Files.writeString(folder.resolve("admin.token"), "what a killed process left");
    AdminAccess.Granted granted = AdminAccess.grant(folder, "http://127.0.0.1:1", admin);
    try (granted) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(granted.file())))
          .isEqualTo("rw-------");
      AdminAccess access = AdminAccess.find(folder).orElseThrow();
      assertThat(access.url()).isEqualTo(URI.create("http://127.0.0.1:1"));
      assertThat(admin.admits(access.header())).isTrue();
      assertThat(access.toString() + admin).doesNotContain(admin.token());
    }
    assertThat(AdminAccess.find(folder)).isEmpty();
    assertThat(Admin.of(control).token()).hasSize(64).isNotEqualTo(admin.token());
  }
}
