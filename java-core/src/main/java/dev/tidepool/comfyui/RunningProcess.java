package dev.tidepool.comfyui;

import dev.tidepool.io.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A process of this machine that runs the ComfyUI in a folder, whoever started it. It is known by
 * the {@code main.py} among its arguments; a relative one is looked for where the process works,
 * which only Linux tells. Where the system tells no arguments (Windows, and processes of others),
 * nothing is found.
 *
 * @param pid its number
 * @param port the one that it was told to serve at, else ComfyUI's own
 */
public record RunningProcess(long pid, String port) {
  private static final String MAIN = "main.py";
  private static final String USUAL_PORT = "8188";

  /** One that runs the ComfyUI in this folder, where there is any. */
  public static Optional<RunningProcess> in(Path folder) {
    Path main = Folders.real(folder.resolve(MAIN));
    return ProcessHandle.allProcesses()
        .flatMap(
            process -> {
              List<String> arguments = List.of(process.info().arguments().orElse(new String[0]));
              return isPython(process.info()) && runs(process.pid(), arguments, main)
                  ? Optional.of(new RunningProcess(process.pid(), port(arguments))).stream()
                  : Optional.<RunningProcess>empty().stream();
            })
        .findFirst();
  }

  /** Others may edit the file. */
  private static boolean isPython(ProcessHandle.Info info) {
    return info.command()
        .map(command -> String.valueOf(Path.of(command).getFileName()).toLowerCase(Locale.ROOT))
        .filter(name -> name.startsWith("python"))
        .isPresent();
  }

  private static boolean runs(long pid, List<String> arguments, Path main) {
    return arguments.stream()
        .filter(argument -> argument.endsWith(MAIN))
        .anyMatch(argument -> file(pid, argument).filter(main::equals).isPresent());
  }

  private static Optional<Path> file(long pid, String argument) {
    try {
      Path written = Path.of(argument);
      Path file =
          written.isAbsolute()
              ? written
              : Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), "cwd"))
                  .resolve(written);
      return Optional.of(file.toRealPath());
    } catch (IOException | InvalidPathException | UnsupportedOperationException e) {
      // It ended meanwhile, or is another's.
      return Optional.empty();
    }
  }

  private static String port(List<String> arguments) {
    int at = arguments.indexOf("--port");
    return arguments.stream()
        .filter(argument -> argument.startsWith("--port="))
        .map(argument -> argument.substring("--port=".length()))
        .findFirst()
        .orElse(at >= 0 && at + 1 < arguments.size() ? arguments.get(at + 1) : USUAL_PORT);
  }
}
