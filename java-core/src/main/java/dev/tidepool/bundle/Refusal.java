package dev.tidepool.bundle;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Texts;
import org.jspecify.annotations.Nullable;

/** How a bundle is refused. */
final class Refusal {
  private final String bundle;

  Refusal(String bundle) {
    this.bundle = bundle;
  }

  /** A bundle with a member that has no business there. */
  TidepoolException holds(String code, String what, String name) {
    return because(ErrorKind.MALFORMED, code, "holds " + what + ": " + Texts.quoted(name), null);
  }

  TidepoolException tooLarge(String code, String why) {
    return because(ErrorKind.TOO_LARGE, code, why, null);
  }

  /** A bundle that is not what it was when it was made. */
  TidepoolException damaged(String why, String name) {
    return because(ErrorKind.MALFORMED, "bundle-damaged", why + ": " + Texts.quoted(name), null);
  }

  TidepoolException corrupt(String why, Throwable cause) {
    return because(ErrorKind.MALFORMED, "archive-corrupt", why, cause);
  }

  TidepoolException noBundle(String why) {
    return because(ErrorKind.UNSUPPORTED, "bundle-not-a-bundle", why, null);
  }

  private TidepoolException because(
      ErrorKind kind, String code, String why, @Nullable Throwable cause) {
    String message = "The bundle " + bundle + " " + why + ".";
    String hint = "Nothing of it was used. Fetch it again, or ask whoever made it.";
    return new TidepoolException(cause, kind, code, message, hint);
  }
}
