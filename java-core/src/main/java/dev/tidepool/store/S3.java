package dev.tidepool.store;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.http.Content;
import dev.tidepool.http.Http;
import dev.tidepool.http.Outgoing;
import dev.tidepool.http.Reply;
import dev.tidepool.store.Seen.State;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Asks S3, or what speaks like it, by its REST API of 2006-03-01, and says what its errors mean.
 *
 * @param http shows the signature
 */
record S3(Http http, S3Settings settings) {
  private static final Set<String> OF_KEYS =
      Set.of(
          "InvalidAccessKeyId",
          "SignatureDoesNotMatch",
          "InvalidToken",
          "ExpiredToken",
          "TokenRefreshRequired",
          "InvalidSecurity");

  private static final Set<Integer> TAKEN_OR_GONE = Set.of(404, 409, 412);
  private static final Set<String> WRONG_PARTS =
      Set.of("InvalidPart", "InvalidPartOrder", "EntityTooSmall");

  /**
   * Asks for something to be done to an object.
   *
   * @param query without a question mark; may be empty
   */
  Reply ask(
      String method,
      StoreAddress.Bucket address,
      String query,
      Map<String, String> headers,
      Content content,
      LongConsumer sent) {
    URI uri = settings.uri(address);
    URI whole = query.isEmpty() ? uri : URI.create(uri + "?" + query);
    return http.send(new Outgoing(method, whole, headers, content, sent));
  }

  /** The same without a body. */
  Reply ask(String method, StoreAddress.Bucket address, String query) {
    return ask(method, address, query, Map.of(), Content.none(), bytes -> {});
  }

  /**
   * Looks what is there. An answer to {@code HEAD} has no body that says why it is refused; so the
   * first byte is asked for then.
   */
  Seen look(StoreAddress.Bucket address) {
    Reply head = ask("HEAD", address, "");
    if (head.status() == 200) {
      return Seen.of(head.head()).withTag(head.head());
    }
    Reply why = ask("GET", address, "", Map.of("Range", "bytes=0-0"), Content.none(), bytes -> {});
    String code = S3Xml.parse(why.body()).first("Code");
    if (why.status() == 404 && !code.equals("NoSuchBucket")) {
      return Seen.none(State.NOTHING);
    }
    if (why.status() == 403 && code.equals("AccessDenied") && settings.keys().isPresent()) {
      return Seen.none(State.HIDDEN);
    }
    throw failure(address, why);
  }

  /** An answer with the status 200 can still bring an error. */
  static boolean isJoined(Reply reply) {
    return reply.isDone() && !S3Xml.parse(reply.body()).root().equals("Error");
  }

  /** Whether these parts will never be joined, whoever asks; keys and clocks can be mended. */
  static boolean isInVain(Reply reply) {
    return TAKEN_OR_GONE.contains(reply.status())
        || WRONG_PARTS.contains(S3Xml.parse(reply.body()).first("Code"));
  }

  /** What an answer means that is not what was hoped for. */
  TidepoolException failure(StoreAddress.Bucket address, Reply reply) {
    S3Xml xml = S3Xml.parse(reply.body());
    String code = xml.root().equals("Error") ? xml.first("Code") : "";
    if (code.equals("NoSuchBucket")) {
      return new TidepoolException(
          ErrorKind.NOT_FOUND,
          "store-bucket-not-found",
          "There is no bucket "
              + address.bucket()
              + " at "
              + Http.shown(settings.uri(address))
              + ".",
          "Make it first, or look at the name, the endpoint and the region.");
    }
    Optional<String> region =
        reply.head().header("x-amz-bucket-region").or(() -> Optional.of(xml.first("Region")));
    boolean elsewhere =
        reply.status() == 301
            || code.equals("PermanentRedirect")
            || code.equals("AuthorizationHeaderMalformed");
    if (elsewhere) {
      String named =
          region.filter(text -> text.matches("[a-z0-9-]{1,64}")).map(text -> "=" + text).orElse("");
      return new TidepoolException(
          ErrorKind.INVALID,
          "store-region-wrong",
          "The bucket "
              + address.bucket()
              + " is in another region than "
              + settings.region()
              + ".",
          "Set AWS_REGION" + named + ".");
    }
    if (OF_KEYS.contains(code)) {
      return keysRefused(address, "the store does not know these keys (" + code + ")");
    }
    if (code.equals("RequestTimeTooSkewed")) {
      return keysRefused(address, "the clock of this machine or of the store is wrong");
    }
    if (reply.status() == 401 || reply.status() == 403) {
      return settings.keys().isEmpty() ? keysMissing(address) : mayNot(address);
    }
    String why = code.matches("[A-Za-z0-9.]{1,64}") ? " (" + code + ")" : "";
    return StoreFailures.refused(
        address.shown(), reply.status(), "it answers with the status " + reply.status() + why);
  }

  /** That the keys are right, but do not reach so far. */
  static TidepoolException mayNot(StoreAddress.Bucket address) {
    return keysRefused(address, "these keys may not do this there");
  }

  private static TidepoolException keysMissing(StoreAddress.Bucket address) {
    return new TidepoolException(
        ErrorKind.FORBIDDEN,
        "store-keys-missing",
        "The store wants keys for " + address.shown() + ".",
        "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE.");
  }

  private static TidepoolException keysRefused(StoreAddress.Bucket address, String why) {
    return new TidepoolException(
        ErrorKind.FORBIDDEN,
        "store-keys-refused",
        "Cannot use " + address.shown() + ": " + why + ".",
        "Look at AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN and AWS_PROFILE.");
  }
}
