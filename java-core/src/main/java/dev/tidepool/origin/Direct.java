package dev.tidepool.origin;

import dev.tidepool.io.Steps;
import dev.tidepool.origin.Address.Proof;
import java.net.URI;
import java.util.Optional;

/** Addresses of servers that say no more of a file than its length. */
final class Direct {
  private final Answers answers;

  Direct(Answers answers) {
    this.answers = answers;
  }

  Verdict check(String given, URI uri, WantedModel wanted, Steps steps) {
    return bySize(given, uri.toString(), "url", answers.head(uri, steps), wanted);
  }

  static Verdict bySize(
      String given, String url, String type, Optional<Head> head, WantedModel wanted) {
    if (head.isEmpty()) {
      return Verdict.doubted(given, "not-found", "nothing is there");
    }
    Optional<Long> length = head.get().length();
    if (length.isEmpty()) {
      return Verdict.doubted(given, "size-unknown", "the server does not say how long the file is");
    }
    return length.get() == wanted.size()
        ? Verdict.believed(url, type, given, Proof.SIZE, "the file there has the model's size")
        : Verdict.otherSize(given, length.get(), wanted.size());
  }
}
