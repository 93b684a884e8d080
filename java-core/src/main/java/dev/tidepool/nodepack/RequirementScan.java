package dev.tidepool.nodepack;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.StorageFailures;
import dev.tidepool.toml.TomlDocument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds out what a pack needs without running anything of it: its {@code requirements.txt} with the
 * files that it includes, else the dependencies that its {@code pyproject.toml} lists (PEP 621). A
 * {@code setup.py} is a program and is left alone; install scripts are named.
 */
public final class RequirementScan {
  private static final List<String> SCRIPTS = List.of("install.py", "install.sh", "install.bat");
  private static final long LARGEST = 1 << 20;

  private RequirementScan() {}

  /** Looks through the folder of a pack. */
  public static PackNeeds of(Path pack) {
    return StorageFailures.translate(
        "read the node pack in " + pack, () -> scan(pack.toAbsolutePath().normalize()));
  }

  private static PackNeeds scan(Path pack) throws IOException {
    RequirementList list = new RequirementList();
    if (isFile(pack.resolve("requirements.txt"))) {
      new RequirementFiles(pack, list).read();
    } else if (isFile(pack.resolve("pyproject.toml"))) {
      readProject(pack.resolve("pyproject.toml"), list);
    } else if (isFile(pack.resolve("setup.py"))) {
      list.note("setup.py may ask for Python packages, and is not run.");
    }
    List<String> scripts = new ArrayList<>();
    for (String script : SCRIPTS) {
      if (isFile(pack.resolve(script))) {
        scripts.add(script);
      }
    }
    return list.needs(scripts);
  }

  private static void readProject(Path file, RequirementList list) throws IOException {
    Optional<String> text = text(file);
    if (text.isEmpty()) {
      list.note("pyproject.toml is too large; what it asks for is left out.");
      return;
    }
    try {
      Object listed =
          TomlDocument.parse(text.get(), "pyproject.toml").get("project", "dependencies");
      if (listed instanceof List<?> dependencies) {
        for (Object each : dependencies) {
          list.add(String.valueOf(each), "pyproject.toml");
        }
      }
    } catch (TidepoolException e) {
      list.note("pyproject.toml cannot be read; what it asks for is left out.");
    }
  }

  static boolean isFile(Path file) {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  /** A text in whatever encoding editors leave; nothing when it is too long to be one. */
  static Optional<String> text(Path file) throws IOException {
    if (Files.size(file) > LARGEST) {
      return Optional.empty();
    }
    byte[] bytes = Files.readAllBytes(file);
    if (begins(bytes, 0xff, 0xfe)) {
      return Optional.of(new String(bytes, 2, bytes.length - 2, StandardCharsets.UTF_16LE));
    }
    if (begins(bytes, 0xfe, 0xff)) {
      return Optional.of(new String(bytes, 2, bytes.length - 2, StandardCharsets.UTF_16BE));
    }
    int start = begins(bytes, 0xef, 0xbb, 0xbf) ? 3 : 0;
    return Optional.of(new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8));
  }

  private static boolean begins(byte[] bytes, int... start) {
    if (bytes.length < start.length) {
      return false;
    }
    for (int i = 0; i < start.length; i++) {
      if ((bytes[i] & 0xff) != start[i]) {
        return false;
      }
    }
    return true;
  }
}
