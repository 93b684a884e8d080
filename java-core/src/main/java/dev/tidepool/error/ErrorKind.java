package dev.tidepool.error;

/** The families of errors, each with the HTTP status (RFC 9110) and the exit code that fit it. */
public enum ErrorKind {
  /** The request itself is wrong: a bad id, name, path or option. */
  INVALID(400, 1),
  /** The command line was used wrongly. */
  USAGE(400, 2),
  /** The caller may not do this. */
  FORBIDDEN(403, 1),
  /** The named thing does not exist. */
  NOT_FOUND(404, 1),
  /** The request contradicts what is there, such as a taken name. */
  CONFLICT(409, 1),
  /** The request, or what it unpacks to, exceeds a limit. */
  TOO_LARGE(413, 1),
  /** The content is of a kind that is not handled. */
  UNSUPPORTED(415, 1),
  /** A file or an archive is damaged or hostile. */
  MALFORMED(422, 1),
  /** The user stopped the work. */
  STOPPED(499, 3),
  /** The disk or the operating system refused. */
  STORAGE(500, 1),
  /** Something needed is not there or busy; trying later may help. */
  UNAVAILABLE(503, 1),
  /** No space is left on the device (RFC 4918, section 11.5). */
  NO_SPACE(507, 1);

  private final int httpStatus;
  private final int exitCode;

  ErrorKind(int httpStatus, int exitCode) {
    this.httpStatus = httpStatus;
    this.exitCode = exitCode;
  }

  /** The HTTP status of an answer with such an error. */
  public int httpStatus() {
    return httpStatus;
  }

  /** The exit code of a command that ends with such an error. */
  public int exitCode() {
    return exitCode;
  }
}
