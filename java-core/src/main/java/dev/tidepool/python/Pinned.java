package dev.tidepool.python;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A requirements file with one package, pinned with hashes.
 *
 * @param version the package's version
 * @param text the whole file
 */
record Pinned(String version, String text) {
  private static final Pattern VERSION = Pattern.compile("(?m)^[a-z-]+==(\\S+)");

  /** Reads one of the files that come with Tidepool. */
  static Pinned read(String name) {
    try (InputStream in = Objects.requireNonNull(Pinned.class.getResourceAsStream(name), name)) {
      return of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Pinned of(String text) {
    Matcher matcher = VERSION.matcher(text);
    if (!matcher.find()) {
      throw new IllegalArgumentException("no version is pinned");
    }
    return new Pinned(matcher.group(1), text);
  }
}
