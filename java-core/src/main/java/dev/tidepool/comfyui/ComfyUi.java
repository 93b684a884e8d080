package dev.tidepool.comfyui;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.StorageFailures;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A ComfyUI on disk.
 *
 * @param folder the one with {@code main.py}; absolute
 * @param version such as {@code 0.30.0}; {@code unknown} when it does not say
 */
public record ComfyUi(Path folder, String version) {
  /** What tells a ComfyUI from any other program with a {@code main.py}. */
  static final List<String> LANDMARKS = List.of("main.py", "nodes.py", "requirements.txt");

  private static final Pattern VERSION =
      Pattern.compile("(?m)^(?:__version__|version)\\s*=\\s*[\"']([^\"'\\s]+)[\"']");

  /** Whether the folder holds a ComfyUI. */
  public static boolean isIn(Path folder) {
    return LANDMARKS.stream().allMatch(name -> Files.isRegularFile(folder.resolve(name)))
        && Files.isDirectory(folder.resolve("comfy"));
  }

  /**
   * The ComfyUI in the folder.
   *
   * @throws TidepoolException {@code comfyui-not-found}
   */
  public static ComfyUi in(Path folder) {
    Path absolute = folder.toAbsolutePath().normalize();
    if (!isIn(absolute)) {
      throw new TidepoolException(
          ErrorKind.NOT_FOUND,
          "comfyui-not-found",
          "There is no ComfyUI in " + absolute + ".",
          "Name the folder with ComfyUI's main.py.");
    }
    return new ComfyUi(absolute, version(absolute));
  }

  /** The folder of node packs. */
  public Path customNodes() {
    return folder.resolve("custom_nodes");
  }

  /**
   * What its {@code requirements.txt} asks for, one requirement (PEP 508) each; options for pip are
   * left out.
   */
  public List<String> requirements() {
    return new Requirements(this, false).lines();
  }

  /** The versions of PyTorch's three packages that match; none when it chooses them itself. */
  public List<String> torchPins() {
    return new Requirements(this, false).torch();
  }

  private static String version(Path folder) {
    for (String name : List.of("comfyui_version.py", "pyproject.toml")) {
      Path file = folder.resolve(name);
      if (Files.isRegularFile(file)) {
        Matcher matcher =
            VERSION.matcher(
                StorageFailures.translate(
                    "read " + file,
                    () -> new String(Files.readAllBytes(file), StandardCharsets.UTF_8)));
        if (matcher.find()) {
          return matcher.group(1);
        }
      }
    }
    return "unknown";
  }
}
