package dev.tidepool.git;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Texts;
import dev.tidepool.process.Secrets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a git repository, in one of the forms that git takes.
 *
 * <p>Two addresses mean one repository when their {@link #key} is equal: {@code
 * https://github.com/Ann/Pack.git}, {@code git@github.com:ann/pack} and {@code
 * ssh://git@github.com/ann/pack/} do.
 *
 * @param text as it was given, without a password
 * @param scheme {@code https}, {@code http}, {@code ssh}, {@code git} or {@code file}
 * @param host in lower case, with a port that is not the scheme's own; empty for a folder
 * @param path without slashes around it and without {@code .git} at its end
 */
public record RepositoryUrl(String text, String scheme, String host, String path) {
  private static final Pattern URL =
      Pattern.compile(
          "(?i)(https?|ssh|git|git\\+ssh|git\\+https|file)://(?:[^/@\\s]*@)?([^/\\s]*)/(\\S.*)");
  private static final Pattern SCP =
      Pattern.compile("(?:([\\w.-]+)@)?([\\w.-]{2,}):(?!//|:)(\\S+)");

  /**
   * Reads an address.
   *
   * @throws TidepoolException {@code repository-url-invalid}
   */
  public static RepositoryUrl parse(String text) {
    String trimmed = text.strip();
    Matcher url = URL.matcher(trimmed);
    if (url.matches()) {
      String scheme = url.group(1).toLowerCase(Locale.ROOT).replaceFirst("^git\\+", "");
      return of(trimmed, scheme, host(scheme, url.group(2)), url.group(3));
    }
    Matcher scp = SCP.matcher(trimmed);
    if (scp.matches()) {
      return of(trimmed, "ssh", host("ssh", scp.group(2)), scp.group(3));
    }
    throw new TidepoolException(
        ErrorKind.INVALID,
        "repository-url-invalid",
        Texts.quoted(Secrets.hidden(text)) + " is no address of a git repository.",
        "Write it as https://host/owner/name.");
  }

  private static RepositoryUrl of(String text, String scheme, String host, String rest) {
    String path = rest.replaceAll("[?#].*$", "").replaceAll("^/+|/+$", "");
    String plain = path.replaceFirst("(?i)\\.git$", "");
    return new RepositoryUrl(withoutPassword(text), scheme, host, plain);
  }

  /** The user name {@code git} of ssh is no secret; that of https may be a token. */
  static String withoutPassword(String text) {
    return text.replaceFirst("(?<=://)[^/\\s:]*:[^/\\s]*@", "")
        .replaceFirst("(?i)^((?:git\\+)?https?://)[^/\\s]*@", "$1");
  }

  private static String host(String scheme, String authority) {
    String lower = authority.toLowerCase(Locale.ROOT);
    String own =
        switch (scheme) {
          case "https" -> ":443";
          case "http" -> ":80";
          case "ssh" -> ":22";
          default -> ":9418";
        };
    return lower.endsWith(own) ? lower.substring(0, lower.length() - own.length()) : lower;
  }

  /** Equal for all addresses of one repository; ignores case, as the hosts of repositories do. */
  public String key() {
    return scheme.equals("file")
        ? "file:/" + path
        : (host.replaceFirst("^www\\.", "") + "/" + path).toLowerCase(Locale.ROOT);
  }

  /** Whether both mean one repository. */
  public boolean sameAs(RepositoryUrl other) {
    return key().equals(other.key());
  }

  /** The last part of the path: what a clone's folder is called. */
  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** The address with which servers hand out public repositories to everybody. */
  public String https() {
    return scheme.equals("ssh") || scheme.equals("git") ? "https://" + host + "/" + path : text;
  }

  /** Whether it is a folder of this machine. */
  public boolean isLocal() {
    return scheme.equals("file");
  }
}
