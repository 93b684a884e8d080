package dev.tidepool.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidepool.io.Progress;
import java.util.Optional;
import java.util.function.Function;

/**
 * Turns the progress of one operation into events under the caller's token.
 *
 * <p>Used by one thread at a time, as {@link Progress} says.
 */
final class ProgressFeed implements Progress {
  private final Events events;
  private final String token;
  private long done;
  private long total;

  private ProgressFeed(Events events, String token) {
    this.events = events;
    this.token = token;
  }

  /**
   * Does the work and reports on it when the arguments have a {@code token}; the end is reported
   * always.
   */
  static JsonNode during(Events events, Arguments arguments, Function<Progress, JsonNode> work) {
    Optional<String> token = arguments.optionalText("token");
    if (token.isEmpty()) {
      return work.apply(Progress.none());
    }
    ProgressFeed feed = new ProgressFeed(events, token.get());
    try {
      return work.apply(feed);
    } finally {
      feed.publish(true);
    }
  }

  @Override
  public void total(long units) {
    total = units;
    done = 0;
    publish(false);
  }

  @Override
  public void advance(long units) {
    done += units;
    publish(false);
  }

  private void publish(boolean finished) {
    events.publish(new Event.Advance(token, done, total, finished));
  }
}
