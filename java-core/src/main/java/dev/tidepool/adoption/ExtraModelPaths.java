package dev.tidepool.adoption;

import dev.tidepool.io.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A section of ComfyUI's {@code extra_model_paths.yaml} that names one more folder of models. */
final class ExtraModelPaths {
  private ExtraModelPaths() {}

  static String section(Path models) throws IOException {
    String quoted = models.toString().replace("'", "''");
    StringBuilder text = new StringBuilder("tidepool_adopted:\n    base_path: '" + quoted + "'\n");
    for (Path folder : Folders.children(models)) {
      String name = String.valueOf(folder.getFileName());
      if (Files.isDirectory(folder) && name.matches("[A-Za-z0-9_-]+")) {
        text.append("    ").append(name).append(": ").append(name).append("/\n");
      }
    }
    return text.toString();
  }
}
