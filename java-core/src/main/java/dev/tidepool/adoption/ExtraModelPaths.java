package dev.tidepool.adoption;

import dev.tidepool.io.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Sections of ComfyUI's {@code extra_model_paths.yaml} that name more folders of models. */
final class ExtraModelPaths {
  private static final String NAME = "tidepool_adopted";
  private static final String TOO = "_too";

  private ExtraModelPaths() {}

  /** The name of sections that the file does not have: that of an earlier adoption stays. */
  static String freeName(String file) {
    String name = NAME;
    for (int i = 2; names(file, name) || names(file, name + TOO); i++) {
      name = NAME + "_" + i;
    }
    return name;
  }

  private static boolean names(String file, String section) {
    return file.lines().anyMatch(line -> line.startsWith(section + ":"));
  }

  /** One for a folder like {@code ComfyUI/models}. */
  static String section(String name, Path models) throws IOException {
    String quoted = models.toString().replace("'", "''");
    StringBuilder text = new StringBuilder(name + ":\n    base_path: '" + quoted + "'\n");
    for (Path folder : Folders.children(models)) {
      String kind = String.valueOf(folder.getFileName());
      if (Files.isDirectory(folder) && kind.matches("[A-Za-z0-9_-]+")) {
        text.append("    ").append(kind).append(": ").append(kind).append("/\n");
      }
    }
    return text.toString();
  }

  /** One for directories by what the models in them are for; empty for none. */
  static String section(String name, Map<String, List<Path>> directories) {
    StringBuilder text = new StringBuilder();
    directories.forEach(
        (kind, paths) -> {
          text.append("    ").append(kind).append(": |\n");
          paths.forEach(path -> text.append("        ").append(path).append('\n'));
        });
    return text.isEmpty() ? "" : name + TOO + ":\n" + text;
  }
}
