package dev.tidepool.http;

import java.net.URI;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * A request that sends something.
 *
 * @param method such as {@code PUT}
 * @param headers its header fields, besides those that say who asks
 * @param sent hears of bytes as they go; of less than none when an attempt begins anew
 */
public record Outgoing(
    String method, URI uri, Map<String, String> headers, Content content, LongConsumer sent) {
  /** Copies the header fields. */
  public Outgoing {
    headers = Map.copyOf(headers);
  }

  /** A request without a body. */
  public static Outgoing of(String method, URI uri, Map<String, String> headers) {
    return new Outgoing(method, uri, headers, Content.none(), bytes -> {});
  }

  /** The same at another address, after a redirection. */
  Outgoing at(URI other) {
    return new Outgoing(method, other, headers, content, sent);
  }

  /** The same, of which something else hears as it goes. */
  Outgoing telling(LongConsumer other) {
    return new Outgoing(method, uri, headers, content, other);
  }

  /**
   * Whether it may be sent again although nobody knows what became of it (RFC 9110, section 9.2.2).
   */
  boolean isIdempotent() {
    return !method.equals("POST") && !method.equals("PATCH");
  }
}
