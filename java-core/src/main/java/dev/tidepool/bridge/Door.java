package dev.tidepool.bridge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;

/**
 * The only object that Python talks to: operations by name, JSON text in, JSON text out.
 *
 * <p>Nothing but {@code str} and {@code int} crosses, because Jep converts those without a Java
 * class in sight, from any Python thread. An answer is always an envelope:
 *
 * <pre>{@code
 * {"ok": {"id": "p1", "name": "Portraits", "created": 1767225600000}}
 * {"error": {"code": "profile-not-found", "message": "…", "hints": ["…"], "status": 404}}
 * }</pre>
 *
 * <p>JSON leaves as pure ASCII (other characters escaped), so that no character is lost on the way.
 * Safe for use by any number of threads; each call runs on the thread that makes it.
 */
public final class Door {
  /**
   * The version of this door: raised when an operation changes so that an older caller would
   * misread it.
   */
  public static final int VERSION = 1;

  private static final System.Logger LOG = System.getLogger("dev.tidepool.bridge");

  private final Operations operations;
  private final LogFeed logFeed;

  /**
   * Makes a door whose stores and events live as long as it does, and starts to collect log lines.
   */
  public Door() {
    Events events = new Events(Events.DEFAULT_CAPACITY);
    this.logFeed = LogFeed.install(events);
    this.operations = Operations.standard(events, logFeed);
  }

  Door(Operations operations, LogFeed logFeed) {
    this.operations = operations;
    this.logFeed = logFeed;
  }

  /** The version of this door, {@value #VERSION}. */
  public int version() {
    return VERSION;
  }

  /** Answers the value it was given and does nothing else: the cost of a crossing. */
  public long ping(long value) {
    return value;
  }

  /**
   * Carries out one operation.
   *
   * @param operation its name, such as {@code profile.create}
   * @param arguments its arguments, one JSON object
   * @return the envelope; never throws
   */
  public String call(String operation, String arguments) {
    try {
      return Json.envelope("ok", operations.perform(operation, Arguments.parse(arguments)));
    } catch (TidepoolException error) {
      return Json.envelope("error", describe(error));
    } catch (Throwable bug) {
      // Errors too: one that crossed into Python would carry a Java class name to the user.
      return Json.envelope("error", describe(report(operation, bug)));
    }
  }

  /** Stops collecting log lines; calls still work. */
  void close() {
    logFeed.close();
  }

  static ObjectNode describe(TidepoolException error) {
    ObjectNode node = Json.object();
    node.put("code", error.code());
    node.put("message", error.text());
    error.hints().forEach(node.putArray("hints")::add);
    node.put("status", error.httpStatus());
    return node;
  }

  private static TidepoolException report(String operation, Throwable bug) {
    LOG.log(System.Logger.Level.ERROR, "operation=" + operation + " failed by a bug", bug);
    return new TidepoolException(
        bug,
        ErrorKind.STORAGE,
        "internal-error",
        "Tidepool failed inside \"" + operation + "\": this is a bug, not your doing",
        "Look for the line operation="
            + operation
            + " in the log and report it with the steps that led here");
  }
}
