package io.cromford.core;

/// The operating failures a person or a program can meet, each with its exit code and HTTP status.
///
/// This is the one table; the command line and the endpoint both read it.
public enum ErrorCode {
  /// The factory file or its SQL does not hold.
  DEFINITION_INVALID(Category.USER, 2, 422),
  /// The command line's arguments do not hold.
  USAGE(Category.USER, 2, 400),
  /// A file, folder, model or decision that was asked for does not exist.
  NOT_FOUND(Category.USER, 3, 404),
  /// Input that cannot be read as what it claims to be: a cut gzip, a wrong header, an open quote.
  INPUT_UNREADABLE(Category.USER, 4, 422),
  /// One record breaks its contract.
  RECORD_REFUSED(Category.USER, 4, 422),
  /// The same id was sent before with another body.
  ID_CONFLICT(Category.USER, 4, 409),
  /// A body, a header or a batch is over its limit.
  TOO_LARGE(Category.USER, 4, 413),
  /// What was asked does not fit the factory's state: a changed contract, no model yet.
  STATE_CONFLICT(Category.USER, 5, 409),
  /// What was to be changed is not as the caller saw it: somebody else changed it meanwhile.
  CHANGED_MEANWHILE(Category.USER, 5, 412),
  /// Another process holds the factory's folder.
  LOCKED(Category.RESOURCE, 6, 503),
  /// The disk is full, or a folder is not writable.
  STORAGE(Category.RESOURCE, 7, 503),
  /// The port cannot be had.
  PORT_TAKEN(Category.RESOURCE, 8, 503),
  /// The endpoint is starting, stopping or over its load.
  UNAVAILABLE(Category.RESOURCE, 8, 503),
  /// Bytes on disk are not what was written.
  LEDGER_CORRUPT(Category.EXTERNAL, 9, 500),
  /// A library or the machine failed.
  EXTERNAL(Category.EXTERNAL, 10, 502),
  /// A defect of ours.
  INTERNAL(Category.INTERNAL, 70, 500);

  /// Who can do something about it.
  public enum Category {
    /// Whoever wrote the input.
    USER,
    /// Something outside the program.
    EXTERNAL,
    /// Whoever runs the machine.
    RESOURCE,
    /// Whoever maintains the program.
    INTERNAL
  }

  private final Category category;
  private final int exitCode;
  private final int httpStatus;

  ErrorCode(Category category, int exitCode, int httpStatus) {
    this.category = category;
    this.exitCode = exitCode;
    this.httpStatus = httpStatus;
  }

  /// Who can do something about it.
  public Category category() {
    return category;
  }

  /// The process's exit code, 2 to 70.
  public int exitCode() {
    return exitCode;
  }

  /// The HTTP status, 400 to 599.
  public int httpStatus() {
    return httpStatus;
  }
}
