package io.cromford.app;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import tools.jackson.databind.JsonNode;

/// What an endpoint says when it cannot do something, as what its own process would have thrown.
final class EndpointProblem {
  private EndpointProblem() {}

  /// @param said problem+json, or a failed item of a batch
  static CromfordException of(JsonNode said) {
    ErrorCode code = ErrorCode.valueOf(said.path("code").asString(ErrorCode.EXTERNAL.name()));
    return new CromfordException(code, said.path("detail").asString(""));
  }
}
