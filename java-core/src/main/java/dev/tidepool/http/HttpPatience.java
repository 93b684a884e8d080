package dev.tidepool.http;

import java.time.Duration;

/**
 * How long a server is waited for.
 *
 * @param connect until a connection stands
 * @param answer until an answer begins
 * @param silence how long nothing may come in the middle of an answer
 * @param attempts how often something is asked in all
 */
public record HttpPatience(Duration connect, Duration answer, Duration silence, int attempts) {
  /** What fits the internet. */
  public static HttpPatience usual() {
    return new HttpPatience(
        Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(30), 4);
  }
}
