package dev.tidepool.adoption;

import dev.tidepool.environment.PythonProject;
import dev.tidepool.io.StorageFailures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Python of an installation.
 *
 * @param folder the virtual environment
 * @param version such as {@code 3.12}
 * @param packages those that came from a package index: versions by normalized names
 * @param wished those of them that somebody asked for by name
 * @param elsewhere those that came from a repository, a folder or an address
 */
public record InstalledPython(
    Path folder,
    String version,
    SortedMap<String, String> packages,
    SortedSet<String> wished,
    SortedSet<String> elsewhere) {
  private static final Pattern VERSION =
      Pattern.compile("(?m)^version(?:_info)?\\s*=\\s*(3\\.\\d{1,2})\\b");
  private static final Pattern TORCH = Pattern.compile("[^+]+\\+(cpu|cu\\d{3}|rocm[\\d.]+|xpu)");
  private static final Set<String> TOOLS = Set.of("pip", "setuptools", "wheel", "uv");

  /** Copies the collections. */
  public InstalledPython {
    packages = Collections.unmodifiableSortedMap(new TreeMap<>(packages));
    wished = Collections.unmodifiableSortedSet(new TreeSet<>(wished));
    elsewhere = Collections.unmodifiableSortedSet(new TreeSet<>(elsewhere));
  }

  /** The virtual environment in a ComfyUI's folder, or beside it. */
  static Optional<InstalledPython> of(Path comfyUi) {
    return StorageFailures.translate(
        "look at the Python of " + comfyUi,
        () -> {
          Path above = comfyUi.resolveSibling("");
          for (Path place :
              List.of(
                  comfyUi.resolve(".venv"),
                  comfyUi.resolve("venv"),
                  above.resolve(".venv"),
                  above.resolve("venv"))) {
            Path settings = place.resolve("pyvenv.cfg");
            if (Files.isRegularFile(settings)) {
              Matcher matcher = VERSION.matcher(Files.readString(settings));
              if (matcher.find()) {
                return Optional.of(read(place, matcher.group(1)));
              }
            }
          }
          return Optional.empty();
        });
  }

  private static InstalledPython read(Path folder, String version) throws IOException {
    SortedMap<String, String> packages = new TreeMap<>();
    SortedSet<String> wished = new TreeSet<>();
    SortedSet<String> elsewhere = new TreeSet<>();
    for (PythonProject.Installed one : PythonProject.installedIn(folder)) {
      if (one.direct()) {
        elsewhere.add(one.name());
      } else if (!TOOLS.contains(one.name())) {
        packages.put(one.name(), one.version());
        if (one.wished()) {
          wished.add(one.name());
        }
      }
    }
    return new InstalledPython(folder, version, packages, wished, elsewhere);
  }

  /** Whether environments can have this Python. */
  public boolean isUsable() {
    return version.matches("3\\.(?:1[1-9]|[2-9]\\d)");
  }

  /** For what its PyTorch is, where its version tells: {@code cu121}. */
  public Optional<String> torchBackend() {
    Matcher matcher = TORCH.matcher(packages.getOrDefault("torch", ""));
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
