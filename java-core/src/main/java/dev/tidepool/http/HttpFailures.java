package dev.tidepool.http;

import dev.tidepool.error.TidepoolException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** What a failure is called and what to do about it, which depends on who was asked for what. */
public interface HttpFailures {
  /**
   * It did not answer, or its answer broke off.
   *
   * @param why as it follows a colon: {@code the connection broke off}
   */
  TidepoolException unreachable(URI uri, String why, @Nullable Exception cause);

  /** It asks to wait for longer than one waits. */
  TidepoolException busy(URI uri);

  /**
   * It will not answer, or may not be asked.
   *
   * @param status what it answered with; 0 when an {@link AddressRule} objected
   * @param why as it follows a colon
   */
  TidepoolException refused(URI uri, int status, String why);

  /** Its answer is longer than it can sensibly be. */
  TidepoolException tooLarge(URI uri, long largest);
}
