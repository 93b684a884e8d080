package dev.tidepool.comfyui;

import dev.tidepool.io.Steps;
import dev.tidepool.io.StorageFailures;
import dev.tidepool.python.Uv;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a ComfyUI needs: its {@code requirements.txt}, and one set of PyTorch's three packages that
 * match, which their newest versions do not always do.
 */
final class Requirements {
  private static final List<String> TORCH =
      List.of("torch==2.11.0", "torchvision==0.26.0", "torchaudio==2.11.0");
  private static final Pattern OWN_TORCH = Pattern.compile("(?m)^\\s*torch\\s*[=<>~!@]");

  private static final Pattern COMMENT = Pattern.compile("(?:^|\\s)#.*");

  private final Path file;
  private final byte[] content;
  private final boolean cpu;

  /**
   * The requirements of a ComfyUI.
   *
   * @param cpu whether a PyTorch without code for graphics cards will do, which is much smaller
   */
  Requirements(ComfyUi comfyUi, boolean cpu) {
    this.file = comfyUi.folder().resolve("requirements.txt");
    this.content = StorageFailures.translate("read " + file, () -> Files.readAllBytes(file));
    this.cpu = cpu && !Graphics.isMac();
  }

  /** A digest that is equal exactly when the requirements are. */
  String digest() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(content);
      for (String pin : torch()) {
        digest.update(pin.getBytes(StandardCharsets.UTF_8));
      }
      digest.update((byte) (cpu ? 1 : 0));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Installs them. */
  void install(Path python, Uv uv, Steps steps) {
    List<String> arguments = new ArrayList<>(torch());
    if (cpu && !torch().isEmpty()) {
      steps.begin("Choosing a PyTorch for the CPU");
      if (uv.reachesTorchForCpu(python, torch())) {
        arguments.addAll(List.of("--torch-backend", "cpu"));
      } else {
        steps.note(
            "PyTorch's own index cannot be reached: taking PyTorch from the package index, where"
                + " it is larger.");
      }
    }
    arguments.addAll(List.of("-r", file.toString()));
    steps.begin("Installing ComfyUI's requirements");
    uv.install(python, "ComfyUI's requirements", steps, arguments);
  }

  /** What it asks for, without comments and without options for pip. */
  List<String> lines() {
    return new String(content, StandardCharsets.UTF_8)
        .lines()
        .map(line -> COMMENT.matcher(line).replaceFirst("").strip())
        .filter(line -> !line.isEmpty() && !line.startsWith("-"))
        .toList();
  }

  /** Versions that match; none when the requirements choose them. */
  List<String> torch() {
    boolean own = OWN_TORCH.matcher(new String(content, StandardCharsets.UTF_8)).find();
    return own ? List.of() : TORCH;
  }
}
