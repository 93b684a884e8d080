package dev.tidepool.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Base64;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * Every file, folder and link below a base, with content. The lock, the mark of the last tidying,
 * the cache of facts and empty folders for work in progress are nobody's data and left out.
 */
final class BaseSnapshot {
  private final Path base;
  private final SortedMap<String, String> content;

  private BaseSnapshot(Path base) throws IOException {
    this.base = base;
    this.content = read(base);
  }

  static BaseSnapshot of(Path base) throws IOException {
    return new BaseSnapshot(base);
  }

  void assertUnchanged() throws IOException {
    SortedMap<String, String> now = read(base);
    SortedMap<String, String> differences = new TreeMap<>();
    content.forEach(
        (name, was) -> {
          if (!was.equals(now.get(name))) {
            differences.put(name, was + " -> " + now.getOrDefault(name, "gone"));
          }
        });
    now.forEach(
        (name, is) -> {
          if (!content.containsKey(name)) {
            differences.put(name, "nothing -> " + is);
          }
        });
    assertThat(differences).as("changes in %s", base).isEmpty();
  }

  private static SortedMap<String, String> read(Path base) throws IOException {
    SortedMap<String, String> found = new TreeMap<>();
    if (!Files.exists(base)) {
      return found;
    }
    try (Stream<Path> paths = Files.walk(base)) {
      paths.forEach(
          path -> {
            String name = base.relativize(path).toString();
            if (counts(name, path)) {
              found.put(name, describe(path));
            }
          });
    }
    return found;
  }

  private static boolean counts(String name, Path path) {
    boolean workshop = name.startsWith(".staging") || name.startsWith(".trash");
    boolean folder = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    return !name.isEmpty()
        && !name.equals(".lock")
        && !name.equals(".staging/.tidied")
        && !name.contains("/.thumbs")
        && !(workshop && folder);
  }

  private static String describe(Path path) {
    try {
      if (Files.isSymbolicLink(path)) {
        return "link to " + Files.readSymbolicLink(path);
      }
      if (Files.isDirectory(path)) {
        return "folder";
      }
      byte[] bytes = Files.readAllBytes(path);
      if (bytes.length < 500) {
        return new String(
            Base64.getEncoder().encode(bytes), java.nio.charset.StandardCharsets.US_ASCII);
      }
      CRC32 crc = new CRC32();
      crc.update(bytes);
      return bytes.length + " bytes " + crc.getValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
