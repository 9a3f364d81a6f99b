package io.cromford.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.cromford.core.ErrorCode;
import io.cromford.intake.RawRecord;
import io.cromford.serving.Action;
import io.cromford.serving.DecisionSearch;
import io.cromford.serving.Result;
import io.cromford.serving.Submission;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Each route over a real socket; each answer is held against the OpenAPI document.
class ServerTest {
  private final FakeFactory factory = new FakeFactory();
  private final Wire wire = new Wire(Server.start(factory, ServerOptions.local(0)));

  @AfterEach
  void stop() {
    wire.close();
    factory.close();
  }

  static String payment(long id, String amount) {
    return "{\"tx_id\": %d, \"ts\": \"2018-05-06T00:00:00Z\", \"amount\": %s}"
        .formatted(id, amount);
  }

  private HttpResponse<String> post(Route route, String body) throws Exception {
    return checked(route, wire.post(route.path(), body));
  }

  /// The answer, after it was held against the document.
  static HttpResponse<String> checked(Route route, HttpResponse<String> answer) {
    OpenApiTest.assertDescribed(route, answer);
    return answer;
  }

  private static Map<String, Object> json(HttpResponse<String> answer) {
    return JsonTree.object(JsonTree.parse(answer.body()));
  }

  @Test
  void listsAlarmsAndWhatBecameOfThem() throws Exception {
    HttpResponse<String> answer = checked(Route.ALARMS, wire.get("/v1/alarms"));
    assertThat(JsonTree.array(json(answer).get("alarms")).stream().map(JsonTree::object))
        .extracting(
            alarm -> alarm.get("key") + " " + alarm.get("state") + " " + alarm.get("runbook"))
        .containsExactly(
            "breach/cd acknowledged docs/alarms.md#breach",
            "missed-frauds open docs/alarms.md#missed-frauds",
            "outcomes/silence silenced docs/alarms.md#outcomes-silence",
            "breach/ab ended docs/alarms.md#breach");
    assertThat(answer.body()).contains("\"acknowledged\":{\"at\":\"2018-05-06T00:00:00Z\"");
    assertThat(wire.get("/metrics").body()).contains("cromford_alarms_open 3.0");
  }

  private static List<Object> items(HttpResponse<String> answer) {
    return JsonTree.array(json(answer).get("items"));
  }

  private static List<String> statuses(HttpResponse<String> answer) {
    return items(answer).stream()
        .map(item -> JsonTree.object(item))
        .map(item -> item.get("status") + " " + item.get("result"))
        .toList();
  }

  @Test
  void decidesOnOneRecord() throws Exception {
    HttpResponse<String> answer = post(Route.DECIDE, payment(7, "900.00"));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            """
            {"status":200,"result":"decided","id":"7","action":"alert","score":0.9,"threshold":0.5,\
            "model":"%s","reasons":[{"feature":"amount","contribution":1.5}],"position":64}\
            """
                .formatted("ab".repeat(32)));
  }

  @Test
  void answersTheSameAgainAndAnotherBodyWithAConflict() throws Exception {
    HttpResponse<String> first = post(Route.DECIDE, payment(7, "900.00"));
    HttpResponse<String> again = post(Route.DECIDE, payment(7, "900"));
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.body()).isEqualTo(first.body().replace("\"decided\"", "\"known\""));
    HttpResponse<String> other = post(Route.DECIDE, payment(7, "1.00"));
    assertThat(other.statusCode()).isEqualTo(409);
    assertThat(json(other)).containsEntry("code", "ID_CONFLICT").containsEntry("rule", "id");
  }

  @Test
  void answersABatchItemByItem() throws Exception {
    String good = payment(1, "1");
    String bad = payment(2, "\"much\"");
    for (String form :
        List.of("[%s,%s,%s]", "{\"items\":[%s,%s,%s]}", " { \"items\" : [%s,%s,%s] } ")) {
      HttpResponse<String> answer =
          post(Route.DECIDE, form.formatted(good, bad, payment(3, "2.5")));
      assertThat(answer.statusCode()).isEqualTo(207);
      assertThat(statuses(answer).get(1)).isEqualTo("422 refused");
      assertThat(JsonTree.object(items(answer).get(1)))
          .containsEntry("column", "amount")
          .containsEntry("rule", "type");
      assertThat(statuses(answer)).hasSize(3).element(2).asString().startsWith("200 ");
    }
    assertThat(post(Route.DECIDE, "[" + payment(8, "1") + "]").statusCode()).isEqualTo(200);
    assertThat(post(Route.DECIDE, "[]").body()).isEqualTo("{\"items\":[]}");
  }

  @Test
  void takesOneRecordALine() throws Exception {
    String body = payment(1, "1") + "\r\n\n" + "{\"tx_id\": 2,\n" + payment(3, "1") + " 5\n17\n";
    HttpResponse<String> answer =
        checked(Route.DECIDE, wire.post("/v1/decisions", "application/x-ndjson", body));
    assertThat(answer.statusCode()).isEqualTo(207);
    assertThat(statuses(answer))
        .containsExactly("200 decided", "422 refused", "422 refused", "422 refused");
    assertThat(items(answer).get(1).toString()).contains("line 3, column");
    assertThat(items(answer).get(2).toString()).contains("line 4 holds more than one JSON text");
  }

  @Test
  void takesOutcomes() throws Exception {
    HttpResponse<String> one = post(Route.JUDGE, "{\"tx_id\": 7, \"fraud\": true}");
    assertThat(one.body()).isEqualTo("{\"status\":200,\"result\":\"accepted\",\"id\":\"7\"}");
    HttpResponse<String> two = post(Route.JUDGE, "[{\"tx_id\": 7, \"fraud\": 1}, {\"tx_id\": 8}]");
    assertThat(statuses(two)).containsExactly("200 accepted", "422 refused");
    assertThat(factory.seen).extracting(Submission::source).containsOnly("chargebacks");
  }

  @Test
  void takesAMixedBatchInItsOrder() throws Exception {
    String body =
        """
        [{"source": "payments", "record": %s,
          "replay": {"arrival": 1525564800000, "file": "a.csv.gz", "identity": "3f", "row": 6, "line": 8}},
         {"record": {"fraud": false, "tx_id": 1}, "source": "chargebacks"},
         {"source": "payment", "record": {}},
         {"source": "payments"},
         {"record": {}},
         {"source": "payments", "record": {}, "colour": "red"},
         {"source": 3, "record": {}},
         {"source": "payments", "record": [1, 2]},
         {"source": "payments", "record": {}, "replay": {"arrival": 1e3, "file": "a", "identity": "3f", "row": 0, "line": 1}},
         {"source": "payments", "source": "payments", "record": {}},
         {"source": "payments", "record": {}, "record": {}},
         [],
         {"source": "chargebacks", "record": {"tx_id": 2, "fraud": true}}]
        """
            .formatted(payment(1, "3"));
    HttpResponse<String> answer = post(Route.RECORDS, body);
    assertThat(answer.statusCode()).isEqualTo(207);
    assertThat(statuses(answer))
        .startsWith("200 decided", "200 accepted")
        .endsWith("200 accepted")
        .hasSize(13);
    String messages = items(answer).toString();
    assertThat(messages)
        .contains("Maybe you meant `payments`")
        .contains("the item has no record")
        .contains("the item names no source")
        .contains("only source, record and replay")
        .contains("`source` is not a text")
        .contains("the record is not a JSON object")
        .contains("`replay` needs the integers arrival, row and line")
        .contains("the field `source` appears twice")
        .contains("the field `record` appears twice")
        .contains("the item is not a JSON object");
    assertThat(factory.seen.getFirst().replay())
        .isEqualTo(
            new Submission.Replay(
                1_525_564_800_000L, new io.cromford.intake.Origin("a.csv.gz", "3f", 6, 8), null));
    assertThat(factory.seen.stream().map(Submission::source))
        .containsExactly("payments", "chargebacks", "payments", "chargebacks");
  }

  @Test
  void takesAMixedBatchOfLines() throws Exception {
    String body =
        IntStream.range(0, 50)
            .mapToObj(i -> "{\"record\": %s, \"source\": \"payments\"}".formatted(payment(i, "1")))
            .collect(Collectors.joining("\n"));
    HttpResponse<String> answer =
        checked(Route.RECORDS, wire.post("/v1/records", "application/x-ndjson", body));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(statuses(answer)).hasSize(50).containsOnly("200 decided");
  }

  @Test
  void keepsNumbersAsTheyAreWritten() throws Exception {
    String long1 = "85.64999999999999";
    String long2 = "1e400";
    String long3 = "123456789012345678901234567890";
    HttpResponse<String> answer =
        post(
            Route.DECIDE,
            "[%s,%s,%s]".formatted(payment(1, long1), payment(2, long2), payment(3, long3)));
    assertThat(factory.seen.stream().map(s -> s.record().text(2)))
        .containsExactly(long1, long2, long3);
    assertThat(factory.seen.stream().map(s -> s.record().kind(2)))
        .containsOnly(RawRecord.Kind.NUMBER);
    assertThat(items(answer).stream().map(item -> JsonTree.object(item).get("rule")))
        .containsExactly("scale", "range", "range");
  }

  @Test
  void rebuildsADecision() throws Exception {
    post(Route.DECIDE, payment(7, "900.00"));
    HttpResponse<String> answer = checked(Route.DECISION, wire.get("/v1/decisions/7"));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json(answer))
        .containsEntry("id", "7")
        .containsEntry("arrived_at", "2018-05-06T00:00:00Z");
    for (String id : List.of("8", "%37%38", "a%2Fb", "x".repeat(300))) {
      HttpResponse<String> none = checked(Route.DECISION, wire.get("/v1/decisions/" + id));
      assertThat(none.statusCode()).isEqualTo(404);
    }
    assertThat(wire.get("/v1/decisions/%37").statusCode()).isEqualTo(200);
  }

  @Test
  void searchesForDecisions() throws Exception {
    post(Route.DECIDE, payment(7, "900.00"));
    String asked =
        """
        {"where": {"id": 7, "shop": "a"}, "actions": ["alert", "alerted-before"],
         "score": {"least": 0.5}, "from": "2018-05-01T00:00:00Z", "limit": 20, "cursor": 9}
        """;
    HttpResponse<String> answer = checked(Route.SEARCH, wire.post("/v1/decisions/search", asked));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(factory.searched)
        .isEqualTo(
            new DecisionSearch(
                Map.of("id", "7", "shop", "a"),
                Set.of(Action.ALERT, Action.ALERTED_BEFORE),
                new DecisionSearch.Scores(0.5, 1),
                new DecisionSearch.Times(
                    Optional.of(Instant.parse("2018-05-01T00:00:00Z")), Optional.empty()),
                new DecisionSearch.Page(20, OptionalInt.of(9))));
    assertThat(checked(Route.DECISION_HISTORY, wire.get("/v1/decisions/7/history")).statusCode())
        .isEqualTo(200);
    assertThat(checked(Route.DECISION_HISTORY, wire.get("/v1/decisions/8/history")).body())
        .contains("there is no observation with this id");
    assertThat(checked(Route.DECISION_REBUILT, wire.get("/v1/decisions/99/rebuilt")).statusCode())
        .isEqualTo(404);
    assertThat(checked(Route.WORK, wire.get("/v1/work")).body()).contains("[OPEN, CLAIMED]");
    assertThat(checked(Route.WORK, wire.get("/v1/work?status=closed,open")).body())
        .contains("[CLOSED, OPEN]");
    assertThat(checked(Route.WORK, wire.get("/v1/work?status=gone")).statusCode()).isEqualTo(400);
  }

  @Test
  void refusesASearchForWhatIsNone() throws Exception {
    Map<String, String> refusals =
        Map.of(
            "[", "no JSON object",
            "{\"wher\": {}}", "Maybe you meant `where`",
            "{\"where\": [1]}", "no object of columns",
            "{\"where\": {\"id\": 1.5}}", "a text or a whole number",
            "{\"actions\": [\"stop\"]}", "`stop` is no action",
            "{\"from\": \"yesterday\"}", "`from` is no moment",
            "{\"score\": {\"least\": 2}}", "the range of scores is empty",
            "{\"limit\": 5000}", "a page of 5000 decisions is none",
            "{\"cursor\": -1}", "`cursor` is out of range");
    for (Map.Entry<String, String> refusal : refusals.entrySet()) {
      HttpResponse<String> answer =
          checked(Route.SEARCH, wire.post("/v1/decisions/search", refusal.getKey()));
      assertThat(answer.statusCode()).as(refusal.getKey()).isIn(400, 422);
      assertThat(answer.body()).contains(refusal.getValue());
    }
  }

  @Test
  void searchesAllDecisionsAsAJobWithoutAWordOfItInAnAddress() throws Exception {
    HttpResponse<String> begun =
        checked(
            Route.SEARCH_ALL,
            wire.post("/v1/decisions/searches", "{\"where\": {\"shop\": \"a\"}}"));
    assertThat(begun.statusCode()).isEqualTo(202);
    assertThat(begun.body())
        .isEqualTo("{\"id\":\"s1\",\"job\":3,\"state\":\"running\",\"rows_done\":0,\"rows\":1000}");
    assertThat(checked(Route.SEARCHED, wire.get("/v1/decisions/searches/s1")).body())
        .contains("\"state\":\"done\"", "\"expires_at\":\"2018", "\"next\":3", "\"id\":\"7\"");
    assertThat(checked(Route.SEARCHED, wire.get("/v1/decisions/searches/x")).statusCode())
        .isEqualTo(404);
    assertThat(
            checked(Route.SEARCH_ALL, wire.post("/v1/decisions/searches", "{\"x\": 1}"))
                .statusCode())
        .isEqualTo(400);
  }

  @Test
  void saysWhatRunsBesideTheServing() throws Exception {
    assertThat(checked(Route.JOBS, wire.get("/v1/jobs")).body())
        .contains("\"rows_done\":250,\"cost\":{\"rows\":1000,\"seconds\":1.5")
        .contains("\"next\":{\"kind\":\"training\"");
  }

  @Test
  void saysHowTheMonitorsStand() throws Exception {
    HttpResponse<String> answer = checked(Route.MONITORS, wire.get("/v1/monitors"));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains(
            """
            {"key":"volume/payments","monitor":"volume","subject":"payments","state":"alarm",\
            "value":5.0,"usual":10.0,"low":7.5,"high":13.0,"since":"2018-05-06T00:00:00Z"}\
            """)
        .contains("\"truth\":{\"average_precision\":0.75,\"recall\":0.5,\"positives\":12.5}");
  }

  @Test
  void tellsWhatHappened() throws Exception {
    assertThat(checked(Route.STORY, wire.get("/v1/story")).body())
        .contains("\"live\":false,\"stories\":[]");
    factory.learning = new FakeLearning();
    assertThat(checked(Route.STORY, wire.get("/v1/story")).body())
        .contains("\"stage\":\"taken-back\"", "\"message\":\"<script>\"", "\"by\":\"ada\"")
        .contains("\"decisions\":12,\"learning\":{\"value\":0.75,\"low\":0.7,\"high\":0.8}")
        .contains("\"text\":\"as far as it goes\",\"week\":0,\"alarm\":");
  }

  @Test
  void saysWhatLearningCameTo() throws Exception {
    assertThat(checked(Route.WEEKS, wire.get("/v1/weeks")).body()).contains("\"closed\":[]");
    factory.learning = new FakeLearning();
    assertThat(checked(Route.WEEKS, wire.get("/v1/weeks")).body())
        .contains("\"learning\":{\"value\":0.75,\"low\":0.7,\"high\":0.8}")
        .contains("\"frozen\":{\"value\":null}", "\"recall\":{\"at_least\":0.25,\"at_most\":0.5}");
    assertThat(checked(Route.WHAT_IF, wire.get("/v1/what-if")).body())
        .contains("\"alerts_per_day\":20,\"weeks\":[]");
    assertThat(checked(Route.MISSED, wire.get("/v1/missed?week=3")).body())
        .contains("\"feature\":\"shop\",\"value\":null", "\"shop\":\"<script>\"");
    assertThat(checked(Route.MISSED, wire.get("/v1/missed?week=9")).statusCode()).isEqualTo(404);
    for (String week : List.of("", "-1", "x", "123456")) {
      HttpResponse<String> refused = checked(Route.MISSED, wire.get("/v1/missed?week=" + week));
      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(refused.body()).contains("`week` is no number.\\nMaybe ");
    }
  }

  @Test
  void showsPoliciesAndTagsThem() throws Exception {
    assertThat(checked(Route.POLICIES, wire.get("/v1/policies")).body())
        .contains("\"file\":{}", "\"versions\":[]")
        .doesNotContain("proposal");
    factory.learning = new FakeLearning();
    HttpResponse<String> policies = checked(Route.POLICIES, wire.get("/v1/policies"));
    assertThat(policies.headers().firstValue("etag")).contains("\"3\"");
    assertThat(policies.body())
        .contains("\"by\":\"ada\",\"reason\":\"<script>\"")
        .contains("\"words\":\"20 → 30 alerts a day, 5.0 → 4.0 for looking at an alert\"")
        .contains("\"file\":{\"alerts_per_day\":10}");
  }

  @Test
  void showsModelsAndTagsWhoServes() throws Exception {
    assertThat(checked(Route.MODEL, wire.get("/v1/models/ab")).statusCode()).isEqualTo(404);
    factory.learning = new FakeLearning();
    HttpResponse<String> models = checked(Route.MODELS, wire.get("/v1/models"));
    assertThat(models.headers().firstValue("etag")).contains("\"7\"");
    assertThat(models.body())
        .contains("\"revision\":\"7\"", "\"stage\":\"canary\"", "\"outside\":[\"too wide\"]")
        .contains(
            "\"live\":{\"scores\":5,\"threshold\":0.25,\"alerts_today\":1,\"score_micros\":1.5}");
    assertThat(checked(Route.MODEL, wire.get("/v1/models/champion")).body())
        .contains("\"drawn\":{\"rows\":3}", "\"score_micros\":1.5");
  }

  @Test
  void saysHowItIs() throws Exception {
    assertThat(checked(Route.LIVE, wire.get("/health/live")).statusCode()).isEqualTo(200);
    assertThat(checked(Route.READY, wire.get("/health/ready")).body()).contains("ab serves");
    factory.ready = false;
    HttpResponse<String> answer = checked(Route.READY, wire.get("/health/ready"));
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("no model serves yet");
    assertThat(answer.headers().firstValue("retry-after")).contains("1");
    assertThat(wire.get("/health/live").statusCode()).isEqualTo(200);
  }

  @Test
  void showsItsCounters() throws Exception {
    post(Route.DECIDE, "[%s,%s,{}]".formatted(payment(1, "900"), payment(2, "1")));
    wire.get("/nowhere");
    HttpResponse<String> answer = checked(Route.METRICS, wire.get("/metrics"));
    assertThat(answer.body())
        .contains("cromford_http_records_total{result=\"decided\"} 2.0")
        .contains("cromford_http_records_total{result=\"refused\"} 1.0")
        .contains("cromford_decisions_total 2.0")
        .contains("cromford_alerts_total 1.0")
        .contains("cromford_ready 1.0")
        .contains("cromford_ledger_bytes 4096.0")
        .contains("cromford_http_answers_total{route=\"/v1/decisions\",status=\"207\"} 1.0")
        .contains("cromford_http_answers_total{route=\"none\",status=\"404\"} 1.0")
        .contains("cromford_http_request_seconds_count{method=\"POST\",route=\"/v1/decisions\"} 1")
        .contains("jvm_memory_used_bytes");
  }

  @Test
  void passesOnThatTheFactoryCannot() throws Exception {
    factory.always = new Result.Failed(ErrorCode.STORAGE, "the disk is full.\nMaybe make room.");
    HttpResponse<String> one = post(Route.DECIDE, payment(1, "1"));
    assertThat(one.statusCode()).isEqualTo(503);
    assertThat(one.headers().firstValue("retry-after")).contains("1");
    assertThat(one.body()).contains("the disk is full.\\nMaybe make room.");
    HttpResponse<String> two = post(Route.DECIDE, "[%s,%s]".formatted(payment(1, "1"), "{}"));
    assertThat(two.statusCode()).isEqualTo(503);
    assertThat(two.body()).contains("the disk is full");
    factory.always = null;
    assertThat(post(Route.DECIDE, payment(1, "1")).statusCode()).isEqualTo(200);
  }

  @Test
  void saysThatItFailedAndNotWith() throws Exception {
    List<String> logged = new CopyOnWriteArrayList<>();
    Logger logger = Logger.getLogger(Exchange.class.getName());
    Handler handler = new LogHandler(logged);
    logger.addHandler(handler);
    try {
      factory.failure = new IllegalStateException("secret");
      HttpResponse<String> answer = post(Route.DECIDE, payment(1, "987.65"));
      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(answer.body()).contains("INTERNAL").doesNotContain("secret");
      assertThat(logged)
          .singleElement()
          .asString()
          .contains("POST /v1/decisions failed: java.lang.IllegalStateException")
          .doesNotContain("secret", "987.65");
    } finally {
      logger.removeHandler(handler);
    }
  }

  @Test
  void logsNothingOfWhatItRefuses() throws Exception {
    List<String> logged = new CopyOnWriteArrayList<>();
    Logger root = Logger.getLogger("");
    Handler handler = new LogHandler(logged);
    root.addHandler(handler);
    try {
      post(Route.DECIDE, payment(1, "\"hers\""));
      post(Route.DECIDE, "[{\"hers\"");
      wire.get("/hers");
      assertThat(String.join("\n", logged)).doesNotContain("hers");
    } finally {
      root.removeHandler(handler);
    }
  }

  /// Keeps what is logged.
  private static final class LogHandler extends Handler {
    private final List<String> lines;

    LogHandler(List<String> lines) {
      this.lines = lines;
    }

    @Override
    public void publish(LogRecord line) {
      lines.add(line.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
