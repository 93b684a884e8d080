package dev.tidepool.nodepack;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.http.Answer;
import dev.tidepool.http.ApiCache;
import dev.tidepool.http.Http;
import dev.tidepool.http.HttpPatience;
import dev.tidepool.http.Pauses;
import dev.tidepool.http.Target;
import dev.tidepool.http.Tokens;
import dev.tidepool.io.JsonTree;
import dev.tidepool.io.Steps;
import dev.tidepool.io.StorageFailures;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The registry of node packs, by its public API: {@code GET /nodes/ID}, {@code /nodes/ID/versions},
 * {@code /nodes/ID/install?version=V}, {@code /comfy-nodes/TYPE/node}. What it answers is kept for
 * a day; when it cannot be reached, what was kept longer is used, saying so. Thread-safe.
 */
public final class Registry {
  private static final long LARGEST_ANSWER = 16L << 20;
  private static final long LARGEST_DOWNLOAD = 2L << 30;
  private static final Duration FRESH = Duration.ofDays(1);

  private final RegistryAddress address;
  private final Http http;
  private final ApiCache cache;
  private final Duration fresh;

  private Registry(RegistryAddress address, Http http, ApiCache cache, Duration fresh) {
    this.address = address;
    this.http = http;
    this.cache = cache;
    this.fresh = fresh;
  }

  /**
   * The registry at an address.
   *
   * @param cache the folder where answers are kept
   */
  public static Registry at(RegistryAddress address, Path cache, Clock clock) {
    return at(address, new ApiCache(cache, clock), http(HttpPatience.usual(), Pauses.real()));
  }

  static Registry at(RegistryAddress address, ApiCache cache, Http http) {
    return new Registry(address, http, cache, FRESH);
  }

  static Http http(HttpPatience patience, Pauses pauses) {
    return new Http(
        patience, pauses, RegistryAddress::objection, new RegistryFailures(), Tokens.none());
  }

  /** The same registry, asked anew; what was kept is used only when it cannot be reached. */
  public Registry renewed() {
    return new Registry(address, http, cache, Duration.ZERO);
  }

  /**
   * A pack, or nothing when the registry has none of that id.
   *
   * @throws TidepoolException {@code registry-unreachable}, {@code registry-busy}, {@code
   *     registry-refused}, {@code registry-answer-invalid}, {@code download-too-large}, {@code
   *     stopped}
   */
  public Optional<RegistryPack> pack(String id, Steps steps) {
    URI uri = address.of("nodes", id);
    Optional<RegistryPack> pack = ask(uri, RegistryAnswers::pack, steps);
    if (pack.isPresent() && !pack.get().id().equalsIgnoreCase(id)) {
      throw RegistryAnswers.invalid(uri, "it is about " + pack.get().id());
    }
    return pack;
  }

  /**
   * What it takes to install a version of a pack, the newest one unless it is named; nothing when
   * there is no such version.
   *
   * @throws TidepoolException as {@link #pack}
   */
  public Optional<RegistryVersion> version(String id, Optional<String> version, Steps steps) {
    String install = address.of("nodes", id, "install").toString();
    URI uri =
        URI.create(install + version.map(v -> "?version=" + RegistryAddress.encoded(v)).orElse(""));
    Optional<RegistryVersion> answer = ask(uri, RegistryAnswers::version, steps);
    if (answer.isPresent()
        && version.isPresent()
        && !answer.get().version().equals(version.get())) {
      throw RegistryAnswers.invalid(uri, "it is about version " + answer.get().version());
    }
    return answer;
  }

  /**
   * All versions of a pack, in the registry's order; none when there is no such pack.
   *
   * @throws TidepoolException as {@link #pack}
   */
  public List<RegistryVersion> versions(String id, Steps steps) {
    return ask(address.of("nodes", id, "versions"), RegistryAnswers::versions, steps)
        .orElse(List.of());
  }

  /**
   * The pack that brings a node type, if the registry knows one.
   *
   * @throws TidepoolException as {@link #pack}
   */
  public Optional<RegistryPack> ofNodeType(String type, Steps steps) {
    return ask(address.of("comfy-nodes", type, "node"), RegistryAnswers::pack, steps);
  }

  /**
   * Downloads an archive into a new file, saying how far that is.
   *
   * @throws TidepoolException as {@link #pack}, and {@code download-not-found}
   */
  void download(URI uri, Path file, Steps steps) {
    boolean found =
        http.get(
            uri,
            LARGEST_DOWNLOAD,
            new Target() {
              @Override
              public OutputStream open(Answer answer) throws IOException {
                steps.more(Math.max(0, answer.length()));
                return Files.newOutputStream(file);
              }

              @Override
              public void received(int bytes) {
                steps.advance(bytes);
              }
            });
    if (!found) {
      throw new TidepoolException(
          ErrorKind.NOT_FOUND,
          "download-not-found",
          "The registry offers a download that is not there: " + Http.shown(uri) + ".",
          "Try another version, or the pack's git repository.");
    }
  }

  private <T> Optional<T> ask(URI uri, BiFunction<URI, JsonNode, T> reader, Steps steps) {
    Optional<ApiCache.Kept> kept = cache.read(uri);
    if (kept.isPresent() && kept.get().age().compareTo(fresh) < 0) {
      Optional<T> known = readKept(uri, kept.get(), reader);
      if (known.isPresent()) {
        return known;
      }
    }
    try {
      Optional<JsonNode> answer = fetch(uri);
      Optional<T> read = answer.map(json -> reader.apply(uri, json));
      answer.ifPresent(json -> cache.write(uri, json));
      return read;
    } catch (TidepoolException e) {
      Optional<T> old =
          e.kind() == ErrorKind.UNAVAILABLE
              ? kept.flatMap(k -> readKept(uri, k, reader))
              : Optional.empty();
      if (old.isEmpty()) {
        throw e;
      }
      steps.note(
          "The registry cannot be asked ("
              + e.code()
              + "): taking what it said "
              + ago(kept.get().age())
              + ".");
      return old;
    }
  }

  private static <T> Optional<T> readKept(
      URI uri, ApiCache.Kept kept, BiFunction<URI, JsonNode, T> reader) {
    try {
      return Optional.of(reader.apply(uri, kept.answer()));
    } catch (TidepoolException e) {
      return Optional.empty();
    }
  }

  private Optional<JsonNode> fetch(URI uri) {
    Optional<byte[]> body = http.bytes(uri, Map.of(), LARGEST_ANSWER);
    if (body.isEmpty()) {
      return Optional.empty();
    }
    return StorageFailures.translate(
        "read the registry's answer",
        () -> {
          try {
            return Optional.of(JsonTree.read(body.get()));
          } catch (JacksonException e) {
            throw RegistryAnswers.invalid(uri, "it is no JSON");
          }
        });
  }

  private static String ago(Duration age) {
    long hours = age.toHours();
    return hours < 48 ? hours + " hours ago" : Math.min(36_500, hours / 24) + " days ago";
  }
}
