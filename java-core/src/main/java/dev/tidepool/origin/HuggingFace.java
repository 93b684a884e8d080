package dev.tidepool.origin;

import dev.tidepool.io.Steps;
import dev.tidepool.origin.Address.Proof;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * Files in repositories at Hugging Face. Its answer to {@code HEAD …/resolve/…} names in {@code
 * X-Linked-ETag} the SHA-256 of a file that git holds by reference (LFS), in {@code X-Linked-Size}
 * its bytes, and in {@code X-Repo-Commit} the commit that the revision is now (as the library
 * huggingface_hub reads it).
 */
final class HuggingFace {
  private final OriginServices services;
  private final Answers answers;

  HuggingFace(OriginServices services, Answers answers) {
    this.services = services;
    this.answers = answers;
  }

  /** Checks an address of that site; a page that is of no file is none. */
  Verdict check(String given, URI uri, WantedModel wanted, Steps steps) {
    Optional<HuggingFaceFile> file = HuggingFaceFile.of(uri, services.huggingFace());
    if (file.isEmpty()) {
      return Verdict.doubted(given, "page", "that is no address of a file at Hugging Face");
    }
    URI uriOfFile = file.get().at(services.huggingFace());
    Optional<Head> head = answers.ownHead(uriOfFile, steps);
    if (head.isEmpty()) {
      return Verdict.doubted(given, "not-found", "Hugging Face has no such file, or hides it");
    }
    // What a branch is, changes; a commit stays.
    String url =
        file.get()
            .pinned(head.get().header("x-repo-commit").orElse(""))
            .at(services.huggingFace())
            .toString();
    Optional<String> hash =
        head.get().tag("x-linked-etag").filter(tag -> tag.matches("[0-9a-f]{64}"));
    if (hash.isEmpty() || wanted.sha256().isEmpty()) {
      return Direct.bySize(
          given,
          url,
          "huggingface",
          linked(head.get()).or(() -> answers.head(uriOfFile, steps)),
          wanted);
    }
    Optional<Long> size = head.get().number("x-linked-size");
    if (size.isPresent() && size.get() != wanted.size()) {
      return Verdict.otherSize(given, size.get(), wanted.size());
    }
    return hash.equals(wanted.sha256())
        ? Verdict.believed(
            url, "huggingface", given, Proof.CONTENT, "Hugging Face lists this SHA-256 there")
        : Verdict.doubted(given, "hash-differs", "the file there has another SHA-256");
  }

  /** The head with the size of the file itself, where the answer only leads to it. */
  private static Optional<Head> linked(Head head) {
    Optional<String> size = head.header("x-linked-size");
    return size.isPresent()
        ? size.map(bytes -> new Head(200, Map.of("content-length", bytes)))
        : Optional.of(head).filter(each -> each.status() == 200);
  }
}
