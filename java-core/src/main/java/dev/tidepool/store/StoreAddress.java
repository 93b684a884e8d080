package dev.tidepool.store;

import dev.tidepool.error.TidepoolException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a bundle is in a store, as a person writes it:
 *
 * <pre>
 * https://files.example.org/bundles/portrait_bundle.tar.gz
 * https://files.example.org/bundles/                        a folder: the bundle keeps its name
 * s3://bucket/prefix/portrait_bundle.tar.gz
 * s3://bucket/prefix/
 * </pre>
 *
 * Immutable.
 */
public sealed interface StoreAddress {
  /** Whether a text names a store and no file: it begins with a scheme and two slashes. */
  static boolean isOne(String text) {
    return text.matches("(?i)[a-z][a-z0-9+.-]+://.*");
  }

  /**
   * Reads an address.
   *
   * @throws TidepoolException {@code store-address-invalid}
   */
  static StoreAddress parse(String text) {
    String scheme = text.replaceFirst("(?s):.*", "").toLowerCase(Locale.ROOT);
    return switch (scheme) {
      case "s3" -> Bucket.parse(text);
      case "http", "https" -> Web.parse(text);
      default -> throw StoreFailures.address(text, "it begins with neither https:// nor s3://");
    };
  }

  /** Whether it is a folder, so that a name is still to be said. */
  boolean isFolder();

  /**
   * The address of something in this folder; the address itself when it is none.
   *
   * @throws TidepoolException {@code store-address-invalid} when it gets too long
   */
  StoreAddress at(String name);

  /** What follows the last slash. */
  String name();

  /** As it may be shown and kept: without what signs it. */
  String shown();

  /** A web address, which may hold a signature in its query. */
  record Web(URI uri) implements StoreAddress {
    private static Web parse(String text) {
      try {
        URI uri = new URI(text);
        if (uri.getHost() == null || uri.getRawFragment() != null) {
          throw StoreFailures.address(text, "it has no host, or a # in it");
        }
        if (uri.getRawUserInfo() != null) {
          throw StoreFailures.address(
              text, "a password in it would be shown; tokens are in TIDEPOOL_TOKENS");
        }
        return uri.getRawPath().isEmpty() ? new Web(withPath(uri, "/")) : new Web(uri);
      } catch (URISyntaxException e) {
        throw StoreFailures.address(text, "it is no web address");
      }
    }

    @Override
    public boolean isFolder() {
      return uri.getRawPath().endsWith("/");
    }

    @Override
    public StoreAddress at(String name) {
      if (!isFolder()) {
        return this;
      }
      return new Web(withPath(uri, uri.getRawPath() + UriText.encoded(name)));
    }

    /** A path may begin with two slashes, and would be taken for a host if it were resolved. */
    private static URI withPath(URI uri, String rawPath) {
      String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
      return URI.create(uri.getScheme() + "://" + uri.getRawAuthority() + rawPath + query);
    }

    @Override
    public String name() {
      return String.valueOf(uri.getPath()).replaceFirst("(?s)^.*/", "");
    }

    @Override
    public String shown() {
      return StoreFailures.withoutSecrets(uri.toString());
    }
  }

  /**
   * An object in a bucket of S3.
   *
   * @param key what it is called there, without a slash before it
   */
  record Bucket(String bucket, String key) implements StoreAddress {
    /** The rules for names of buckets, and the older ones that other servers keep to. */
    private static final Pattern SHAPE =
        Pattern.compile("(?is)s3://([a-z0-9][a-z0-9._-]{1,253}[a-z0-9])(?:/(.*))?");

    private static final int LONGEST_KEY = 1024;

    private static Bucket parse(String text) {
      Matcher matcher = SHAPE.matcher(text);
      if (!matcher.matches()) {
        throw StoreFailures.address(text, "it does not look like s3://bucket/name.tar.gz");
      }
      String key = Optional.ofNullable(matcher.group(2)).orElse("");
      List<String> parts = List.of(key.replaceFirst("/$", "").split("/", -1));
      boolean odd = !key.isEmpty() && parts.stream().anyMatch(part -> part.matches("|\\.{1,2}"));
      if (odd || key.chars().anyMatch(Character::isISOControl)) {
        throw StoreFailures.address(
            text, "servers do not agree on names with empty parts, . or ..");
      }
      return fitting(matcher.group(1), key);
    }

    private static Bucket fitting(String bucket, String key) {
      Bucket fitting = new Bucket(bucket, key);
      if (key.getBytes(StandardCharsets.UTF_8).length > LONGEST_KEY) {
        throw StoreFailures.address(
            fitting.shown(), "its name is longer than " + LONGEST_KEY + " bytes");
      }
      return fitting;
    }

    @Override
    public boolean isFolder() {
      return key.isEmpty() || key.endsWith("/");
    }

    @Override
    public StoreAddress at(String name) {
      return isFolder() ? fitting(bucket, key + name) : this;
    }

    @Override
    public String name() {
      return key.replaceFirst("(?s)^.*/", "");
    }

    @Override
    public String shown() {
      return "s3://" + bucket + "/" + key;
    }
  }
}
