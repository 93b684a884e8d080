package dev.tidepool.environment;

import dev.tidepool.hash.Sha256;
import dev.tidepool.io.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The locks of environments that were made lately, so that another one from the same ComfyUI gets
 * the same packages, which are in uv's cache, and uv has nothing to look up. They only propose: uv
 * checks each against the manifest.
 */
final class Resolutions {
  private static final Duration KEPT = Duration.ofDays(7);
  private static final Pattern NAME = Pattern.compile("(?m)^name = \"(comfydock-env-[^\"]*)\"");

  private final Path folder;
  private final Clock clock;

  Resolutions(Path cache, Clock clock) {
    this.folder = cache.resolve("resolutions");
    this.clock = clock;
  }

  /** A lock for a manifest that differs at most in the environment's name. */
  Optional<byte[]> get(String pyproject) throws IOException {
    Path file = file(pyproject);
    if (!Files.exists(file)
        || Files.getLastModifiedTime(file).toInstant().isBefore(clock.instant().minus(KEPT))) {
      return Optional.empty();
    }
    String lock = named(Files.readString(file), name(pyproject));
    return Optional.of(lock.getBytes(StandardCharsets.UTF_8));
  }

  void put(String pyproject, byte[] lock) throws IOException {
    Files.createDirectories(folder);
    AtomicFiles.write(file(pyproject), lock);
  }

  private Path file(String pyproject) {
    String key = Sha256.of(named(pyproject, "").getBytes(StandardCharsets.UTF_8));
    return folder.resolve(key + ".lock");
  }

  private static String name(String pyproject) {
    Matcher matcher = NAME.matcher(pyproject);
    return matcher.find() ? matcher.group(1) : "";
  }

  /** Uv writes names in lower case, with single hyphens (PEP 503). */
  private static String named(String text, String name) {
    String normalized = name.toLowerCase(java.util.Locale.ROOT).replaceAll("[-_.]+", "-");
    return NAME.matcher(text).replaceAll(Matcher.quoteReplacement("name = \"" + normalized + "\""));
  }
}
