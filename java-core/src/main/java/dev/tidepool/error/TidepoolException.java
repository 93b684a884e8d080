package dev.tidepool.error;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one exception that reaches a user: something outside the program's control went wrong, and
 * the message says what to do.
 *
 * <p>Anything else that is thrown is a bug. The exception carries a stable code for programs, a
 * message that names the thing concerned, and hints with the next step. It never carries secrets.
 * Immutable.
 */
public final class TidepoolException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorKind kind;
  private final String code;
  private final List<String> hints;

  /**
   * Makes an error without a cause.
   *
   * @param kind decides the HTTP status and the exit code
   * @param code a stable name in kebab case, such as {@code profile-not-found}
   * @param message one sentence that names the thing concerned
   * @param hints next steps, most useful first; may be empty
   */
  public TidepoolException(ErrorKind kind, String code, String message, String... hints) {
    super(message);
    this.kind = kind;
    this.code = code;
    this.hints = List.of(hints);
  }

  /**
   * Makes an error from the failure below it; the cause goes to logs, never to a user.
   *
   * @param cause nothing where the error has none
   */
  public TidepoolException(
      @Nullable Throwable cause, ErrorKind kind, String code, String message, String... hints) {
    super(message, cause);
    this.kind = kind;
    this.code = code;
    this.hints = List.of(hints);
  }

  /** The stable name of this error, such as {@code profile-not-found}. */
  public String code() {
    return code;
  }

  /** The family this error belongs to. */
  public ErrorKind kind() {
    return kind;
  }

  /** The message, which is never null. */
  public String text() {
    return String.valueOf(getMessage());
  }

  /** Next steps for the user, most useful first. */
  public List<String> hints() {
    return hints;
  }

  /** The exit code of a command that ends with this error. */
  public int exitCode() {
    return kind.exitCode();
  }

  /** The HTTP status of an answer that carries this error. */
  public int httpStatus() {
    return kind.httpStatus();
  }
}
