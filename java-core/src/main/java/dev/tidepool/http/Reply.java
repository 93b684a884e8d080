package dev.tidepool.http;

/**
 * What a server answered to something that was sent, whatever its status is.
 *
 * @param head status and header fields
 * @param body never changed
 */
public record Reply(Answer head, byte[] body) {
  /** Its status. */
  public int status() {
    return head.status();
  }

  /** Whether what was asked for was done (2xx). */
  public boolean isDone() {
    return status() / 100 == 2;
  }
}
