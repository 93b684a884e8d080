package dev.tidepool.git;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Texts;
import dev.tidepool.process.Secrets;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.UnknownHostException;

/** What can go wrong with repositories of others, in words. */
final class GitFailures {
  private GitFailures() {}

  static TidepoolException unreachable(String url, Exception e) throws IOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("interrupted while cloning");
    }
    Throwable deepest = e;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    String reason =
        deepest instanceof UnknownHostException
            ? "the host " + deepest.getMessage() + " is unknown"
            : String.valueOf(deepest.getMessage());
    return new TidepoolException(
        e,
        ErrorKind.UNAVAILABLE,
        "git-unreachable",
        Secrets.hidden("Cannot clone " + url + ": " + reason + "."),
        "Check the address and the network.");
  }

  static TidepoolException refNotFound(String url, String ref) {
    return new TidepoolException(
        ErrorKind.NOT_FOUND,
        "git-ref-not-found",
        "The repository "
            + Secrets.hidden(url)
            + " has no tag, no branch and no commit "
            + Texts.quoted(ref)
            + ".");
  }

  static TidepoolException unsafe(String url, String what) {
    return new TidepoolException(
        ErrorKind.MALFORMED,
        "git-content-unsafe",
        "The repository " + Secrets.hidden(url) + " is not taken: it holds " + what + ".",
        "Tell its authors, and do not clone it by other means either.");
  }

  static TidepoolException transport(RepositoryUrl url) {
    boolean local = url.isLocal();
    return new TidepoolException(
        ErrorKind.FORBIDDEN,
        "git-transport-refused",
        local
            ? "The repository " + url.text() + " lies on this machine, which is not allowed here."
            : "The repository "
                + url.text()
                + " is fetched by "
                + url.scheme()
                + ", which Tidepool does not speak.",
        local ? "Name a server." : "Write " + url.https() + " instead.");
  }
}
