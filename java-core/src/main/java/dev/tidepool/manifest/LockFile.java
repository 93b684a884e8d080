package dev.tidepool.manifest;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.StorageFailures;
import dev.tidepool.toml.TomlDocument;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The Python packages that uv chose for an environment: {@code uv.lock}.
 *
 * <pre>
 * [[package]]
 * name = "numpy"
 * version = "2.3.4"
 * </pre>
 */
public final class LockFile {
  private LockFile() {}

  /**
   * The packages by their names, each with its version; of several versions for different systems
   * all, with commas between. The project itself is left out. Empty when there is no file.
   *
   * @throws TidepoolException {@code toml-invalid}
   */
  public static Map<String, String> read(Path file) {
    return StorageFailures.translate(
        "read " + file,
        () ->
            Files.isRegularFile(file)
                ? parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8))
                : Map.of());
  }

  /** The packages of a lock file's text. */
  public static Map<String, String> parse(String text) {
    Map<String, String> packages = new TreeMap<>();
    if (TomlDocument.parse(text, "uv.lock").get("package") instanceof List<?> list) {
      for (Object element : list) {
        if (element instanceof Map<?, ?> entry
            && entry.get("name") instanceof String name
            && !isProject(entry)) {
          String version = entry.get("version") instanceof String known ? known : "";
          packages.merge(name, version, (first, second) -> first + ", " + second);
        }
      }
    }
    return Collections.unmodifiableMap(packages);
  }

  /** The project stands in its own lock as the package that lies here. */
  private static boolean isProject(Map<?, ?> entry) {
    return entry.get("source") instanceof Map<?, ?> source
        && (".".equals(source.get("virtual")) || ".".equals(source.get("editable")));
  }
}
