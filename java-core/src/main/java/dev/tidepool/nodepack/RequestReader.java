package dev.tidepool.nodepack;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Texts;
import dev.tidepool.process.Secrets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tells which of the forms of {@link PackRequest} a text has. */
final class RequestReader {
  private static final Pattern URL = Pattern.compile("(git\\+)?(https?|ssh|git|file)://.+");
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:{1,2}.*");
  private static final Pattern SCP = Pattern.compile("[A-Za-z0-9._-]+@[A-Za-z0-9.-]+:[^:]+");

  /** What git allows in a ref (git-check-ref-format), and nothing that could be an option. */
  private static final Pattern REF =
      Pattern.compile(
          "(?!.*(\\.\\.|@\\{|//|\\.lock$))[A-Za-z0-9_][^\\s~^:?*\\[\\\\\\p{Cntrl}]{0,199}");

  private final String text;

  RequestReader(String text) {
    this.text = text;
  }

  PackRequest read(boolean development) {
    String trimmed = text.strip();
    if (trimmed.isEmpty()) {
      throw invalid("is empty");
    }
    if (isRepository(trimmed)) {
      if (development) {
        throw invalid(
            "is a repository, and --dev takes a folder",
            "Clone it into custom_nodes yourself first.");
      }
      return repository(trimmed);
    }
    return development ? new PackRequest.Development(trimmed) : registered(trimmed);
  }

  private static boolean isRepository(String text) {
    return URL.matcher(text.toLowerCase(Locale.ROOT)).matches() || SCP.matcher(text).matches();
  }

  private PackRequest repository(String typed) {
    String url = typed.startsWith("git+") ? typed.substring("git+".length()) : typed;
    int start = url.contains("://") ? url.indexOf("://") + "://".length() : url.indexOf(':');
    int path = url.indexOf('/', start);
    int at = url.lastIndexOf('@');
    Optional<String> ref = Optional.empty();
    if (at > start && at > path && (path >= 0 || !url.contains("://"))) {
      ref = Optional.of(url.substring(at + 1));
      url = url.substring(0, at);
    }
    if (!url.codePoints().allMatch(Texts::printable) || (url.indexOf(' ') >= 0 && !isLocal(url))) {
      throw invalid("holds characters that an address cannot have");
    }
    if (ref.isPresent() && !REF.matcher(ref.get()).matches()) {
      throw invalid("names a branch, tag or commit that git cannot have");
    }
    return new PackRequest.Repository(url, ref);
  }

  private static boolean isLocal(String url) {
    return url.toLowerCase(Locale.ROOT).startsWith("file:");
  }

  private PackRequest registered(String typed) {
    int at = typed.indexOf('@');
    String id = at < 0 ? typed : typed.substring(0, at);
    Optional<String> version = at < 0 ? Optional.empty() : Optional.of(typed.substring(at + 1));
    if (SCHEME.matcher(id).matches()) {
      throw invalid("is of no kind of address that is known here");
    }
    if (id.indexOf('/') >= 0 || id.indexOf('\\') >= 0 || id.startsWith(".") || id.startsWith("~")) {
      throw invalid("looks like a folder", "To track a folder that you work on, add --dev.");
    }
    if (!PackNames.isId(id)) {
      throw invalid("cannot be the id of a pack in the registry");
    }
    if (version.isPresent() && !PackNames.isVersion(version.get())) {
      throw invalid("names no possible version");
    }
    return new PackRequest.Registered(id, version);
  }

  private TidepoolException invalid(String why, String... hints) {
    String[] all = new String[hints.length + 1];
    System.arraycopy(hints, 0, all, 0, hints.length);
    all[hints.length] =
        "A pack is ID, ID@VERSION, the URL of a git repository, URL@REF, or a folder with --dev.";
    return new TidepoolException(
        ErrorKind.USAGE,
        "node-request-invalid",
        "What names a node pack, " + Texts.quoted(Secrets.hidden(text)) + ", " + why + ".",
        all);
  }
}
