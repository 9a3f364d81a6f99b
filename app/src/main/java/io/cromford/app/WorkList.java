package io.cromford.app;

import io.cromford.flywheel.work.WorkItem;
import io.cromford.serving.Decision;
import io.cromford.serving.WorkView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// The alerts as work, as a factory that is open here says it, or another process's endpoint.
///
/// @param currency of the money
/// @param summary what the day's work comes to, in words
/// @param lines the most money at risk first
record WorkList(String currency, String summary, List<Line> lines) {
  /// An alert as work.
  ///
  /// @param words who holds or closed it, and what was written last
  record Line(String id, String status, double atRisk, double score, String at, String words) {}

  static WorkList of(WorkView view) {
    WorkView.Budget budget = view.budget();
    return new WorkList(
        view.currency(),
        summary(budget.alertsPerDay(), budget.alerted(), budget.worked(), budget.lapsed()),
        view.entries().stream().map(WorkList::line).toList());
  }

  private static Line line(WorkView.Entry entry) {
    WorkItem item = entry.item();
    List<String> words = new ArrayList<>();
    if (item.claimed() != null) {
      words.add("held by " + item.claimed().by());
    }
    if (item.closed() != null) {
      words.add("%s, by %s".formatted(item.closed().code().text(), item.closed().word().by()));
    }
    if (!item.notes().isEmpty()) {
      words.add(note(item.notes().getLast().by(), item.notes().getLast().text()));
    }
    return new Line(
        entry.line().id(),
        item.status().text(),
        entry.line().stake().atRisk(),
        entry.line().decision().map(Decision::score).orElse(Double.NaN),
        entry.line().at().toString(),
        String.join("; ", words));
  }

  static WorkList of(JsonNode said) {
    JsonNode budget = said.path("budget");
    List<Line> lines = new ArrayList<>();
    said.path("alerts").forEach(alert -> lines.add(line(alert)));
    return new WorkList(
        said.path("currency").asString(),
        summary(
            budget.path("alerts_per_day").asInt(),
            budget.path("alerted_today").asInt(),
            budget.path("worked_today").asLong(),
            budget.path("lapsed").asLong()),
        lines);
  }

  private static Line line(JsonNode alert) {
    JsonNode work = alert.path("work");
    List<String> words = new ArrayList<>();
    if (work.path("claimed").isObject()) {
      words.add("held by " + work.path("claimed").path("by").asString());
    }
    JsonNode closed = work.path("closed");
    if (closed.isObject()) {
      words.add(
          "%s, by %s".formatted(closed.path("code").asString(), closed.path("by").asString()));
    }
    JsonNode notes = work.path("notes");
    if (!notes.isEmpty()) {
      JsonNode last = notes.get(notes.size() - 1);
      words.add(note(last.path("by").asString(), last.path("note").asString()));
    }
    return new Line(
        alert.path("id").asString(),
        work.path("status").asString(),
        alert.path("at_risk").asDouble(),
        alert.path("score").asDouble(),
        alert.path("at").asString(),
        String.join("; ", words));
  }

  /// On one line, whatever was written.
  private static String note(String by, String text) {
    return "%s wrote: %s".formatted(by, text.replaceAll("\\s+", " "));
  }

  private static String summary(int perDay, int alerted, long worked, long lapsed) {
    return String.format(
        Locale.ROOT,
        "today %,d alerts of %,d a day, %,d worked on; %,d lapsed in all before anybody worked on them",
        alerted,
        perDay,
        worked,
        lapsed);
  }
}
