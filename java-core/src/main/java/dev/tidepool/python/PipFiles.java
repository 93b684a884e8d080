package dev.tidepool.python;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What pip's configuration files say, which lie where <a
 * href="https://pip.pypa.io/en/stable/topics/configuration/">pip looks for them</a>; later ones
 * win:
 *
 * <pre>
 * [global]
 * index-url = https://inside.example/simple
 * find-links =
 *     /opt/wheels
 *     https://links.example/
 * </pre>
 *
 * <p>Pip itself would take a third of a second to say it.
 */
final class PipFiles {
  private static final String NAME = "pip.conf";

  /** The sections that are for installing, the weakest first. */
  private static final List<String> SECTIONS = List.of("download", "global", "install");

  private final Map<String, String> environment;

  /** The files of whoever has these variables. */
  PipFiles(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * The settings for installing by their names, such as {@code index-url}; lines of one value are
   * put together with blanks.
   *
   * @param python whose pip is meant; its environment may have a file
   */
  Map<String, String> settings(Optional<Path> python) {
    Map<String, Map<String, String>> sections = new HashMap<>();
    for (Path file : files(python)) {
      read(file, sections);
    }
    Map<String, String> settings = new HashMap<>();
    for (String section : SECTIONS) {
      settings.putAll(sections.getOrDefault(section, Map.of()));
    }
    return settings;
  }

  private List<Path> files(Optional<Path> python) {
    Optional<Path> named = variable("PIP_CONFIG_FILE").map(Path::of);
    if (named.isPresent() && named.get().equals(Path.of("/dev/null"))) {
      return List.of();
    }
    Path home = Path.of(variable("HOME").orElse(System.getProperty("user.home", "/")));
    List<Path> files = new ArrayList<>();
    files.add(Path.of("/Library/Application Support/pip", NAME));
    for (String folder : variable("XDG_CONFIG_DIRS").orElse("/etc/xdg").split(File.pathSeparator)) {
      files.add(Path.of(folder, "pip", NAME));
    }
    files.add(Path.of("/etc", NAME));
    if (named.isEmpty() || !Files.exists(named.get())) {
      files.add(home.resolve(".pip").resolve(NAME));
      Path mac = home.resolve("Library/Application Support/pip");
      files.add(
          (Files.isDirectory(mac)
                  ? mac
                  : variable("XDG_CONFIG_HOME")
                      .map(Path::of)
                      .orElse(home.resolve(".config"))
                      .resolve("pip"))
              .resolve(NAME));
    }
    python.flatMap(PipFiles::prefix).ifPresent(folder -> files.add(folder.resolve(NAME)));
    named.ifPresent(files::add);
    return files;
  }

  /** The folder of a Python's environment, where it keeps its files: {@code sys.prefix}. */
  private static Optional<Path> prefix(Path python) {
    try {
      Path folder = python.toAbsolutePath().resolve("../..").normalize();
      Path real = Files.isRegularFile(folder.resolve("pyvenv.cfg")) ? python : python.toRealPath();
      return Optional.of(real.toAbsolutePath().resolve("../..").normalize());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Reads what Python's RawConfigParser reads; a file that cannot be read says nothing. */
  private static void read(Path file, Map<String, Map<String, String>> sections) {
    if (!Files.isRegularFile(file)) {
      return;
    }
    String text;
    try {
      text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return;
    }
    Map<String, String> section = new HashMap<>();
    @Nullable String name = null;
    int begin = 0;
    for (String line : text.split("\\R")) {
      String plain = line.strip();
      if (plain.isEmpty() || plain.startsWith("#") || plain.startsWith(";")) {
        continue;
      }
      int indent = line.indexOf(plain.charAt(0));
      if (indent > begin && name != null) {
        section.merge(name, plain, (before, more) -> (before + " " + more).strip());
      } else if (plain.startsWith("[") && plain.endsWith("]")) {
        name = null;
        section =
            sections.computeIfAbsent(
                plain.substring(1, plain.length() - 1), each -> new HashMap<>());
      } else {
        String[] parts = plain.split("[=:]", 2);
        begin = indent;
        name = parts[0].strip().toLowerCase(Locale.ROOT).replace('_', '-').replaceFirst("^--", "");
        section.put(name, parts.length < 2 ? "" : parts[1].strip());
      }
    }
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }
}
