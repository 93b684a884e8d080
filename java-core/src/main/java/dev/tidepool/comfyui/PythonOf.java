package dev.tidepool.comfyui;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.python.VirtualEnvironment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the Python that runs a ComfyUI which somebody else set up. */
public final class PythonOf {
  private PythonOf() {}

  /**
   * The Python of a ComfyUI: of its folder, else of the environment that is active.
   *
   * @throws TidepoolException {@code python-unknown}
   */
  public static Path comfyUi(ComfyUi comfyUi, Map<String, String> environment) {
    return inside(comfyUi)
        .or(() -> made(comfyUi))
        .or(() -> active(environment, "VIRTUAL_ENV"))
        .or(() -> active(environment, "CONDA_PREFIX"))
        .orElseThrow(
            () ->
                new TidepoolException(
                    ErrorKind.NOT_FOUND,
                    "python-unknown",
                    "Which Python runs the ComfyUI in " + comfyUi.folder() + "?",
                    "Name it with --python EXE, or activate its environment first."));
  }

  /** The Python in a ComfyUI's own folder, or beside it as in the portable package. */
  static Optional<Path> inside(ComfyUi comfyUi) {
    for (String name : List.of(".venv", "venv")) {
      Path folder = comfyUi.folder().resolve(name);
      if (VirtualEnvironment.isUsable(folder)) {
        return Optional.of(VirtualEnvironment.python(folder));
      }
    }
    Path portable = comfyUi.folder().resolveSibling("python_embeded").resolve("python.exe");
    return Files.isRegularFile(portable) ? Optional.of(portable) : Optional.empty();
  }

  /** The one that {@code tidepool up} or {@code tidepool create} made beside its ComfyUI. */
  private static Optional<Path> made(ComfyUi comfyUi) {
    Path folder = comfyUi.folder().resolveSibling(".venv");
    boolean versioned = Files.isDirectory(comfyUi.folder().resolveSibling(".cec"));
    return (versioned || EnvironmentMark.isIn(folder)) && VirtualEnvironment.isUsable(folder)
        ? Optional.of(VirtualEnvironment.python(folder))
        : Optional.empty();
  }

  private static Optional<Path> active(Map<String, String> environment, String variable) {
    String folder = environment.getOrDefault(variable, "");
    if (folder.isEmpty()) {
      return Optional.empty();
    }
    Path python = VirtualEnvironment.python(Path.of(folder));
    Path windows = Path.of(folder).resolve("python.exe");
    if (Files.isExecutable(python)) {
      return Optional.of(python);
    }
    return Files.isExecutable(windows) ? Optional.of(windows) : Optional.empty();
  }
}
