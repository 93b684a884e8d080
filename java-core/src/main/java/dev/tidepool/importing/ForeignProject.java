package dev.tidepool.importing;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.http.AddressRule;
import dev.tidepool.io.Texts;
import dev.tidepool.process.Secrets;
import dev.tidepool.toml.TomlDocument;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks what a foreign {@code pyproject.toml} and {@code uv.lock} would make uv do. Packages come
 * from indexes and repositories on the public internet by https alone: none from a folder or a file
 * of this machine, and none is built of the bundle itself, which would run its code. Settings of uv
 * that are not known to be harmless are refused.
 */
final class ForeignProject {
  private static final Set<String> SETTINGS =
      Set.of(
          "compile-bytecode",
          "conflicts",
          "constraint-dependencies",
          "default-groups",
          "dependency-metadata",
          "dev-dependencies",
          "environments",
          "exclude-dependencies",
          "exclude-newer",
          "fork-strategy",
          "index",
          "index-strategy",
          "link-mode",
          "managed",
          "no-binary",
          "no-binary-package",
          "no-build",
          "no-build-package",
          "override-dependencies",
          "package",
          "prerelease",
          "required-environments",
          "required-version",
          "resolution",
          "sources");

  private static final Set<String> SOURCE =
      Set.of("index", "marker", "extra", "group", "git", "rev", "tag", "branch", "url");

  private static final Pattern DIRECT = Pattern.compile("^[^@;]*@\\s*(\\S+)");
  private static final Pattern NAME = Pattern.compile("\\s*[A-Za-z0-9].*", Pattern.DOTALL);

  private final AddressRule rule;
  private final Map<String, Optional<String>> hosts = new HashMap<>();

  ForeignProject(AddressRule rule) {
    this.rule = rule;
  }

  /**
   * Checks both files.
   *
   * @throws TidepoolException {@code bundle-project-unsafe}, with the line
   */
  void check(String pyproject, Optional<String> lock) {
    project(new Read("pyproject.toml", pyproject));
    lock.ifPresent(text -> new ForeignLock(this, new Read("uv.lock", text)).check());
  }

  /** A file of the bundle; finds the line that something stands in. */
  record Read(String name, String text, TomlDocument document) {
    Read(String name, String text) {
      this(name, text, TomlDocument.parse(text, name));
    }

    TidepoolException refused(String where, String what) {
      int at = text.indexOf(where);
      long line = 1 + text.substring(0, Math.max(0, at)).chars().filter(c -> c == '\n').count();
      return new TidepoolException(
          ErrorKind.MALFORMED,
          "bundle-project-unsafe",
          name + ", line " + line + ", of the bundle " + what + ".",
          "Ask whoever made the bundle to leave that out.");
    }
  }

  private void project(Read file) {
    if (file.document().get("build-system") != null) {
      throw file.refused("build-system", "would build the bundle itself, which runs its code");
    }
    if (file.document().get("project", "dynamic") instanceof List<?> list && !list.isEmpty()) {
      throw file.refused("dynamic", "leaves facts to be found by running its code");
    }
    requirements(file, file.document().get("project", "dependencies"));
    requirements(file, file.document().get("project", "optional-dependencies"));
    requirements(file, file.document().get("dependency-groups"));
    if (file.document().get("tool", "uv") instanceof Map<?, ?> settings) {
      for (Map.Entry<?, ?> setting : settings.entrySet()) {
        setting(file, String.valueOf(setting.getKey()), setting.getValue());
      }
    }
  }

  private void setting(Read file, String key, Object value) {
    if (!SETTINGS.contains(key) || (key.equals("package") && !Boolean.FALSE.equals(value))) {
      throw file.refused(key, "has a setting of uv that a bundle may not have, " + key);
    }
    switch (key) {
      case "sources" -> sources(file, value);
      case "index" -> {
        for (Object index : value instanceof List<?> list ? list : List.of(value)) {
          Object url = index instanceof Map<?, ?> table ? table.get("url") : "";
          address(file, String.valueOf(url));
        }
      }
      default -> {
        if (key.endsWith("-dependencies")) {
          requirements(file, value);
        }
      }
    }
  }

  private void sources(Read file, Object value) {
    Map<?, ?> packages = value instanceof Map<?, ?> map ? map : Map.of();
    for (Map.Entry<?, ?> each : packages.entrySet()) {
      String name = String.valueOf(each.getKey());
      for (Object source :
          each.getValue() instanceof List<?> all ? all : List.of(each.getValue())) {
        Map<?, ?> table = source instanceof Map<?, ?> map ? map : Map.of("none", "");
        for (Map.Entry<?, ?> field : table.entrySet()) {
          String key = String.valueOf(field.getKey());
          if (!SOURCE.contains(key)) {
            throw file.refused(
                name, "takes " + Texts.quoted(name) + " from where a bundle may not: " + key);
          }
          if (key.equals("git") || key.equals("url")) {
            address(file, String.valueOf(field.getValue()));
          }
        }
      }
    }
  }

  private void requirements(Read file, @org.jspecify.annotations.Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      map.values().forEach(each -> requirements(file, each));
    } else if (value instanceof List<?> list) {
      list.forEach(each -> requirements(file, each));
    } else if (value instanceof String text) {
      if (!NAME.matcher(text).matches()) {
        throw file.refused(text, "asks for something that is no package's name");
      }
      Matcher direct = DIRECT.matcher(text);
      if (direct.find()) {
        address(file, direct.group(1));
      }
    }
  }

  /** Refuses what is no public address by https; each host is looked up once. */
  void address(Read file, String text) {
    String plain = text.replaceFirst("(?i)^git\\+", "");
    try {
      URI uri = new URI(withoutRef(plain));
      String key =
          String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT) + "://" + uri.getRawAuthority();
      Optional<String> objection = hosts.get(key);
      if (objection == null) {
        objection = objection(uri);
        hosts.put(key, objection);
      }
      if (objection.isPresent()) {
        throw file.refused(
            text,
            "names "
                + objection.get()
                + ", "
                + Texts.quoted(Secrets.hidden(text))
                + (objection.get().contains("encrypted") || objection.get().contains("public")
                    ? "; --allow-private allows that in a private network"
                    : ""));
      }
    } catch (java.net.URISyntaxException e) {
      throw file.refused(text, "names what is no address, " + Texts.quoted(text));
    }
  }

  /** {@code https://host/repository@ref} is an address and a ref. */
  private static String withoutRef(String text) {
    int path = text.indexOf('/', text.indexOf("://") + 3);
    int at = path < 0 ? -1 : text.indexOf('@', path);
    return (at < 0 ? text : text.substring(0, at)).replaceFirst("#.*$", "");
  }

  private Optional<String> objection(URI uri) {
    try {
      return rule.objection(uri);
    } catch (IOException e) {
      // A host that nobody knows hands out nothing.
      return Optional.empty();
    }
  }
}
