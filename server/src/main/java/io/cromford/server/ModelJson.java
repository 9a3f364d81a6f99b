package io.cromford.server;

import io.cromford.model.ModelContents;
import io.cromford.model.ModelSchema;
import io.cromford.serving.FactoryHistory;
import io.cromford.serving.ModelView;
import io.cromford.serving.definition.About;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// The answer to `GET /v1/models/{id}`.
final class ModelJson {
  private static final int BYTES = 1 << 16;

  private final JsonBody body = new JsonBody(BYTES);
  private final JsonGenerator json = body.json();

  private ModelJson() {}

  static byte[] of(ModelView view) {
    ModelJson writer = new ModelJson();
    writer.write(view);
    return writer.body.bytes();
  }

  private void write(ModelView view) {
    json.writeStartObject();
    json.writeStringProperty("revision", view.revision());
    ModelsJson.line(body, view.line());
    contents(view.contents());
    view.judgement()
        .ifPresent(judgement -> {
          json.writeObjectPropertyStart("judgement");
          ModelsJson.judgement(body, judgement);
          json.writeEndObject();
        });
    evaluation(view.evaluation());
    dossier(view.dossier());
    json.writeEndObject();
  }

  private void contents(ModelContents contents) {
    json.writeNumberProperty("seed", contents.training().seed());
    json.writeObjectPropertyStart("libraries");
    contents.training().libraries().forEach(json::writeStringProperty);
    json.writeEndObject();
    json.writeArrayPropertyStart("features");
    for (ModelSchema.Feature feature : contents.schema().features()) {
      json.writeStartObject();
      json.writeStringProperty("name", feature.name());
      json.writeStringProperty("type", feature.type());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeStringProperty("features_sql", contents.featuresSql());
    json.writeStringProperty("card", contents.card());
  }

  private void evaluation(ModelView.@Nullable Evaluation evaluation) {
    if (evaluation != null) {
      json.writeObjectPropertyStart("evaluation");
      json.writeStringProperty("of", evaluation.of());
      json.writeName("drawn");
      json.writeRawValue(evaluation.json().strip());
      json.writeEndObject();
    }
  }

  private void dossier(ModelView.OnRecord dossier) {
    json.writeObjectPropertyStart("dossier");
    About about = dossier.about();
    json.writeStringProperty("factory", about.name());
    json.writeStringProperty("owner", about.owner());
    json.writeStringProperty("purpose", about.purpose());
    texts("limits", about.limits());
    json.writeStringProperty("tier", about.governance().tier());
    json.writeStringProperty("next_review", about.governance().nextReview());
    texts("validations", about.governance().validations());
    json.writeStringProperty("promotion", dossier.promotion());
    entries("way", dossier.way());
    entries("persons", dossier.persons());
    entries("policies", dossier.policies());
    json.writeEndObject();
    ModelsJson.live(body, dossier.live());
  }

  private void texts(String name, List<String> texts) {
    json.writeArrayPropertyStart(name);
    texts.forEach(json::writeString);
    json.writeEndArray();
  }

  private void entries(String name, List<FactoryHistory.Entry> entries) {
    json.writeArrayPropertyStart(name);
    for (FactoryHistory.Entry entry : entries) {
      json.writeStartObject();
      json.writeStringProperty("at", entry.at().toString());
      json.writeStringProperty("what", entry.what());
      json.writeStringProperty("version", entry.model());
      json.writeStringProperty("text", entry.text());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
