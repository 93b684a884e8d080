package dev.tidepool.python;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where things lie in a virtual environment. */
public final class VirtualEnvironment {
  private VirtualEnvironment() {}

  /** The Python of the environment in this folder, whether it is there or not. */
  public static Path python(Path folder) {
    Path windows = folder.resolve("Scripts").resolve("python.exe");
    return Files.exists(windows) ? windows : folder.resolve("bin").resolve("python");
  }

  /** Whether the folder holds an environment whose Python is still there. */
  public static boolean isUsable(Path folder) {
    return Files.isRegularFile(folder.resolve("pyvenv.cfg")) && Files.isExecutable(python(folder));
  }
}
