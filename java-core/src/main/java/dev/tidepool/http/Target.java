package dev.tidepool.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/** Where an answer's body goes. */
@FunctionalInterface
public interface Target {
  /**
   * Begins anew: an attempt before this one may have written something. It is closed at the end of
   * the attempt, whether that worked or not.
   */
  OutputStream open(Answer answer) throws IOException;

  /** Hears that an attempt begins, of which nothing may come. */
  default void attempted() {}

  /** What the next attempt asks with, such as {@code Range}. */
  default Map<String, String> headers() {
    return Map.of();
  }

  /** Hears of bytes as they come. */
  default void received(int bytes) {}

  /**
   * Hears that a server cannot give the part that was asked for (416).
   *
   * @return whether it is worth to ask once more, with other headers
   */
  default boolean askDifferently() {
    return false;
  }

  /** Whether the last attempt got so far that the count of attempts begins anew. */
  default boolean cameForward() {
    return false;
  }

  /** Whether a redirection to another host is not followed, but is the answer itself. */
  default boolean staysAtHost() {
    return false;
  }
}
