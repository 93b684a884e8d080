package dev.tidepool.environment;

import dev.tidepool.io.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads from a virtual environment which packages are in it: from the names of their {@code
 * .dist-info} folders, which the specification of recorded projects (packaging.python.org) fixes.
 */
final class InstalledPackages {
  private static final Pattern INFO = Pattern.compile("(.+)-([^-]+)\\.dist-info");
  private static final Pattern SEPARATORS = Pattern.compile("[-_.]+");

  private InstalledPackages() {}

  /** The versions by the names, which are normalized as PEP 503 says. */
  static SortedMap<String, String> in(Path venv) throws IOException {
    SortedMap<String, String> packages = new TreeMap<>();
    infos(venv, (name, version, info) -> packages.put(name, version));
    return packages;
  }

  /** The same with what else is recorded of each. */
  static List<PythonProject.Installed> recorded(Path venv) throws IOException {
    List<PythonProject.Installed> packages = new ArrayList<>();
    infos(
        venv,
        (name, version, info) ->
            packages.add(
                new PythonProject.Installed(
                    name,
                    version,
                    Files.exists(info.resolve("direct_url.json")),
                    Files.exists(info.resolve("REQUESTED")))));
    return packages;
  }

  private interface Info {
    void heard(String name, String version, Path info);
  }

  private static void infos(Path venv, Info found) throws IOException {
    for (Path folder : sitePackages(venv)) {
      for (Path child : Folders.children(folder)) {
        Matcher matcher = INFO.matcher(String.valueOf(child.getFileName()));
        if (matcher.matches()) {
          String name = SEPARATORS.matcher(matcher.group(1)).replaceAll("-");
          found.heard(name.toLowerCase(Locale.ROOT), matcher.group(2), child);
        }
      }
    }
  }

  private static List<Path> sitePackages(Path venv) throws IOException {
    Path windows = venv.resolve("Lib").resolve("site-packages");
    if (Files.isDirectory(windows)) {
      return List.of(windows);
    }
    List<Path> found = new ArrayList<>();
    for (Path python : Folders.children(venv.resolve("lib"))) {
      if (Files.isDirectory(python.resolve("site-packages"))) {
        found.add(python.resolve("site-packages"));
      }
    }
    return found;
  }
}
