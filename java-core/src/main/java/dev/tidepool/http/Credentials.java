package dev.tidepool.http;

import java.util.Map;

/**
 * What a request shows to say who asks. Made anew for each attempt, and never for another host than
 * the one that was asked. Thread-safe.
 */
@FunctionalInterface
public interface Credentials {
  /** The header fields that a request gets, besides its own. */
  Map<String, String> of(Outgoing request);

  /** Shows nothing. */
  static Credentials none() {
    return request -> Map.of();
  }
}
