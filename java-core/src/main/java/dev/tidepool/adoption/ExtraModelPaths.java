package dev.tidepool.adoption;

import dev.tidepool.io.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Sections of ComfyUI's {@code extra_model_paths.yaml} that name more folders of models. */
final class ExtraModelPaths {
  private ExtraModelPaths() {}

  /** One for a folder like {@code ComfyUI/models}. */
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

  /** One for directories by what the models in them are for; empty for none. */
  static String section(Map<String, List<Path>> directories) {
    StringBuilder text = new StringBuilder();
    directories.forEach(
        (kind, paths) -> {
          text.append("    ").append(kind).append(": |\n");
          paths.forEach(path -> text.append("        ").append(path).append('\n'));
        });
    return text.isEmpty() ? "" : "tidepool_adopted_too:\n" + text;
  }
}
