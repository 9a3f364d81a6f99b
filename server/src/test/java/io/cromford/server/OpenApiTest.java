package io.cromford.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cromford.core.ErrorCode;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
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
    assertThat(described.stream().filter(route -> !route.contains(AdminRoutes.PREFIX)))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Route.values()).map(r -> r.method() + " " + r.path()).toList());
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

  /// Holds an answer against what the document says of its route: status, type, form, headers.
  static void assertDescribed(Route route, HttpResponse<String> answer) {
    Map<String, Object> path =
        JsonTree.object(JsonTree.object(DOCUMENT.get("paths")).get(route.path()));
    Map<String, Object> method = JsonTree.object(path.get(route.method().toLowerCase(Locale.ROOT)));
    Map<String, Object> responses = JsonTree.object(method.get("responses"));
    String status = Integer.toString(answer.statusCode());
    assertThat(responses).as("the answers of %s", route.path()).containsKey(status);
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
