package dev.tidepool.version;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.tidepool.environment.Environment;
import dev.tidepool.environment.PythonProject;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Folders;
import dev.tidepool.io.JsonTree;
import dev.tidepool.python.PackageDifference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Tells how the Python packages of an environment compare with its lock. */
final class LockedPython {
  private final Environment environment;
  private final Supplier<PythonProject> project;

  /** Takes the project only when uv has to be asked. */
  LockedPython(Environment environment, Supplier<PythonProject> project) {
    this.environment = environment;
    this.project = project;
  }

  /**
   * Compares, if anything changed since it was kept in the cache.
   *
   * @param outdated whether the lock no longer fits the manifest
   */
  PythonStatus compare(StatusCache cache, boolean outdated) throws IOException {
    Path settings = environment.venv().resolve("pyvenv.cfg");
    if (!Files.exists(settings)) {
      return new PythonStatus(
          "",
          outdated,
          List.of(),
          Optional.of(new Problem("python-missing", "The environment has no Python.", List.of())));
    }
    Stamps stamps = new Stamps().file(environment.lock()).file(settings);
    for (Path packages : packages()) {
      stamps.file(packages);
    }
    try {
      JsonNode json = cache.known("python", stamps, this::differences);
      List<PackageDifference> packages = new ArrayList<>();
      for (JsonNode one : json) {
        packages.add(
            new PackageDifference(one.path(0).asText(), text(one.path(1)), text(one.path(2))));
      }
      return new PythonStatus(version(settings), outdated, packages, Optional.empty());
    } catch (TidepoolException e) {
      return new PythonStatus(version(settings), outdated, List.of(), Optional.of(Problem.of(e)));
    }
  }

  private JsonNode differences() {
    ArrayNode json = JsonTree.list();
    for (PackageDifference one : project.get().differences(environment)) {
      json.addArray().add(one.name()).add(one.installed().orElse("")).add(one.locked().orElse(""));
    }
    return json;
  }

  private static Optional<String> text(JsonNode json) {
    return Optional.of(json.asText()).filter(text -> !text.isEmpty());
  }

  /** Where Python keeps packages, here and on Windows. */
  private List<Path> packages() throws IOException {
    List<Path> found = new ArrayList<>();
    found.add(environment.venv().resolve("Lib").resolve("site-packages"));
    for (Path python : Folders.children(environment.venv().resolve("lib"))) {
      found.add(python.resolve("site-packages"));
    }
    return found;
  }

  /** What uv, or Python's own venv, wrote down of the interpreter. */
  private static String version(Path settings) throws IOException {
    for (String line : Files.readAllLines(settings)) {
      String[] parts = line.split("=", 2);
      if (parts.length == 2 && parts[0].strip().startsWith("version")) {
        return parts[1].strip();
      }
    }
    return "";
  }
}
