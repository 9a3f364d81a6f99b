package io.cromford.server;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.serving.PoliciesView;
import io.cromford.serving.PolicyChange;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// The answer to `GET /v1/policies`, and what is told to `/admin/policies/`.
final class PoliciesJson {
  private static final int VERSION_BYTES = 300;

  private PoliciesJson() {}

  static byte[] of(PoliciesView view) {
    JsonBody body = new JsonBody(VERSION_BYTES * (4 + view.versions().size()));
    JsonGenerator json = body.json();
    json.writeStartObject();
    json.writeStringProperty("revision", view.revision());
    json.writeStringProperty("currency", view.currency());
    json.writeObjectPropertyStart("now");
    json.writeStringProperty("version", view.now().version());
    json.writeStringProperty("since", view.now().since().toString());
    values(body, view.now().values());
    json.writeEndObject();
    change(body, "file", view.now().file());
    view.now().undone().ifPresent(undone -> change(body, "rollback", undone));
    view.proposal().ifPresent(proposal -> write(body, proposal));
    json.writeArrayPropertyStart("versions");
    view.versions().forEach(version -> write(body, version));
    json.writeEndArray();
    json.writeEndObject();
    return body.bytes();
  }

  private static void write(JsonBody body, PoliciesView.Proposal proposal) {
    JsonGenerator json = body.json();
    json.writeObjectPropertyStart("proposal");
    json.writeStringProperty("version", proposal.version());
    json.writeStringProperty("at", proposal.at().toString());
    json.writeStringProperty("by", proposal.by());
    json.writeStringProperty("reason", proposal.reason());
    json.writeStringProperty("words", proposal.to().words(proposal.from()));
    change(body, "from", proposal.from());
    change(body, "to", proposal.to());
    json.writeEndObject();
  }

  private static void write(JsonBody body, PoliciesView.Version version) {
    JsonGenerator json = body.json();
    json.writeStartObject();
    json.writeStringProperty("version", version.version());
    json.writeStringProperty("at", version.at().toString());
    values(body, version.values());
    json.writeStringProperty("reason", version.reason());
    if (version.by() != null) {
      json.writeStringProperty("by", version.by());
    }
    if (version.proposer() != null) {
      json.writeStringProperty("proposed_by", version.proposer());
    }
    json.writeEndObject();
  }

  private static void change(JsonBody body, String name, PolicyChange change) {
    body.json().writeObjectPropertyStart(name);
    values(body, change);
    body.json().writeEndObject();
  }

  private static void values(JsonBody body, PolicyChange change) {
    if (change.alertsPerDay() != null) {
      body.json().writeNumberProperty("alerts_per_day", change.alertsPerDay());
    }
    if (change.investigation() != null) {
      body.number("investigation", change.investigation());
    }
  }

  /// What is wanted otherwise.
  ///
  /// @throws CromfordException USAGE if a number is out of its range; INPUT_UNREADABLE if it is
  ///   none
  static PolicyChange change(Map<String, String> fields) {
    return new PolicyChange(
        number(fields, "alerts_per_day", Integer::valueOf),
        number(fields, "investigation", Double::valueOf));
  }

  private static <T> @Nullable T number(
      Map<String, String> fields, String name, Function<String, T> read) {
    String text = fields.getOrDefault(name, "").strip();
    try {
      return text.isEmpty() ? null : read.apply(text);
    } catch (NumberFormatException e) {
      throw new CromfordException(
          ErrorCode.INPUT_UNREADABLE,
          "the field `%s` is no number.\nMaybe write it as a text of digits, like \"120\"."
              .formatted(name),
          e);
    }
  }
}
