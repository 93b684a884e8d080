package dev.tidepool.doctor;

import dev.tidepool.comfyui.Graphics;
import dev.tidepool.comfyui.PortReservation;
import dev.tidepool.process.Ended;
import dev.tidepool.process.ProcessRunner;
import dev.tidepool.python.Interpreter;
import dev.tidepool.python.PythonTools;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Examines this machine. Changes nothing. For one thread. */
public final class Doctor {
  private static final int OLDEST_JAVA = 17;
  private static final String COMPILES = "Only building Jep for an unusual Python needs it: ";

  private final ProcessRunner runner;
  private final PythonTools tools;
  private final Programs programs;

  /** Looks at what programs of this runner's environment would find. */
  public Doctor(ProcessRunner runner, PythonTools tools) {
    this.runner = runner;
    this.tools = tools;
    this.programs = new Programs(runner);
  }

  /**
   * Looks at everything.
   *
   * @param comfyUi a folder that should hold a ComfyUI, if one was named
   * @param port where ComfyUI is to listen
   */
  public List<Check> examine(Optional<Path> comfyUi, int port) {
    List<Check> checks = new ArrayList<>();
    checks.add(java());
    checks.add(python());
    checks.add(uv());
    checks.add(graphics());
    checks.add(git());
    checks.add(jdk());
    checks.add(compiler());
    checks.add(chromium());
    checks.add(new DockerCheck(programs).run());
    if (comfyUi.isPresent()) {
      checks.addAll(new ComfyUiChecks(programs, runner.environment()).run(comfyUi.get()));
    } else {
      checks.add(
          Check.optional("ComfyUI", "not named", "tidepool doctor --comfyui DIR looks at one."));
    }
    checks.add(port(port));
    return checks;
  }

  private static Check java() {
    int version = Runtime.version().feature();
    String found = Runtime.version().toString() + ", " + System.getProperty("java.home");
    return version >= OLDEST_JAVA
        ? Check.ok("Java", found)
        : Check.problem("Java", found, "sudo apt install openjdk-17-jre-headless");
  }

  private Check python() {
    Optional<Interpreter> python = tools.best();
    return python.isPresent()
        ? Check.ok("Python", python.get().version() + ", " + python.get().program())
        : Check.optional(
            "Python",
            "no CPython 3.11 or newer",
            "tidepool up lets uv fetch one; or: sudo apt install python3 python3-venv");
  }

  private Check uv() {
    Optional<Path> uv = tools.installedUv();
    if (uv.isPresent()) {
      return Check.ok(
          "uv", programs.firstLine(uv.get(), "--version").orElse("uv") + ", " + uv.get());
    }
    Optional<Path> python = programs.find("python3", "python");
    boolean fetchable =
        python.isPresent()
            && (programs.run(python.get(), "-m", "pip", "--version").succeeded()
                || programs.run(python.get(), "-c", "import venv, ensurepip").succeeded());
    return fetchable
        ? Check.optional("uv", "not installed", "tidepool up fetches it; nothing to do.")
        : Check.problem(
            "uv",
            "not installed, and no pip to fetch it with",
            "sudo apt install python3-venv, or install uv (docs.astral.sh/uv)");
  }

  private Check graphics() {
    return Graphics.seen(Path.of("/dev"), runner)
        ? Check.ok("Graphics card", "seen")
        : Check.optional("Graphics card", "none is seen", "ComfyUI computes on the processor.");
  }

  private Check git() {
    Optional<Path> git = programs.find("git");
    return git.isPresent()
        ? Check.ok("git", programs.firstLine(git.get(), "--version").orElse("?") + ", " + git.get())
        : Check.optional("git", "not installed", "ComfyUI-Manager needs it: sudo apt install git");
  }

  private Check jdk() {
    Optional<Path> javac = programs.find("javac");
    Path own = Path.of(System.getProperty("java.home"), "bin", "javac");
    if (javac.isEmpty() && own.toFile().canExecute()) {
      javac = Optional.of(own);
    }
    return javac.isPresent()
        ? Check.ok(
            "JDK", programs.firstLine(javac.get(), "-version").orElse("?") + ", " + javac.get())
        : Check.optional("JDK", "no javac", COMPILES + "sudo apt install openjdk-17-jdk-headless");
  }

  private Check compiler() {
    Optional<Path> compiler = programs.find("gcc", "cc", "clang");
    return compiler.isPresent()
        ? Check.ok(
            "C compiler",
            programs.firstLine(compiler.get(), "--version").orElse("?") + ", " + compiler.get())
        : Check.optional("C compiler", "none", COMPILES + "sudo apt install gcc libc6-dev");
  }

  private Check chromium() {
    Optional<Path> browser =
        programs.find("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
    if (browser.isEmpty()) {
      return Check.optional(
          "Chromium", "not installed", "Only tests need it: sudo apt install chromium");
    }
    Ended ended = programs.run(browser.get(), "--version");
    return ended.succeeded() && !ended.lines().isEmpty()
        ? Check.ok(
            "Chromium", ended.lines().get(ended.lines().size() - 1).strip() + ", " + browser.get())
        : Check.optional("Chromium", browser.get() + " does not run", ended.reason());
  }

  private static Check port(int port) {
    return PortReservation.isFree(port)
        ? Check.ok("Port " + port, "free")
        : Check.optional(
            "Port " + port, "taken by another program", "tidepool up takes the next free one.");
  }
}
