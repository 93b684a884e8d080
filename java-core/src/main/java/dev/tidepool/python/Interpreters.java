package dev.tidepool.python;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Folders;
import dev.tidepool.io.StorageFailures;
import dev.tidepool.process.Ended;
import dev.tidepool.process.Job;
import dev.tidepool.process.ProcessRunner;
import dev.tidepool.process.SearchPath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the Pythons of this machine: those of pyenv, on the path, and in the usual folders. */
final class Interpreters {
  /** The versions that ComfyUI is used with most come first. */
  private static final List<String> PREFERRED = List.of("3.12", "3.11", "3.13");

  /**
   * Free-threaded Pythons do not count: no wheel of ComfyUI's requirements fits them. How they tell
   * of themselves is in <a href="https://docs.python.org/3/howto/free-threading-python.html">Python
   * support for free threading</a>; what it recommends, {@code sysconfig}, takes half as long
   * again.
   */
  private static final String ASK =
      "import sys; print('python', sys.implementation.name, '%d.%d.%d' % sys.version_info[:3],"
          + " int('free-threading build' in sys.version))";

  private final ProcessRunner runner;

  Interpreters(ProcessRunner runner) {
    this.runner = runner;
  }

  /** The best Python for a new environment. */
  Optional<Interpreter> best() {
    for (String version : PREFERRED) {
      Optional<Interpreter> found =
          firstOf(candidates(version)).filter(python -> python.version().startsWith(version + "."));
      if (found.isPresent()) {
        return found;
      }
    }
    return firstOf(named("python3")).filter(Interpreter::supported);
  }

  /** The Python of a version such as {@code 3.11} or {@code 3.12.4}. */
  Optional<Interpreter> of(String version) {
    String minor = version.replaceFirst("^(\\d+\\.\\d+).*", "$1");
    for (Path program : candidates(minor)) {
      Optional<Interpreter> found =
          ask(program).filter(python -> (python.version() + ".").startsWith(version + "."));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** Every program called python3 or python, in the order of the path; they may be of any age. */
  List<Path> any() {
    List<Path> found = new ArrayList<>(named("python3"));
    for (String version : PREFERRED) {
      found.addAll(candidates(version));
    }
    found.addAll(named("python"));
    return List.copyOf(new LinkedHashSet<>(found));
  }

  /** Asks a program whether it is a Python, and which. */
  Optional<Interpreter> ask(Path program) {
    Path here = Path.of("").toAbsolutePath();
    Ended ended;
    try {
      ended = runner.run(Job.in(here, List.of(program.toString(), "-I", "-S", "-c", ASK)));
    } catch (TidepoolException e) {
      if (e.code().equals("program-unusable")) {
        return Optional.empty();
      }
      throw e;
    }
    for (String line : ended.lines()) {
      String[] words = line.split(" ");
      if (ended.succeeded() && words.length == 4 && words[0].equals("python")) {
        return words[1].equals("cpython") && words[3].equals("0")
            ? Optional.of(new Interpreter(program, words[2]))
            : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private Optional<Interpreter> firstOf(List<Path> programs) {
    for (Path program : programs) {
      Optional<Interpreter> found = ask(program);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private List<Path> candidates(String version) {
    List<Path> found = new ArrayList<>(ofPyenv(version));
    found.addAll(named("python" + version));
    return found;
  }

  private List<Path> ofPyenv(String version) {
    String root = runner.environment().getOrDefault("PYENV_ROOT", "");
    String home = runner.environment().getOrDefault("HOME", System.getProperty("user.home", ""));
    Path versions = (root.isEmpty() ? Path.of(home, ".pyenv") : Path.of(root)).resolve("versions");
    List<Path> folders =
        new ArrayList<>(
            StorageFailures.translate("look into " + versions, () -> Folders.children(versions)));
    Collections.reverse(folders);
    List<Path> found = new ArrayList<>();
    for (Path folder : folders) {
      Path program = folder.resolve("bin").resolve("python" + version);
      if (String.valueOf(folder.getFileName()).startsWith(version + ".")
          && Files.isExecutable(program)) {
        found.add(program);
      }
    }
    return found;
  }

  private List<Path> named(String name) {
    Set<String> folders = new LinkedHashSet<>(SearchPath.of(runner.environment()).folders());
    // pyenv's shims answer with an error for versions that are not chosen.
    folders.removeIf(folder -> folder.endsWith("shims"));
    folders.addAll(List.of("/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"));
    return new SearchPath(List.copyOf(folders)).programs(name);
  }
}
