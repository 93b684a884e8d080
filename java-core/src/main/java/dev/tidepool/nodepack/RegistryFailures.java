package dev.tidepool.nodepack;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.http.Http;
import dev.tidepool.http.HttpFailures;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** What goes wrong when the registry is asked. */
final class RegistryFailures implements HttpFailures {
  @Override
  public TidepoolException unreachable(URI uri, String why, @Nullable Exception cause) {
    String message = "Cannot get " + Http.shown(uri) + ": " + why + ".";
    String hint = "Check the network, then try again.";
    return new TidepoolException(
        cause, ErrorKind.UNAVAILABLE, "registry-unreachable", message, hint);
  }

  @Override
  public TidepoolException busy(URI uri) {
    return new TidepoolException(
        ErrorKind.UNAVAILABLE,
        "registry-busy",
        "The registry asks to wait before it answers again: " + Http.shown(uri) + ".",
        "Try again in a few minutes.");
  }

  @Override
  public TidepoolException refused(URI uri, int status, String why) {
    return new TidepoolException(
        ErrorKind.UNAVAILABLE,
        "registry-refused",
        "Cannot get " + Http.shown(uri) + ": " + why + ".",
        "Check " + RegistryAddress.VARIABLE + " when it is set.");
  }

  @Override
  public TidepoolException tooLarge(URI uri, long largest) {
    return new TidepoolException(
        ErrorKind.TOO_LARGE,
        "download-too-large",
        "The answer of " + Http.shown(uri) + " is larger than " + largest + " bytes.",
        "Tell whoever runs the registry or publishes the pack.");
  }
}
