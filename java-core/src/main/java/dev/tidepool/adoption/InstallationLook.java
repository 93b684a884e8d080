package dev.tidepool.adoption;

import dev.tidepool.comfyui.CachedComfyUi;
import dev.tidepool.comfyui.ComfyUi;
import dev.tidepool.comfyui.Source;
import dev.tidepool.git.WorkTree;
import dev.tidepool.io.Folders;
import dev.tidepool.io.Steps;
import dev.tidepool.io.StorageFailures;
import dev.tidepool.manifest.ComfyUiPin;
import dev.tidepool.nodepack.Packs;
import dev.tidepool.workflow.WorkflowFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds out what is in an installation; changes nothing. */
final class InstallationLook {
  private final Packs packs;
  private final Map<String, String> variables;
  private final Steps steps;

  InstallationLook(Packs packs, Map<String, String> variables, Steps steps) {
    this.packs = packs;
    this.variables = variables;
    this.steps = steps;
  }

  /**
   * The installation in a folder, or in its folder {@code ComfyUI}.
   *
   * @throws dev.tidepool.error.TidepoolException {@code comfyui-not-found}, {@code
   *     extra-model-paths-invalid}
   */
  Installation look(Path named) {
    Path inside = named.resolve("ComfyUI");
    Path folder = Folders.real(!ComfyUi.isIn(named) && ComfyUi.isIn(inside) ? inside : named);
    ComfyUi comfyUi = ComfyUi.in(folder);
    steps.begin("Looking at " + folder);
    return StorageFailures.translate(
        "look at " + folder,
        () -> {
          InstalledModels more = InstalledModels.of(folder, variables);
          CachedComfyUi program = CachedComfyUi.of(new Source.Folder(comfyUi.folder()));
          return new Installation(
              folder,
              new ComfyUiPin(program.version(), Optional.of(program.versionType()), commit(folder)),
              InstalledPython.of(folder),
              new PackReading(packs, steps).read(comfyUi.customNodes()),
              workflows(folder),
              models(folder),
              more.all(),
              more.stray(),
              new InstallationCopy(folder).bytes());
        });
  }

  private static Optional<String> commit(Path folder) {
    return WorkTree.of(folder).flatMap(WorkTree::head);
  }

  private static List<String> workflows(Path folder) {
    Path home = folder.resolve("user").resolve("default").resolve("workflows");
    if (!Files.isDirectory(home)) {
      return List.of();
    }
    return WorkflowFiles.below(home).stream()
        .map(file -> home.relativize(file).toString().replace('\\', '/'))
        .toList();
  }

  /** The folder of models, unless it holds no file but ComfyUI's own placeholders. */
  private static Optional<Path> models(Path folder) throws IOException {
    Path models = folder.resolve("models");
    if (!Files.isDirectory(models)) {
      return Optional.empty();
    }
    if (Files.isSymbolicLink(models)) {
      return Optional.of(Folders.real(models));
    }
    try (Stream<Path> all = Files.walk(models)) {
      boolean any =
          all.anyMatch(
              path -> {
                String name = String.valueOf(path.getFileName());
                boolean placeholder = name.startsWith("put_") || name.endsWith(".yaml");
                return !placeholder && Files.isRegularFile(path);
              });
      return any ? Optional.of(models) : Optional.empty();
    }
  }
}
