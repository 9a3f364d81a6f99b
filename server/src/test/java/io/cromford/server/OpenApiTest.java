package io.cromford.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cromford.core.ErrorCode;
import io.cromford.flywheel.work.WorkStep;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OpenApiTest {
  private static final Map<String, Object> DOCUMENT =
      JsonTree.object(JsonTree.parse(new String(OpenApi.document(), UTF_8)));

  @Test
  void describesEachRouteAndNoOther() {
    TreeSet<String> described = new TreeSet<>();
    JsonTree.object(DOCUMENT.get("paths"))
        .forEach((path, methods) ->
            JsonTree.object(methods)
                .keySet()
                .forEach(method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path)));
    Stream<String> forAnybody = Arrays.stream(Route.values()).map(r -> r.method() + " " + r.path());
    Stream<String> forTheOwner = Arrays.stream(AdminRoute.values()).map(r -> "POST " + r.path());
    assertThat(described)
        .containsExactlyInAnyOrderElementsOf(Stream.concat(forAnybody, forTheOwner).toList());
  }

  @Test
  void saysOfEachOfTheOwnersRoutesThatItNeedsTheTokenAndWhatIsRefused() {
    for (AdminRoute route : AdminRoute.values()) {
      Map<String, Object> described = method(route.path(), "post");
      assertThat(described.get("security")).as(route.path()).hasToString("[{owner=[]}]");
      assertThat(JsonTree.object(described.get("responses")))
          .as(route.path())
          .containsKeys("200", "401", "413", "415", "422", "500", "503");
    }
  }

  @Test
  void hasAnOperationIdOfItsOwnForEachRoute() {
    List<Object> ids = new ArrayList<>();
    JsonTree.object(DOCUMENT.get("paths"))
        .forEach((_, methods) ->
            JsonTree.object(methods)
                .forEach((_, method) -> ids.add(JsonTree.object(method).get("operationId"))));
    assertThat(ids).doesNotHaveDuplicates().doesNotContainNull();
  }

  /// Each step that a person can take about an alert has its route.
  @Test
  void hasARouteForEachStepOfTheWork() {
    assertThat(Arrays.stream(AdminRoute.values()).flatMap(route -> route.step().stream()))
        .containsExactly(WorkStep.values());
  }

  @Test
  void listsEachCode() {
    Object code = schemas().get("Code");
    assertThat(JsonTree.array(JsonTree.object(code).get("enum")))
        .containsExactlyElementsOf(Arrays.stream(ErrorCode.values()).map(Enum::name).toList());
  }

  @Test
  void listsTheStatusesOfItems() {
    for (String name : List.of("Refused", "Failed", "Decided", "Accepted")) {
      assertThat(JsonTree.object(schemas().get(name)).get("required").toString())
          .contains("status", "result");
    }
  }

  private static Map<String, Object> schemas() {
    return JsonTree.object(JsonTree.object(DOCUMENT.get("components")).get("schemas"));
  }

  private static Map<String, Object> method(String path, String method) {
    Map<String, Object> methods = JsonTree.object(JsonTree.object(DOCUMENT.get("paths")).get(path));
    return JsonTree.object(methods.get(method));
  }

  /// The body that the document gives as an example, which is as its schema says.
  static String example(AdminRoute route) {
    Map<String, Object> body = JsonTree.object(method(route.path(), "post").get("requestBody"));
    Map<String, Object> json =
        JsonTree.object(JsonTree.object(body.get("content")).get("application/json"));
    Object example = json.get("example");
    assertThat(new OpenApiSchema(DOCUMENT).problems(json.get("schema"), example, "example"))
        .as(route.path())
        .isEmpty();
    return JsonTree.text(example);
  }

  /// Holds an answer against what the document says of its route: status, type, form, headers.
  static void assertDescribed(Route route, HttpResponse<String> answer) {
    assertDescribed(route.path(), route.method().toLowerCase(Locale.ROOT), answer);
  }

  /// The same of one of the owner's.
  static void assertDescribed(AdminRoute route, HttpResponse<String> answer) {
    assertDescribed(route.path(), "post", answer);
  }

  private static void assertDescribed(String path, String method, HttpResponse<String> answer) {
    Map<String, Object> responses = JsonTree.object(method(path, method).get("responses"));
    String status = Integer.toString(answer.statusCode());
    assertThat(responses).as("the answers of %s", path).containsKey(status);
    Map<String, Object> response = JsonTree.object(responses.get(status));
    Map<String, Object> content = JsonTree.object(response.get("content"));
    String type = answer.headers().firstValue("content-type").orElseThrow().split(";")[0];
    assertThat(content).containsOnlyKeys(type);
    if (type.endsWith("json")) {
      Object schema = JsonTree.object(content.get(type)).get("schema");
      Object body = JsonTree.parse(answer.body());
      assertThat(new OpenApiSchema(DOCUMENT).problems(schema, body, "body"))
          .as(answer.body())
          .isEmpty();
    }
    if (response.containsKey("headers")) {
      JsonTree.object(response.get("headers"))
          .keySet()
          .forEach(name -> assertThat(answer.headers().firstValue(name)).isPresent());
    }
  }
}
