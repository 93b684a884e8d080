package dev.tidepool.python;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lets uv and pip use the package index that the user configured for either of them: uv does not
 * read pip's settings, nor pip uv's. Variables that are set stay as they are.
 */
final class IndexSettings {
  private final Map<String, String> environment;

  IndexSettings(Map<String, String> environment) {
    this.environment = environment;
  }

  /** The variables that uv needs besides those that are set, to use pip's index. */
  Map<String, String> forUv(Map<String, String> pip) {
    Map<String, String> variables = new HashMap<>();
    if (!configuresUv()) {
      copy(pip, "index-url", variables, "UV_DEFAULT_INDEX");
      copy(pip, "extra-index-url", variables, "UV_INDEX");
      copy(pip, "no-index", variables, "UV_NO_INDEX");
      String links = String.join(",", links(pip.getOrDefault("find-links", "")));
      if (!links.isEmpty()) {
        variables.put("UV_FIND_LINKS", links);
      }
    }
    if (!isSet("SSL_CERT_FILE")) {
      copy(pip, "cert", variables, "SSL_CERT_FILE");
    }
    return variables;
  }

  /** The variables that pip needs besides those that are set, to use uv's index. */
  Map<String, String> forPip() {
    Map<String, String> variables = new HashMap<>();
    if (!isSet("PIP_INDEX_URL")) {
      for (String name : List.of("UV_DEFAULT_INDEX", "UV_INDEX_URL")) {
        if (isSet(name)) {
          variables.put("PIP_INDEX_URL", unnamed(environment.getOrDefault(name, "")));
          break;
        }
      }
    }
    return variables;
  }

  /** Pip's settings, from its variables and its files, as this Python's pip reads them. */
  Map<String, String> ofPip(Optional<Path> python) {
    Map<String, String> settings = new HashMap<>();
    if (!configuresUv()) {
      settings.putAll(new PipFiles(environment).settings(python));
    }
    for (String name : List.of("index-url", "extra-index-url", "find-links", "no-index", "cert")) {
      String value =
          environment.get("PIP_" + name.replace('-', '_').toUpperCase(java.util.Locale.ROOT));
      if (value != null && !value.isEmpty()) {
        settings.put(name, value);
      }
    }
    return settings;
  }

  private boolean configuresUv() {
    for (String name : List.of("UV_DEFAULT_INDEX", "UV_INDEX_URL", "UV_INDEX", "UV_CONFIG_FILE")) {
      if (isSet(name)) {
        return true;
      }
    }
    String config = environment.getOrDefault("XDG_CONFIG_HOME", "");
    Path base =
        config.isEmpty()
            ? Path.of(environment.getOrDefault("HOME", "/"), ".config")
            : Path.of(config);
    return Files.isRegularFile(base.resolve("uv").resolve("uv.toml"))
        || Files.isRegularFile(Path.of("/etc/uv/uv.toml"));
  }

  private boolean isSet(String name) {
    return !environment.getOrDefault(name, "").isEmpty();
  }

  private static void copy(
      Map<String, String> from, String setting, Map<String, String> to, String variable) {
    String value = from.getOrDefault(setting, "");
    if (!value.isEmpty()) {
      to.put(variable, value);
    }
  }

  /** Pip passes over folders that do not exist; uv would stop. */
  private static List<String> links(String places) {
    List<String> links = new ArrayList<>();
    for (String place : places.split("\\s+")) {
      if (place.contains("://") || (!place.isEmpty() && Files.exists(Path.of(place)))) {
        links.add(place);
      }
    }
    return links;
  }

  /** Uv's indexes may have names: {@code inside=https://…}. */
  private static String unnamed(String index) {
    return index.replaceFirst("^[A-Za-z0-9_.-]+=(?=[a-z]+://)", "");
  }
}
