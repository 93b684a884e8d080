package dev.tidepool.environment;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.AtomicFiles;
import dev.tidepool.io.Folders;
import dev.tidepool.io.Steps;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Lets a ComfyUI see the workspace's models: by a link in the place of its {@code models} folder,
 * or where a system has no links for everybody (Windows), or the folder is laid out as the WebUI of
 * AUTOMATIC1111 does, by ComfyUI's {@code extra_model_paths.yaml}. The folder is only read.
 */
final class ModelsLink {
  /** The names that both programs give to the folders of one kind. */
  private static final Map<String, String> WEBUI = new LinkedHashMap<>();

  static {
    WEBUI.put("checkpoints", "Stable-diffusion");
    WEBUI.put("vae", "VAE");
    WEBUI.put("loras", "Lora");
    WEBUI.put("upscale_models", "ESRGAN");
    WEBUI.put("embeddings", "embeddings");
    WEBUI.put("hypernetworks", "hypernetworks");
    WEBUI.put("controlnet", "ControlNet");
  }

  private static final Pattern SECTION =
      Pattern.compile("(?m)^tidepool:\\R(?:\\R*+[ \\t].*(?:\\R|\\z))*");

  private final Path comfyUi;
  private final Path models;

  ModelsLink(Path comfyUi, Path models) {
    this.comfyUi = comfyUi;
    this.models = models;
  }

  /** Makes the link or the file; done twice it is the same. */
  void make(Steps steps) throws IOException {
    if (!Files.isDirectory(models)) {
      throw new TidepoolException(
          ErrorKind.NOT_FOUND,
          "models-folder-not-found",
          "The models folder " + models + " is not there.",
          "Choose another with tidepool config models DIR.");
    }
    Path place = comfyUi.resolve("models");
    if (Files.isSymbolicLink(place)) {
      if (Folders.real(place).equals(Folders.real(models))) {
        return;
      }
      Files.delete(place);
    }
    if (Files.isDirectory(models.resolve("Stable-diffusion"))
        && !Files.isDirectory(models.resolve("checkpoints"))) {
      write(webUi());
      steps.note(models + " is laid out as another program does; ComfyUI gets its paths.");
      return;
    }
    if (Folders.isThere(place)) {
      write(plain());
      return;
    }
    try {
      Files.createSymbolicLink(place, models);
    } catch (FileSystemException | UnsupportedOperationException e) {
      Files.createDirectories(place);
      write(plain());
    }
  }

  private String plain() throws IOException {
    StringBuilder text = new StringBuilder(begin());
    for (Path folder : Folders.children(models)) {
      String name = String.valueOf(folder.getFileName());
      if (Files.isDirectory(folder) && name.matches("[A-Za-z0-9_-]+")) {
        text.append("    ").append(name).append(": ").append(name).append("/\n");
      }
    }
    return text.toString();
  }

  private String webUi() {
    StringBuilder text = new StringBuilder(begin());
    WEBUI.forEach(
        (kind, folder) -> {
          if (Files.isDirectory(models.resolve(folder))) {
            text.append("    ").append(kind).append(": ").append(folder).append("/\n");
          }
        });
    return text.toString();
  }

  private String begin() {
    String quoted = models.toString().replace("'", "''");
    return "tidepool:\n    base_path: '" + quoted + "'\n    is_default: true\n";
  }

  /** Only a section of ours is replaced; what others wrote stays before it. */
  private void write(String section) throws IOException {
    Path file = comfyUi.resolve("extra_model_paths.yaml");
    String before = Files.exists(file) ? Files.readString(file) : "";
    String others = SECTION.matcher(before).replaceAll("");
    String text = (others.isEmpty() || others.endsWith("\n") ? others : others + "\n") + section;
    if (!text.equals(before)) {
      AtomicFiles.write(file, text.getBytes(StandardCharsets.UTF_8));
    }
  }
}
