package dev.tidepool.origin;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.http.AddressRule;
import dev.tidepool.http.ApiCache;
import dev.tidepool.http.Http;
import dev.tidepool.http.HttpPatience;
import dev.tidepool.http.Pauses;
import dev.tidepool.http.PublicAddresses;
import dev.tidepool.http.Tokens;
import dev.tidepool.io.Steps;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Finds out where models can be fetched from.
 *
 * <pre>{@code
 * Origins origins = Origins.of(OriginServices.of(variables), cache, clock, tokens, false);
 * Located located = origins.locate(WantedModel.of(model), steps);
 * located.addresses(); // those that are believed, the best first
 * located.doubts();    // what is wrong with the others
 * }</pre>
 *
 * <p>Servers that cannot be asked make doubts, not errors; only the user stops the work. Nothing is
 * downloaded. Thread-safe.
 */
public final class Origins {
  private final OriginServices services;
  private final Civitai civitai;
  private final HuggingFace huggingFace;
  private final Direct direct;

  Origins(OriginServices services, Answers answers) {
    this.services = services;
    this.civitai = new Civitai(services, answers);
    this.huggingFace = new HuggingFace(services, answers);
    this.direct = new Direct(answers);
  }

  /**
   * The usual way to ask.
   *
   * @param cache the folder where answers are kept
   * @param tokens for the servers that want to know who asks
   * @param privateToo whether addresses of private networks may be asked
   */
  public static Origins of(
      OriginServices services, Path cache, Clock clock, Tokens tokens, boolean privateToo) {
    return of(
        services,
        new ApiCache(cache, clock),
        tokens,
        privateToo,
        new Waiting(HttpPatience.usual(), Pauses.real()));
  }

  /** How long servers are waited for. */
  record Waiting(HttpPatience patience, Pauses pauses) {}

  static Origins of(
      OriginServices services, ApiCache cache, Tokens tokens, boolean privateToo, Waiting waiting) {
    PublicAddresses others = PublicAddresses.of(privateToo);
    AddressRule rule = uri -> services.has(uri) ? Optional.empty() : others.objection(uri);
    Http http = new Http(waiting.patience(), waiting.pauses(), rule, new OriginFailures(), tokens);
    return new Origins(services, new Answers(http, cache));
  }

  /**
   * Looks a model up by its SHA-256, and checks the addresses that are known of it.
   *
   * @throws TidepoolException {@code stopped}
   */
  public Located locate(WantedModel wanted, Steps steps) {
    List<Verdict> verdicts = new ArrayList<>();
    String service = services.civitai().toString();
    wanted
        .sha256()
        .flatMap(hash -> tried(service, () -> civitai.byHash(hash, wanted, steps)))
        .ifPresent(verdicts::add);
    for (String url : wanted.known()) {
      verdicts.add(verdict(url, wanted, steps));
    }
    return located(verdicts);
  }

  /**
   * Checks one address that somebody gave for a model.
   *
   * @throws TidepoolException {@code stopped}
   */
  public Located check(String url, WantedModel wanted, Steps steps) {
    return located(List.of(verdict(url, wanted, steps)));
  }

  private Verdict verdict(String given, WantedModel wanted, Steps steps) {
    return tried(given, () -> Optional.of(judged(given, wanted, steps))).orElseThrow();
  }

  private Verdict judged(String given, WantedModel wanted, Steps steps) {
    URI uri;
    try {
      uri = new URI(given.strip());
    } catch (URISyntaxException e) {
      return Verdict.doubted(given, "origin-address-refused", "that is no URL");
    }
    Optional<String> objection = PublicAddresses.of(true).written(uri);
    if (objection.isPresent()) {
      return Verdict.doubted(given, "origin-address-refused", "it is " + objection.get());
    }
    if (civitai.isThere(uri)) {
      return civitai.check(given, uri, wanted, steps);
    }
    return HuggingFaceFile.isThere(uri, services.huggingFace())
        ? huggingFace.check(given, uri, wanted, steps)
        : direct.check(given, uri, wanted, steps);
  }

  private static Optional<Verdict> tried(String url, Supplier<Optional<Verdict>> asking) {
    try {
      return asking.get();
    } catch (TidepoolException e) {
      if (e.kind() == ErrorKind.STOPPED) {
        throw e;
      }
      return Optional.of(Verdict.doubted(url, e.code(), sentenceEnd(e.text())));
    }
  }

  /** What an error says, to be read after a colon. */
  private static String sentenceEnd(String text) {
    return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }

  private static Located located(List<Verdict> verdicts) {
    Map<String, Address> addresses = new LinkedHashMap<>();
    Set<Doubt> doubts = new LinkedHashSet<>();
    for (Verdict verdict : verdicts) {
      if (verdict instanceof Verdict.Believed believed) {
        addresses.merge(
            believed.address().url(),
            believed.address(),
            (one, other) -> one.proof().compareTo(other.proof()) <= 0 ? one : other);
      } else if (verdict instanceof Verdict.Doubted doubted) {
        doubts.add(doubted.doubt());
      }
    }
    return new Located(List.copyOf(addresses.values()), List.copyOf(doubts));
  }
}
