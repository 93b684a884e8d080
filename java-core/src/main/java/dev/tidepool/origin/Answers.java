package dev.tidepool.origin;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.http.Answer;
import dev.tidepool.http.ApiCache;
import dev.tidepool.http.Http;
import dev.tidepool.io.JsonTree;
import dev.tidepool.io.Steps;
import dev.tidepool.io.StorageFailures;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Asks servers, and remembers what they said for a day; when one cannot be asked, what it said
 * longer ago is taken, saying so. A server that could not be asked is not asked again by this
 * object: fifty models would wait fifty times. Thread-safe.
 */
final class Answers {
  private static final long LARGEST = 4L << 20;
  private static final Duration FRESH = Duration.ofDays(1);

  private final Http http;
  private final ApiCache cache;
  private final Map<String, TidepoolException> silent = new ConcurrentHashMap<>();

  Answers(Http http, ApiCache cache) {
    this.http = http;
    this.cache = cache;
  }

  /** What is there; nothing when there is nothing. */
  Optional<JsonNode> json(URI uri, Steps steps) {
    JsonNode answer = ask(uri, uri, () -> fetched(uri), steps);
    return answer.isNull() ? Optional.empty() : Optional.of(answer);
  }

  /** What is said of a file at the end of all redirections; nothing when there is none. */
  Optional<Head> head(URI uri, Steps steps) {
    return head("#head", uri, http::head, steps);
  }

  /** What the server itself says of a file, whatever it leads to; nothing when there is none. */
  Optional<Head> ownHead(URI uri, Steps steps) {
    return head("#own-head", uri, http::ownHead, steps);
  }

  private Optional<Head> head(
      String mark, URI uri, Function<URI, Optional<Answer>> asking, Steps steps) {
    // The mark tells it from the content, whose key is the address itself.
    URI key = URI.create(uri.toString().replaceFirst("#.*", "") + mark);
    JsonNode answer =
        ask(
            key,
            uri,
            () ->
                asking.apply(uri).map(each -> Head.of(each).json()).orElse(NullNode.getInstance()),
            steps);
    return answer.isNull() ? Optional.empty() : Optional.of(Head.of(answer));
  }

  private JsonNode fetched(URI uri) {
    Optional<byte[]> body = http.bytes(uri, Map.of("Accept", "application/json"), LARGEST);
    if (body.isEmpty()) {
      return NullNode.getInstance();
    }
    return StorageFailures.translate(
        "read the answer of " + uri.getHost(),
        () -> {
          try {
            JsonNode json = JsonTree.read(body.get());
            if (json.isObject()) {
              return json;
            }
          } catch (JacksonException e) {
            // As bad as another value.
          }
          throw new TidepoolException(
              ErrorKind.UNAVAILABLE,
              "origin-answer-invalid",
              "The answer of " + uri.getHost() + " makes no sense: it is no JSON object.",
              "Try again later.");
        });
  }

  private JsonNode ask(URI key, URI uri, Supplier<JsonNode> asking, Steps steps) {
    Optional<ApiCache.Kept> kept = cache.read(key);
    if (kept.isPresent() && kept.get().age().compareTo(FRESH) < 0) {
      return kept.get().answer();
    }
    try {
      return asked(key, uri, asking);
    } catch (TidepoolException e) {
      if (e.kind() != ErrorKind.UNAVAILABLE || kept.isEmpty()) {
        throw e;
      }
      long days = Math.max(1, Math.min(36_500, kept.get().age().toDays()));
      steps.note(
          uri.getHost()
              + " cannot be asked ("
              + e.code()
              + "): taking what it said "
              + days
              + (days == 1 ? " day ago." : " days ago."));
      return kept.get().answer();
    }
  }

  private JsonNode asked(URI key, URI uri, Supplier<JsonNode> asking) {
    String server = uri.getScheme() + "://" + uri.getRawAuthority();
    TidepoolException before = silent.get(server);
    if (before != null) {
      throw before;
    }
    try {
      JsonNode answer = asking.get();
      cache.write(key, answer);
      return answer;
    } catch (TidepoolException e) {
      if (OriginFailures.isSilence(e)) {
        silent.put(server, e);
      }
      throw e;
    }
  }
}
