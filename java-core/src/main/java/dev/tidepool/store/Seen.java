package dev.tidepool.store;

import dev.tidepool.http.Answer;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a store tells of what is at an address.
 *
 * @param size in bytes; -1 when it does not say
 * @param sha256 64 hex digits, when it says so
 * @param md5 32 hex digits, when it says so
 */
record Seen(State state, long size, Optional<String> sha256, Optional<String> md5) {
  /** The field that objects get with their SHA-256. */
  static final String DIGEST = "x-amz-meta-sha256";

  /** RFC 9530, and the older field of RFC 3230. */
  private static final Pattern DIGEST_FIELD =
      Pattern.compile("(?i)(?:.*,\\s*)?sha-256=:?([A-Za-z0-9+/]{43}=):?(?:,.*)?");

  /** Whether something is there. */
  enum State {
    NOTHING,
    THERE,
    /** The store does not let one look. */
    HIDDEN
  }

  /** What an answer to {@code HEAD} means. */
  static Seen of(Answer head) {
    return switch (head.status()) {
      case 200 -> new Seen(State.THERE, head.length(), sha256(head), Optional.empty());
      case 404, 410 -> none(State.NOTHING);
      default -> none(State.HIDDEN);
    };
  }

  /**
   * That nothing was there when one looked, where the store itself cannot see to that.
   *
   * @throws dev.tidepool.error.TidepoolException {@code store-hidden} when one could not look
   */
  void requireNothing(String shown) {
    if (state != State.NOTHING) {
      throw StoreFailures.hidden(shown);
    }
  }

  /**
   * Holds it against what was sent, as far as the store tells.
   *
   * @throws dev.tidepool.error.TidepoolException {@code store-kept-wrong}
   */
  void requireSent(Parcel parcel, String shown) {
    if (state == State.NOTHING) {
      throw StoreFailures.wrong(shown, "nothing is there");
    }
    if (size >= 0 && size != parcel.size()) {
      throw StoreFailures.wrong(shown, "it has " + size + " bytes, not " + parcel.size());
    }
    if (sha256.filter(digits -> !digits.equals(parcel.sha256())).isPresent()) {
      throw StoreFailures.wrong(shown, "its SHA-256 is another one");
    }
  }

  static Seen none(State state) {
    return new Seen(state, -1, Optional.empty(), Optional.empty());
  }

  /** The same, of a store whose entity tags are the MD5 of what came in one piece. */
  Seen withTag(Answer head) {
    Optional<String> tag =
        head.header("ETag").map(text -> text.replace("\"", "").toLowerCase(Locale.ROOT));
    return new Seen(state, size, sha256, tag.filter(text -> text.matches("[0-9a-f]{32}")));
  }

  /**
   * Whether a file is what is there.
   *
   * @return nothing when it would have to be read to tell
   */
  Optional<Boolean> is(Parcel parcel) {
    if (size >= 0 && size != parcel.size()) {
      return Optional.of(false);
    }
    return sha256
        .map(parcel.sha256()::equals)
        .or(() -> md5.filter(parcel.md5()::equals).map(same -> true));
  }

  private static Optional<String> sha256(Answer head) {
    return head.header(DIGEST)
        .map(text -> text.toLowerCase(Locale.ROOT))
        .filter(text -> text.matches("[0-9a-f]{64}"))
        .or(() -> head.header("Repr-Digest").or(() -> head.header("Digest")).flatMap(Seen::digits));
  }

  private static Optional<String> digits(String field) {
    Matcher matcher = DIGEST_FIELD.matcher(field);
    return matcher.matches()
        ? Optional.of(HexFormat.of().formatHex(Base64.getDecoder().decode(matcher.group(1))))
        : Optional.empty();
  }
}
