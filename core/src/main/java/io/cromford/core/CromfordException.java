package io.cromford.core;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// An operating failure: something a person can act on, with a code that says who.
///
/// The message names the thing and its value; advice follows on a new line that starts with
/// "Maybe".
public final class CromfordException extends RuntimeException {
  private final ErrorCode code;

  /// A failure with its message.
  public CromfordException(ErrorCode code, String message) {
    this(code, message, null);
  }

  /// A failure with its message and what caused it.
  public CromfordException(ErrorCode code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /// All problems of a definition at once.
  ///
  /// @param problems at least one
  public static CromfordException of(List<Problem> problems) {
    return new CromfordException(
        ErrorCode.DEFINITION_INVALID,
        problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
  }

  /// What kind of failure it is.
  public ErrorCode code() {
    return code;
  }
}
