package io.cromford.server;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import java.util.Locale;

/// A refusal as RFC 9457 has it.
///
/// @param status the HTTP status: the code's, unless HTTP has a more exact one
/// @param code who can do something about it
/// @param detail what is wrong, and advice on a new line
/// @param rule the contract's rule that is broken; empty if it is none
/// @param column the column it is about; empty if it is about none
/// @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>
record HttpProblem(int status, ErrorCode code, String detail, String rule, String column) {
  /// The media type.
  static final String TYPE = "application/problem+json";

  /// A problem with the code's own status.
  static HttpProblem of(ErrorCode code, String detail) {
    return new HttpProblem(code.httpStatus(), code, detail, "", "");
  }

  /// A problem with a more exact status.
  static HttpProblem of(int status, ErrorCode code, String detail) {
    return new HttpProblem(status, code, detail, "", "");
  }

  static HttpProblem of(CromfordException failure) {
    return of(failure.code(), String.valueOf(failure.getMessage()));
  }

  /// The code as a name in URLs: `record-refused`.
  static String name(ErrorCode code) {
    return code.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The code as words: `Record refused`.
  static String title(ErrorCode code) {
    String words = code.name().replace('_', ' ');
    return words.charAt(0) + words.substring(1).toLowerCase(Locale.ROOT);
  }

  /// The body.
  byte[] toJson() {
    JsonBody body = new JsonBody();
    body.json().writeStartObject();
    body.json().writeStringProperty("type", "urn:cromford:problem:" + name(code));
    body.json().writeStringProperty("title", title(code));
    body.json().writeNumberProperty("status", status);
    body.json().writeStringProperty("code", code.name());
    body.json().writeStringProperty("detail", detail);
    if (!rule.isEmpty()) {
      body.json().writeStringProperty("rule", rule);
      body.json().writeStringProperty("column", column);
    }
    body.json().writeEndObject();
    return body.bytes();
  }
}
