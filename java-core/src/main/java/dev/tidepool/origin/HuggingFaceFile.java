package dev.tidepool.origin;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of a repository at Hugging Face, by its address: {@code
 * https://huggingface.co/NAME/MODEL/resolve/REVISION/PATH}. {@code blob} and {@code raw} in the
 * place of {@code resolve} are pages about the file.
 *
 * @param repository such as {@code NAME/MODEL}, encoded as in the address
 * @param revision a branch, a tag or a commit, encoded
 * @param path below the repository, encoded
 */
record HuggingFaceFile(String repository, String revision, String path) {
  private static final Pattern FILE =
      Pattern.compile(
          "/((?:(?:datasets|spaces)/)?[\\w.-]+(?:/[\\w.-]+)?)/(?:resolve|blob|raw)/([^/]+)/(.+)");
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
  private static final List<String> HOSTS =
      List.of("huggingface.co", "www.huggingface.co", "hf.co");

  /** Reads an address; nothing when it is not one of a file there. */
  static Optional<HuggingFaceFile> of(URI uri, URI service) {
    if (!isThere(uri, service)) {
      return Optional.empty();
    }
    Matcher matcher = FILE.matcher(String.valueOf(uri.normalize().getRawPath()));
    return matcher.matches()
        ? Optional.of(new HuggingFaceFile(matcher.group(1), matcher.group(2), matcher.group(3)))
        : Optional.empty();
  }

  /** Whether an address is of Hugging Face. */
  static boolean isThere(URI uri, URI service) {
    return OriginServices.isAt(uri, service)
        || ("https".equalsIgnoreCase(uri.getScheme())
            && HOSTS.contains(String.valueOf(uri.getHost()).toLowerCase(java.util.Locale.ROOT)));
  }

  /** The address from which the file comes, of a service. */
  URI at(URI service) {
    return URI.create(service + "/" + repository + "/resolve/" + revision + "/" + path);
  }

  /** The same file as it is at a commit. */
  HuggingFaceFile pinned(String commit) {
    return COMMIT.matcher(commit).matches() ? new HuggingFaceFile(repository, commit, path) : this;
  }
}
