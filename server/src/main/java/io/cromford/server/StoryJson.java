package io.cromford.server;

import io.cromford.flywheel.SavedSince;
import io.cromford.flywheel.WeekFigures.Ranged;
import io.cromford.serving.StoriesView;
import io.cromford.serving.Story;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// The answer to `GET /v1/story`.
final class StoryJson {
  private static final int STORY_BYTES = 3000;

  private final JsonBody body;
  private final JsonGenerator json;

  private StoryJson(JsonBody body) {
    this.body = body;
    this.json = body.json();
  }

  static byte[] of(StoriesView view) {
    JsonBody body = new JsonBody(STORY_BYTES * (1 + view.stories().size()));
    new StoryJson(body).write(view);
    return body.bytes();
  }

  private void write(StoriesView view) {
    json.writeStartObject();
    json.writeStringProperty("at", Instant.ofEpochMilli(view.atMillis()).toString());
    json.writeStringProperty("currency", view.currency());
    json.writeBooleanProperty("live", view.isLive());
    json.writeArrayPropertyStart("stories");
    view.stories().forEach(this::write);
    json.writeEndArray();
    json.writeEndObject();
  }

  private void write(StoriesView.Told told) {
    Story story = told.story();
    json.writeStartObject();
    json.writeNumberProperty("number", story.number());
    json.writeStringProperty("kind", name(story.trouble().kind()));
    json.writeStringProperty("stage", name(story.stage()));
    json.writeStringProperty("text", told.text());
    json.writeNumberProperty("week", told.week());
    story.trouble().since().ifPresent(since -> time("since", since));
    alarm(story.trouble());
    story.answer().ifPresent(this::answer);
    saved(told.saved());
    if (told.maturesMillis() > 0) {
      time("matures_at", Instant.ofEpochMilli(told.maturesMillis()));
    }
    json.writeArrayPropertyStart("steps");
    story.steps().forEach(this::step);
    json.writeEndArray();
    json.writeEndObject();
  }

  private void alarm(Story.Trouble trouble) {
    json.writeObjectPropertyStart("alarm");
    json.writeStringProperty("key", trouble.key());
    time("at", trouble.at());
    json.writeNumberProperty("raised", trouble.raised());
    json.writeStringProperty("message", trouble.message());
    json.writeEndObject();
  }

  private void answer(Story.Answer answer) {
    json.writeObjectPropertyStart("answer");
    json.writeStringProperty("model", answer.model());
    json.writeStringProperty("former", answer.former());
    time("from", answer.from());
    if (!answer.until().equals(Instant.MAX)) {
      time("until", answer.until());
    }
    json.writeStringProperty("by", answer.by());
    json.writeNumberProperty("later", answer.later());
    json.writeEndObject();
  }

  private void saved(@Nullable SavedSince saved) {
    if (saved == null) {
      return;
    }
    json.writeObjectPropertyStart("saved");
    time("from", Instant.ofEpochMilli(saved.fromMillis()));
    time("until", Instant.ofEpochMilli(saved.untilMillis()));
    json.writeNumberProperty("decisions", saved.decisions());
    ranged("learning", saved.saved().learning());
    ranged("frozen", saved.saved().frozen());
    ranged("difference", saved.saved().difference());
    json.writeEndObject();
  }

  private void ranged(String name, Ranged ranged) {
    json.writeObjectPropertyStart(name);
    body.number("value", ranged.value());
    if (Double.isFinite(ranged.interval().low())) {
      body.number("low", ranged.interval().low());
      body.number("high", ranged.interval().high());
    }
    json.writeEndObject();
  }

  private void step(Story.Step step) {
    json.writeStartObject();
    json.writeStringProperty("what", name(step.what()));
    time("at", step.at());
    if (!step.model().isEmpty()) {
      json.writeStringProperty("model", step.model());
    }
    json.writeStringProperty("text", step.text());
    json.writeEndObject();
  }

  private void time(String name, Instant at) {
    json.writeStringProperty(name, at.toString());
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
