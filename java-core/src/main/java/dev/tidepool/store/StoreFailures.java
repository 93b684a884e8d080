package dev.tidepool.store;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.http.Http;
import dev.tidepool.http.HttpFailures;
import dev.tidepool.http.Tokens;
import dev.tidepool.process.Secrets;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** What goes wrong with a store. */
final class StoreFailures implements HttpFailures {
  static final String AGAIN =
      "The same command goes on from where it stopped; a plain web server gets all of it anew.";

  @Override
  public TidepoolException unreachable(URI uri, String why, @Nullable Exception cause) {
    return new TidepoolException(
        cause,
        ErrorKind.UNAVAILABLE,
        "store-unreachable",
        "Cannot reach the store at " + Http.shown(uri) + ": " + why + ".",
        AGAIN);
  }

  @Override
  public TidepoolException busy(URI uri) {
    return new TidepoolException(
        ErrorKind.UNAVAILABLE,
        "store-overloaded",
        "The store asks to wait: " + Http.shown(uri) + ".",
        "Try again in a few minutes. " + AGAIN);
  }

  @Override
  public TidepoolException refused(URI uri, int status, String why) {
    return refused(Http.shown(uri), status, why);
  }

  static TidepoolException refused(String shown, int status, String why) {
    String hint =
        switch (status) {
          case 0 ->
              "Addresses in private networks are taken with --allow-private only, but for the one"
                  + " that --push names itself.";
          case 401, 403 -> "It may want a token: " + Tokens.VARIABLE + "=\"host=token\".";
          case 404, 405, 409, 501 -> "Look whether the folder is there, and takes PUT.";
          case 411, 413 -> "It takes no file of this size; ask who keeps the store.";
          default -> "Look at the address, and ask who keeps the store.";
        };
    return new TidepoolException(
        ErrorKind.FORBIDDEN,
        "store-refused",
        "The store refuses " + shown + ": " + why + ".",
        hint);
  }

  /** An answer with a status that nothing was made for. */
  static TidepoolException answered(String shown, int status) {
    return refused(shown, status, "it answers with the status " + status);
  }

  @Override
  public TidepoolException tooLarge(URI uri, long largest) {
    return refused(uri, 200, "its answer is longer than " + largest + " bytes");
  }

  /** That a text is no address. */
  static TidepoolException address(String text, String why) {
    return new TidepoolException(
        ErrorKind.INVALID,
        "store-address-invalid",
        "No address of a store: " + withoutSecrets(text) + ": " + why + ".",
        "It looks like https://host/folder/name.tar.gz or s3://bucket/folder/name.tar.gz.");
  }

  /** An address without its password and without what signs it. */
  static String withoutSecrets(String address) {
    return Secrets.hidden(address).replaceFirst("(?s)[?#].*", "");
  }

  static TidepoolException nothing(String shown) {
    return new TidepoolException(
        ErrorKind.NOT_FOUND,
        "store-nothing-there",
        "There is nothing in the store at " + shown + ".",
        "Look at the address.");
  }

  static TidepoolException taken(String shown) {
    return new TidepoolException(
        ErrorKind.CONFLICT,
        "store-taken",
        "Something else is in the store already: " + shown + ".",
        "--force replaces it; another name in the address leaves it.");
  }

  static TidepoolException hidden(String shown) {
    return new TidepoolException(
        ErrorKind.CONFLICT,
        "store-hidden",
        "Whether something is in the store already cannot be told, it lets nobody look: "
            + shown
            + ".",
        "--force sends it all the same, and replaces what may be there.");
  }

  static TidepoolException wrong(String shown, String why) {
    return new TidepoolException(
        ErrorKind.UNAVAILABLE,
        "store-kept-wrong",
        "What is in the store now is not what was sent to " + shown + ": " + why + ".",
        "The same command with --force sends it again; what is there is not to be used.");
  }
}
